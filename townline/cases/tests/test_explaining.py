"""Each promise says of itself how it is reckoned."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from townline.cases.warning import sweep

MONDAY = datetime(2027, 5, 3, 13, tzinfo=UTC)


@pytest.fixture
def stopped():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def test_a_promise_says_from_when_it_counts_by_what_and_what_it_stood_still_for(stopped, as_member, town):
    case = town.case(assignee=town.ada)
    stopped.shift(timedelta(hours=1))
    case.wait(by=town.ada, reason="customer", until_on=datetime(2027, 5, 20).date())
    stopped.shift(timedelta(hours=2))
    case.resume(by=town.ada)
    stopped.shift(timedelta(days=9))
    sweep()

    page = as_member("ada").get(case.get_absolute_url()).content.decode()

    assert "Promised from Monday 3 May 2027, 9 a.m.: within 2 business days." in page
    assert "The standard is “answer”, for everything." in page
    assert "Reckoned by the calendar “Office hours” as it was on Monday 3 May 2027" in page
    assert "It stood still from Monday 3 May 2027, 10 a.m. to Monday 3 May 2027, noon. For the customer." in page
    assert "Staff were told that it is overdue, on" in page
    assert "p.m.." not in page
    assert "a.m.." not in page
    assert "Fulfilled on Monday 3 May 2027, 9 a.m., in time." in page


def test_a_promise_that_another_took_the_place_of_says_so(as_member, town):
    from townline.catalogue.models import Standard

    Standard.objects.create(
        code="urgent", name={"en": "Quick"}, promise="answer", priority="urgent", amount=2, unit="business_hours"
    )
    case = town.case(assignee=town.ada)
    case.prioritise(by=town.ada, priority="urgent", reason="A school.")

    page = as_member("ada").get(case.get_absolute_url()).content.decode()

    assert "another promise took its place" in page
    assert "The standard is “Quick”, for everything, for the priority “Urgent”." in page
