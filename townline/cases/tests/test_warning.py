"""Staff are told of promises that are soon due or overdue: in opening hours, up the line, and each once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from townline.accounts.models import Position
from townline.cases import warning
from townline.cases.models import CaseAccess, Clock, Notification
from townline.cases.warning import sweep

MONDAY = datetime(2027, 5, 3, 13, tzinfo=UTC)
"""9 a.m. in the town; an answer is promised by the end of Wednesday."""
WEDNESDAY = datetime(2027, 5, 5, 15, tzinfo=UTC)
THURSDAYS_OPENING = datetime(2027, 5, 6, 12, 30, tzinfo=UTC)


@pytest.fixture
def stopped():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def case(stopped, town):
    return town.case(assignee=town.ada)


@pytest.fixture
def line(town):
    """Ada reports to Lea, and Lea to Dana."""
    above = None
    for key in ("dana", "lea", "ada"):
        above = Position.objects.create(code=key, title={"en": key}, department=town.roads, reports_to=above)
        town.staff[key].position = above
        town.staff[key].save()


def told():
    return [(one.user.name.split()[0], one.kind) for one in Notification.objects.order_by("id").select_related("user")]


def test_the_assignee_is_warned_before_a_promise_runs_out_and_once(stopped, town, case, line):
    assert sweep() == 0
    stopped.move_to(WEDNESDAY)

    assert (sweep(), sweep()) == (1, 0)

    assert told() == [("Ada", "due_soon")]
    assert town.events(case).get(name="case.warned").details["promise"] == "answer"


def test_when_it_is_overdue_whoever_they_report_to_is_told_at_the_next_opening(stopped, town, case, line):
    stopped.move_to(WEDNESDAY)
    sweep()
    stopped.move_to(THURSDAYS_OPENING - timedelta(seconds=1))
    assert sweep() == 0
    stopped.move_to(THURSDAYS_OPENING)

    sweep()

    assert told()[1:] == [("Ada", "overdue"), ("Lea", "overdue")]


def test_a_business_day_later_it_goes_one_further_up_and_then_no_more(stopped, town, case, line):
    stopped.move_to(THURSDAYS_OPENING)
    sweep()
    stopped.move_to(THURSDAYS_OPENING + timedelta(days=4))
    sweep()

    assert told()[2:] == [("Ada", "escalated"), ("Lea", "escalated"), ("Dana", "escalated")]
    assert Clock.objects.get(case=case, promise="answer").next_at is None


def test_what_was_missed_while_nothing_ran_is_told_at_its_latest_stage_alone(stopped, town, case, line):
    stopped.move_to(THURSDAYS_OPENING)

    sweep()

    assert told() == [("Ada", "overdue"), ("Lea", "overdue")]


def test_without_an_assignee_or_a_line_those_who_supervise_the_department_are_told(stopped, town):
    town.case()
    stopped.move_to(WEDNESDAY)

    sweep()

    assert told() == [("Lea", "due_soon")]


def test_a_promise_that_was_kept_is_not_warned_of(stopped, town, case):
    case.message(by=town.ada, text="We come on Tuesday.")
    stopped.move_to(WEDNESDAY)

    assert sweep() == 0


def test_one_that_stands_still_is_warned_of_when_it_has_gone_on(stopped, town, case):
    case.wait(by=town.ada, reason="customer", until_on=datetime(2027, 5, 20).date())
    stopped.move_to(WEDNESDAY)
    assert sweep() == 0
    case.resume(by=town.ada)
    stopped.shift(timedelta(days=2))

    assert sweep() == 1


def test_of_a_confidential_case_only_those_admitted_to_it_are_told(stopped, town, case, line):
    CaseAccess.objects.create(case=case, user=town.ada)
    case.is_confidential = True
    case.save()
    stopped.move_to(THURSDAYS_OPENING)

    sweep()

    assert told() == [("Ada", "overdue")]


def test_a_sweep_that_is_killed_half_way_through_a_batch_tells_everybody_once_in_the_end(
    stopped, town, case, line, monkeypatch
):
    stopped.move_to(WEDNESDAY)
    whole = warning._event
    monkeypatch.setattr(warning, "_event", None)
    with pytest.raises(TypeError):
        sweep()
    assert told() == []
    monkeypatch.setattr(warning, "_event", whole)

    sweep()
    sweep()

    assert told() == [("Ada", "due_soon")]


def test_what_is_due_next_is_found_by_its_index(case, way_of):
    rows = Clock.objects.filter(next_at__lte=MONDAY).order_by("next_at").values_list("pk", flat=True)[:500]

    assert "clock_next" in way_of(rows)
