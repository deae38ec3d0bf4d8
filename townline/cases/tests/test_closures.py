"""A closure entered at the desk: what was promised stays, what is promised later follows."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from townline.cases.models import Case, Wait
from townline.core.localized import Localized

FRIDAY = datetime(2027, 3, 12, 15, tzinfo=UTC)
MONDAY = date(2027, 3, 15)
TUESDAYS_END = datetime(2027, 3, 16, 20, 30, tzinfo=UTC)
WEDNESDAYS_END = datetime(2027, 3, 17, 20, 30, tzinfo=UTC)


@pytest.fixture
def stopped():
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def case(stopped, town):
    return town.case(assignee=town.ada)


def close_monday(town):
    town.calendar.close_on(by=town.dana, on=MONDAY, name=Localized(en="Storm", fr="Tempête"))


def answer_due(case):
    return case.clocks.get(promise="answer").due_at


def test_a_promise_given_stays_and_the_next_one_follows(town, case):
    close_monday(town)

    later = town.case("Another lamp", assignee=town.ben)

    case.refresh_from_db()
    assert answer_due(case) == case.due_at == TUESDAYS_END
    assert answer_due(later) == later.due_at == WEDNESDAYS_END


def test_a_promise_given_stays_when_a_closure_is_taken_away(town, stopped):
    close_monday(town)
    case = town.case(assignee=town.ada)

    town.calendar.open_on(by=town.dana, on=MONDAY)

    case.refresh_from_db()
    assert answer_due(case) == case.due_at == WEDNESDAYS_END


def test_a_case_that_goes_on_after_a_wait_keeps_the_calendar_it_was_promised_by(stopped, town, case):
    case.wait(by=town.ada, reason=Wait.Reason.CUSTOMER, until_on=MONDAY)
    close_monday(town)
    stopped.shift(60 * 60)

    # As a page would: with the calendar as it is now, not as it was read before.
    Case.objects.get(pk=case.pk).resume(by=town.ada)

    assert answer_due(case) == TUESDAYS_END
