"""Who is away, who covers, and what that changes for the work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.accounts.models import Absence, User
from townline.core.refusals import NotPossible

TODAY = timezone.localdate()
WEEK = TODAY + timedelta(days=7)


def parts(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def typed(cover=""):
    return {**parts("from_on", TODAY), **parts("until_on", WEEK), "cover": cover}


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_being_away_is_entered_with_who_covers(town):
    absence = town.ada.be_away(by=town.ada, from_on=TODAY, until_on=WEEK, cover=town.ben)

    assert (absence.user, absence.cover) == (town.ada, town.ben)
    assert town.ada.events.get(name="user.away").details == {
        "absence": absence.pk, "cover": town.ben.pk, "from": TODAY.isoformat(), "until": WEEK.isoformat(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (WEEK, TODAY, "before the first"),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), "are over"),
        (TODAY, TODAY + timedelta(days=1000), "two years ahead"),
    ],
)
def test_days_that_cannot_be_are_refused(town, first, last, words):
    with pytest.raises(NotPossible, match=words):
        town.ada.be_away(by=town.ada, from_on=first, until_on=last)


def test_the_same_days_are_not_entered_twice(town):
    town.ada.be_away(by=town.ada, from_on=TODAY, until_on=WEEK)

    with pytest.raises(NotPossible, match="entered already"):
        town.ada.be_away(by=town.ada, from_on=WEEK, until_on=WEEK)


def test_who_covers_works_in_the_department_and_is_there(town):
    with pytest.raises(NotPossible, match="cover for themselves"):
        town.ada.be_away(by=town.ada, from_on=TODAY, until_on=WEEK, cover=town.ada)
    with pytest.raises(NotPossible, match="Otto Frey does not work in the same department"):
        town.ada.be_away(by=town.ada, from_on=TODAY, until_on=WEEK, cover=town.otto)
    town.ben.be_away(by=town.ben, from_on=WEEK, until_on=WEEK)
    with pytest.raises(NotPossible, match="Ben Okafor is away then too"):
        town.ada.be_away(by=town.ada, from_on=TODAY, until_on=WEEK, cover=fresh(town.ben))


def test_coming_back_ends_an_absence_and_takes_one_back_that_has_not_begun(town):
    now = town.ada.be_away(by=town.ada, from_on=TODAY - timedelta(days=2), until_on=TODAY)
    later = town.ada.be_away(by=town.ada, from_on=WEEK, until_on=WEEK)

    town.ada.be_back(by=town.ada, absence=now.pk)
    town.ada.be_back(by=town.ada, absence=later.pk)

    assert Absence.objects.get().until_on == TODAY - timedelta(days=1)
    with pytest.raises(NotPossible, match="over already"):
        town.ada.be_back(by=town.ada, absence=later.pk)


def test_who_covers_sees_the_work_and_may_do_it(as_member, town):
    case = town.case("Broken street lamp", assignee=town.ada)
    town.ada.be_away(by=town.ada, from_on=TODAY, until_on=WEEK, cover=town.ben)
    ben = as_member("ben")

    page = ben.get("/desk/work/mine/open/").content.decode()
    done = ben.post(f"/desk/cases/{case.reference}/close/", {"outcome": "done", "words": "Done."})

    assert case.reference in page
    assert "Ada Bell" in page
    assert done.status_code == 302


def test_when_the_absence_is_over_so_is_the_cover(as_member, town):
    case = town.case("Broken street lamp", assignee=town.ada)
    absence = town.ada.be_away(by=town.ada, from_on=TODAY, until_on=WEEK, cover=town.ben)
    town.ada.be_back(by=town.ada, absence=absence.pk)

    assert case.reference not in as_member("ben").get("/desk/work/mine/open/").content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 302), ("ben", 403), ("lea", 302), ("otto", 403), ("rita", 403), ("ines", 403)]
)
def test_who_may_say_that_ada_is_away(as_member, town, who, status):
    response = as_member(who).post(f"/desk/team/{town.ada.pk}/", typed(town.ben.pk))

    assert response.status_code == status
    assert Absence.objects.exists() == (status == 302)


def test_the_page_says_what_cannot_be_and_keeps_what_was_typed(as_member, town):
    town.ada.be_away(by=town.ada, from_on=TODAY, until_on=WEEK)

    page = as_member("ada").post(f"/desk/team/{town.ada.pk}/", typed(town.ben.pk)).content.decode()

    assert "Some of these days are entered already." in page
    assert f'value="{WEEK.year}"' in page


def test_the_team_page_says_who_is_away_and_who_covers(as_member, town):
    town.ada.be_away(by=town.ada, from_on=TODAY, until_on=WEEK, cover=town.ben)

    page = as_member("lea").get("/desk/team/").content.decode()

    assert "Away" in page
    assert "Ben Okafor" in page
    assert "Otto Frey" not in page


def test_french_is_noted_once(town):
    town.ada.serve_in_french(by=town.ada, french="fluent")

    assert fresh(town.ada).french == "fluent"
    with pytest.raises(NotPossible, match="noted already"):
        town.ada.serve_in_french(by=town.ada, french="fluent")


def test_who_asks_for_a_page_is_there_and_that_is_written_at_most_once_a_minute(as_member, town):
    ada = as_member("ada")
    long_ago = timezone.now() - timedelta(minutes=5)
    User.objects.filter(pk=town.ada.pk).update(seen_at=long_ago)

    ada.get("/desk/team/")
    first = fresh(town.ada).seen_at
    ada.get("/desk/team/")

    assert first > long_ago
    assert fresh(town.ada).seen_at == first
