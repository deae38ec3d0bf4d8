"""The promises of a case: what moves them, what does not, and what they say at the end."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from townline.accounts.models import Closure
from townline.cases.models import Case, Outcome, Wait
from townline.cases.schedule import end_waits
from townline.catalogue.models import Standard
from townline.channels.models import Mail
from townline.core.refusals import NotPossible

FRIDAY = datetime(2027, 3, 12, 15, tzinfo=UTC)
"""10 a.m. in the town, on the last business day before the clocks are put forward."""


@pytest.fixture
def stopped():
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def case(stopped, town):
    return town.case(assignee=town.ada)


def due(case, promise):
    return case.clocks.get(promise=promise).due_at


def test_a_promise_of_days_runs_over_weekend_and_daylight_change_to_the_close_of_its_last_day(case):
    assert due(case, "answer") == datetime(2027, 3, 16, 20, 30, tzinfo=UTC)
    assert (case.due_at, case.due_kind) == (due(case, "answer"), "answer")


def test_a_wait_over_a_weekend_and_a_closure_moves_it_by_business_days_alone(stopped, town):
    Closure.objects.create(calendar=town.calendar, on=date(2027, 3, 15))
    case = town.case(assignee=town.ada)
    case.wait(by=town.ada, reason=Wait.Reason.CUSTOMER, until_on=date(2027, 3, 17))
    stopped.move_to(datetime(2027, 3, 17, 14, tzinfo=UTC))

    case.resume(by=town.ada)

    # Friday and Tuesday ended while it waited; Monday is closed: from Wednesday to Friday.
    assert due(case, "answer") == datetime(2027, 3, 19, 20, 30, tzinfo=UTC)
    assert case.due_at == due(case, "answer")


def test_a_wait_that_begins_after_a_promise_was_broken_does_not_mend_it(stopped, town, case):
    stopped.move_to(datetime(2027, 3, 22, 14, tzinfo=UTC))
    before = due(case, "answer")

    case.wait(by=town.ada, reason=Wait.Reason.CUSTOMER, until_on=date(2027, 4, 1))

    assert due(case, "answer") == case.due_at == before


def test_a_promise_kept_while_the_case_waits_is_kept(stopped, town, case):
    case.wait(by=town.ada, reason=Wait.Reason.CUSTOMER, until_on=date(2027, 3, 20))
    stopped.shift(timedelta(days=6))

    case.message(by=town.ada, text="We are still waiting for the part.")

    assert case.clocks.get(promise="answer").is_kept


def test_what_is_broken_stays_broken_when_it_is_closed(stopped, town, case):
    stopped.shift(timedelta(days=30))

    case.close(by=town.ada, outcome=Outcome.DONE, words="Done.")

    assert not any(clock.is_kept for clock in case.clocks.exclude(promise="acknowledge"))


def test_a_reopened_case_has_one_fresh_promise_and_the_old_ones_as_they_ended(stopped, town, case):
    case.close(by=town.ada, outcome=Outcome.DONE, words="Done.")
    ended = list(case.clocks.values_list("promise", "due_at", "ended_at"))
    stopped.shift(timedelta(days=60))

    case.reopen(by=town.ada)

    fresh = case.clocks.get(ended_at=None)
    assert (fresh.promise, fresh.started_at) == ("outcome", FRIDAY + timedelta(days=60))
    assert (case.due_at, case.due_kind) == (fresh.due_at, "outcome")
    assert list(case.clocks.exclude(pk=fresh.pk).values_list("promise", "due_at", "ended_at")) == ended


def test_a_case_that_waits_cannot_be_reopened(town, case):
    case.wait(by=town.ada, reason=Wait.Reason.WEATHER, until_on=date(2027, 3, 20))

    with pytest.raises(NotPossible, match="not closed"):
        case.reopen(by=town.ada)


def test_a_machine_whose_clock_is_put_back_can_still_go_on(stopped, town, case):
    case.wait(by=town.ada, reason=Wait.Reason.WEATHER, until_on=date(2027, 3, 20))
    stopped.shift(timedelta(hours=-1))

    case.resume(by=town.ada)

    assert due(case, "answer") == datetime(2027, 3, 16, 20, 30, tzinfo=UTC)


def test_a_case_goes_on_by_itself_on_the_day_it_waited_for(stopped, town, case, work):
    case.wait(by=town.ada, reason=Wait.Reason.WEATHER, until_on=date(2027, 3, 17))
    stopped.move_to(datetime(2027, 3, 17, 3, 59, tzinfo=UTC))
    end_waits.call()
    work()
    assert Case.objects.get().status == "waiting"

    stopped.move_to(datetime(2027, 3, 17, 4, 20, tzinfo=UTC))
    end_waits.call()
    end_waits.call()
    work()

    assert Case.objects.get().status == "open"
    assert town.events(case).get(name="case.resumed").by == town.system


def test_a_case_whose_assignee_has_left_can_be_taken(town, case):
    town.ada.is_active = False
    town.ada.save()

    case.take(by=town.ben)

    assert Case.objects.get().assignee == town.ben


def test_only_the_mail_that_closed_it_says_that_it_is_finished(town, case, work):
    case.message(by=town.ada, text="The crew is on its way.")
    case.close(by=town.ada, outcome=Outcome.DONE, words="The lamp was replaced.")
    case.reopen(by=town.ada)
    work()

    first, last = Mail.objects.filter(purpose="message").order_by("id")
    assert "finished" not in first.subject + first.body
    assert "finished" in last.subject
    assert "Done" in last.body


def test_an_answer_is_held_up_by_the_customer_alone(stopped, town, case):
    before = due(case, "answer")

    case.wait(by=town.ada, reason=Wait.Reason.CONTRACTOR, until_on=date(2027, 3, 20))

    assert due(case, "answer") == case.due_at == before
    assert due(case, "outcome") is None


def test_a_step_has_a_clock_of_its_own_and_can_be_the_nearest(stopped, town, case):
    case.start_step_clock("visit", label={"en": "Site visit"}, amount=4, unit="business_hours")
    case.save()

    clock = case.clocks.get(step="visit")
    assert (clock.promise, clock.due_at, clock.label) == ("step", FRIDAY + timedelta(hours=4), "Site visit")
    assert (case.due_at, case.due_kind) == (clock.due_at, "step")


def test_a_step_that_is_done_stops_its_clock(stopped, town, case):
    case.start_step_clock("visit", amount=4, unit="business_hours")
    stopped.shift(timedelta(hours=1))

    assert case.keep_step("visit")
    assert case.clocks.get(step="visit").is_kept
    assert not case.keep_step("visit")
    assert case.due_kind == "answer"


def test_the_clock_of_a_step_does_not_run_twice(stopped, town, case):
    case.start_step_clock("visit", amount=4, unit="business_hours")

    with pytest.raises(NotPossible, match="running already"):
        case.start_step_clock("visit", amount=4, unit="business_hours")


def test_a_step_without_an_amount_goes_by_its_standard_if_there_is_one(stopped, town, case):
    Standard.objects.create(
        code="visit", name={"en": "Visit"}, promise="step", step="visit", amount=1, unit="business_days"
    )

    assert case.start_step_clock("letter") is None
    assert case.start_step_clock("visit").due_at == datetime(2027, 3, 15, 20, 30, tzinfo=UTC)


def test_a_legal_clock_never_pauses(stopped, town, case):
    case.start_step_clock("comply", amount=20, unit="calendar_days", is_legal=True)
    before = case.clocks.get(step="comply").due_at

    case.wait(by=town.ada, reason=Wait.Reason.CUSTOMER, until_on=date(2027, 3, 20))

    assert case.clocks.get(step="comply").due_at == case.due_at == before


def test_steps_that_are_left_when_a_case_is_closed_count_neither_as_kept_nor_as_late(stopped, town, case):
    case.start_step_clock("visit", amount=4, unit="business_hours")
    case.close(by=town.ada, outcome=Outcome.DONE, words="Done.")

    left = case.clocks.get(step="visit")
    assert (left.ending, left.is_kept, left.ended_at) == ("dropped", False, FRIDAY)


def test_the_most_particular_standard_holds(town):
    def more(code, **conditions):
        return Standard.objects.create(code=code, name={}, promise="answer", amount=1, unit="hours", **conditions)

    kind = more("kind", kind="service_request")
    pressing = more("pressing", kind="service_request", priority="urgent")
    more("everything-urgent", priority="urgent", channel="phone")
    by_phone = more("by-phone", kind="service_request", channel="phone")
    service = more("service", service=town.pothole)

    def holds(of, **case):
        return next(s for s in Standard.objects.promised_for(of, **case) if s.promise == "answer")

    other = town.service("lamp", "Lamp", "service_request", town.roads)
    assert holds(other) == kind
    assert holds(other, priority="urgent", channel="phone") == pressing
    assert holds(other, channel="phone") == by_phone
    assert holds(town.pothole, priority="urgent", channel="phone") == service
