"""Notices: written, published, extended and ended, and where the public and staff read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from townline.core.refusals import NotPossible
from townline.notices.models import Notice
from townline.notices.tests.doings import a_notice, both, disruption, published, season
from townline.portal.tests.walking import begin

TYPED = {
    "kind": "event", "name_en": "Leaf pickup", "name_fr": "Ramassage des feuilles", "text_en": "Put them out.",
    "text_fr": "Sortez-les.", "services": ["pothole"], "streets": "King Street\n\nQueen Street",
    "from_on_day": "25", "from_on_month": "11", "from_on_year": "2040", "from_time": "08:00",
    "until_on_day": "26", "until_on_month": "11", "until_on_year": "2040", "until_time": "16:30",
}  # fmt: skip


def test_a_draft_is_written_at_the_desk_and_published(as_member, client, town):
    dana = as_member("dana")
    today = timezone.localdate()
    begins = {"from_on_day": str(today.day), "from_on_month": str(today.month), "from_on_year": str(today.year)}
    dana.post("/desk/notices/new/", {**TYPED, **begins, "from_time": "00:01"})
    before = client.get("/").content.decode()

    dana.post("/desk/notices/leaf-pickup/publish/")

    notice = Notice.objects.get()
    assert (notice.streets, notice.services) == (["King Street", "Queen Street"], ["pothole"])
    assert [event.name for event in notice.events] == ["notice.drafted", "notice.published"]
    assert "Leaf pickup" not in before
    assert "Put them out." in client.get("/").content.decode()
    assert "Sortez-les." in client.get("/fr/").content.decode()


def test_an_end_before_its_beginning_is_refused_with_a_sentence_and_nothing_is_lost(as_member, town):
    page = as_member("dana").post("/desk/notices/new/", {**TYPED, "until_on_day": "24"})

    assert "It ends before it begins." in page.content.decode()
    assert page.context["form"]["text_fr"].value() == "Sortez-les."
    assert not Notice.objects.exists()


def test_a_day_that_no_year_has_is_refused(as_member, town):
    typed = {**TYPED, "kind": "season", "first_day": "31", "first_month": "2", "last_day": "1", "last_month": "4"}

    page = as_member("dana").post("/desk/notices/new/", typed)

    assert "Enter a day that every year has" in page.content.decode()


def test_a_season_is_written_and_comes_round(as_member, client, town):
    typed = {**TYPED, "kind": "season", "first_day": "15", "first_month": "11", "last_day": "31", "last_month": "3"}
    as_member("dana").post("/desk/notices/new/", typed)
    as_member("dana").post("/desk/notices/leaf-pickup/publish/")

    with time_machine.travel(datetime(2030, 1, 5, 15, tzinfo=UTC)):
        in_winter = client.get("/").content.decode()
    with time_machine.travel(datetime(2030, 6, 5, 15, tzinfo=UTC)):
        in_summer = client.get("/").content.decode()

    assert "From 15 November to 31 March every year" in in_winter
    assert "Leaf pickup" not in in_summer


def test_what_begins_later_is_told_of_two_weeks_before(client, town):
    begins = timezone.now() + timedelta(days=10)
    published(town, from_at=begins, until_at=begins + timedelta(days=1))
    published(town, name=both("Far away"), from_at=begins + timedelta(days=9), until_at=None)

    page = client.get("/").content.decode()

    assert "Watermain break" in page
    assert "From " in page
    assert "Far away" not in page


def test_a_disruption_says_why_how_long_and_what_to_use_instead(client, town):
    with pytest.raises(NotPossible, match="of a disruption the reason"):
        a_notice(town, kind=Notice.Kind.DISRUPTION).publish(by=town.dana)
    disruption(town)

    page = client.get("/services/question/").content.decode()

    assert all(said in page for said in ("The lift is out", "Repairs.", "Two days.", "The ramp."))


def test_one_language_is_not_enough_for_the_public(town):
    notice = a_notice(town)
    notice.change(by=town.dana, seen=1, text={"en": "Only this."})

    with pytest.raises(NotPossible, match="in English and in French"):
        notice.publish(by=town.dana)


def test_what_is_published_cannot_lose_a_language(town):
    notice = published(town)

    with pytest.raises(NotPossible, match="in English and in French"):
        notice.change(by=town.dana, seen=1, text={"en": "Only this."})


def test_the_second_of_two_who_change_it_is_told(as_member, town):
    a_notice(town)
    dana = as_member("dana")
    dana.post("/desk/notices/watermain-break/change/", {**TYPED, "seen": 1, "name_en": "By Dana"})

    page = dana.post("/desk/notices/watermain-break/change/", {**TYPED, "seen": 1, "name_en": "By another"})

    assert "Somebody else has changed this notice" in page.content.decode()
    assert page.context["form"]["name_en"].value() == "By another"
    assert Notice.objects.get().name["en"] == "By Dana"


def test_it_is_extended_and_ended(as_member, client, town):
    notice = published(town)
    lea = as_member("lea")

    refused = lea.post("/desk/notices/watermain-break/extend/", {"on_day": "1", "on_month": "1", "on_year": "2020"})
    lea.post("/desk/notices/watermain-break/extend/", {"on_day": "1", "on_month": "12", "on_year": "2040"})
    notice.refresh_from_db()

    assert "must lie ahead" in refused.content.decode()
    assert timezone.localtime(notice.until_at).date() == date(2040, 12, 1)
    lea.post("/desk/notices/watermain-break/end/")
    assert "Watermain break" not in client.get("/").content.decode()
    assert lea.post("/desk/notices/watermain-break/end/").status_code == 409


def test_what_ended_is_not_changed_any_more(town):
    notice = published(town)
    notice.end(by=town.dana)

    with pytest.raises(NotPossible, match="has ended"):
        notice.change(by=town.dana, seen=2, name=both("Other"))


def test_it_is_read_by_itself_when_its_time_is_over(client, town):
    published(town)

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert "Watermain break" not in client.get("/").content.decode()


def test_it_shows_on_the_pages_of_its_services_and_at_the_desk(as_member, client, town):
    published(town)
    rita = as_member("rita")

    assert "Boil the water." in client.get("/services/pothole/").content.decode()
    assert "Boil the water." not in client.get("/services/noise/").content.decode()
    assert "Boil the water." in rita.get("/desk/interactions/new/").content.decode()
    asked = {"service": "pothole", "do": "show", "channel": "phone", "language": "en"}
    assert "Boil the water." in rita.post("/desk/interactions/new/", asked).content.decode()
    asked["service"] = "noise"
    assert "Boil the water." not in rita.post("/desk/interactions/new/", asked).content.decode()


def test_whoever_asks_reads_of_it_before_sending(client, town):
    published(town, streets=["King Street"])
    at = begin(client, town.pothole)
    client.post(f"{at}/where/", {"label": "12 King St W"})
    client.post(f"{at}/you/", {"name": "Elena Rivera", "email": "elena@example.org"})

    assert "Boil the water." in client.get(f"{at}/check/").content.decode()
    client.post(f"{at}/where/", {"label": "12 Queen Street"})
    assert "Boil the water." not in client.get(f"{at}/check/").content.decode()


def test_an_empty_list_teaches(as_member, town):
    assert "a watermain is broken" in as_member("dana").get("/desk/notices/").content.decode()


@pytest.mark.parametrize(
    ("who", "reads", "writes"), [("dana", 200, 302), ("lea", 200, 302), ("ada", 200, 403), ("ines", 200, 403)]
)
def test_who_may(as_member, town, who, reads, writes):
    a_notice(town)

    assert as_member(who).get("/desk/notices/watermain-break/").status_code == reads
    assert as_member(who).post("/desk/notices/watermain-break/publish/").status_code == writes


def test_a_season_is_never_in_a_list_out_of_its_time(town):
    season(town, "11-15", "03-31")

    assert not Notice.objects.shown(datetime(2030, 7, 1, tzinfo=UTC))
    assert Notice.objects.shown(datetime(2030, 12, 1, tzinfo=UTC))
