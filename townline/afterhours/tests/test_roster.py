"""Who is on call: week by week, with swaps, and the hour at which a week changes."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from townline.afterhours.models import Rota
from townline.afterhours.tests.doings import rota
from townline.core.refusals import NotPossible
from townline.timeline.models import Event

HERE = ZoneInfo("America/Toronto")


def test_a_week_changes_at_its_hour():
    one = Rota(changes_on=0, changes_at="08:30")

    assert one.week_of(datetime(2026, 11, 23, 8, 29, tzinfo=HERE)) == date(2026, 11, 16)
    assert one.week_of(datetime(2026, 11, 23, 8, 30, tzinfo=HERE)) == date(2026, 11, 23)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)), st.integers(0, 6), st.integers(0, 23), st.integers(0, 59)
)
def test_every_moment_belongs_to_the_week_that_began_last(at, changes_on, hour, minute):
    one = Rota(changes_on=changes_on, changes_at=f"{hour:02}:{minute:02}")
    moment = at.replace(tzinfo=HERE)

    began = one.week_of(moment)

    assert began.weekday() == changes_on
    local = at.replace(tzinfo=None)
    assert (
        timedelta(0)
        <= local - datetime.combine(began, datetime.min.time()).replace(hour=hour, minute=minute)
        < timedelta(days=7)
    )


def test_the_list_of_a_week_is_written_anew_and_is_an_event(town):
    one = rota(town)

    one.roster(by=town.lea, week_on=one.week_of(timezone.now()), people=[(town.ben, "")])

    assert [shift.user for shift in one.shifts.all()] == [town.ben]
    event = Event.objects.filter(name="rota.rostered").last()
    assert event.details["people"] == [town.ben.pk]


def test_after_those_on_call_come_those_who_supervise(town):
    one = rota(town)
    town.lea.position = town.roads.positions.create(code="s", title={"en": "S"}, level="supervisor")
    town.lea.save()

    assert one.asked_in_order(timezone.now()) == [town.ada, town.ben, town.lea]


def test_two_people_change_places_with_their_numbers(town):
    one = rota(town)
    first, second = one.shifts.all()

    one.swap(by=town.lea, one=first, other=second)

    assert [(shift.user, shift.phone) for shift in one.shifts.all()] == [
        (town.ben, "905-555-0112"), (town.ada, "905-555-0111"),
    ]  # fmt: skip
    assert Event.objects.get(name="rota.swapped").details["people"] == [town.ada.pk, town.ben.pk]


def test_two_weeks_are_swapped(town):
    one = rota(town)
    now = one.week_of(timezone.now())
    one.roster(by=town.lea, week_on=now, people=[(town.ada, "")])
    one.roster(by=town.lea, week_on=now + timedelta(days=7), people=[(town.ben, "")])
    first, second = one.shifts.all()

    one.swap(by=town.lea, one=first, other=second)

    assert [shift.user for shift in one.shifts.all()] == [town.ben, town.ada]


def test_nobody_is_on_call_twice_in_a_week(town):
    one = rota(town)
    now = one.week_of(timezone.now())
    one.roster(by=town.lea, week_on=now + timedelta(days=7), people=[(town.ada, "")])

    with pytest.raises(NotPossible, match="twice in one week"):
        one.swap(by=town.lea, one=one.shifts.get(week_on=now, rank=2), other=one.shifts.get(week_on__gt=now))


@pytest.mark.parametrize(
    ("week", "sentence"), [(-14, "is over"), (1, "another day of the week")], ids=["past", "other weekday"]
)
def test_what_cannot_be_rostered(town, week, sentence):
    one = rota(town)

    with pytest.raises(NotPossible, match=sentence):
        one.roster(by=town.lea, week_on=one.week_of(timezone.now()) + timedelta(days=week), people=[])


def test_the_page_saves_a_week_and_refuses_somebody_twice(as_member, town):
    one = rota(town)
    address = f"/desk/after-hours/roster/roads/{one.week_of(timezone.now()) + timedelta(days=7)}/"
    lea = as_member("lea")

    page = lea.post(address, {"user_1": town.ada.pk, "user_2": town.ada.pk}).content.decode()
    lea.post(address, {"user_1": town.ben.pk, "phone_1": "905-555-0112"})

    assert "Somebody is on the list twice." in page
    assert [shift.user for shift in one.shifts.filter(week_on__gt=one.week_of(timezone.now()))] == [town.ben]


def test_the_swap_on_the_page_says_what_is_wrong(as_member, town):
    one = rota(town)
    first = one.shifts.first()

    page = as_member("lea").post("/desk/after-hours/roster/roads/swap/", {"one": first.pk, "other": first.pk})

    assert "Choose another place than the first." in page.content.decode()


def test_who_is_on_call_swaps_for_themselves_but_writes_no_list(as_member, town):
    one = rota(town)
    first, second = one.shifts.all()
    week = one.week_of(timezone.now())

    as_member("ada").post("/desk/after-hours/roster/roads/swap/", {"one": first.pk, "other": second.pk})

    assert one.shifts.first().user == town.ben
    assert as_member("ada").get(f"/desk/after-hours/roster/roads/{week}/").status_code == 403
