from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from townline.cases.models import Clock
from townline.catalogue.models import Standard
from townline.core.refusals import NotPossible

MONDAY = datetime(2027, 5, 3, 13, tzinfo=UTC)
"""9 a.m. in the town."""
URL = "/desk/cases/{0.reference}/prioritise/"


@pytest.fixture
def stopped():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def urgent(town):
    return Standard.objects.create(
        code="urgent-answer", name={"en": "Urgent", "fr": "Urgent"}, promise="answer", priority="urgent",
        amount=4, unit="business_hours",
    )  # fmt: skip


@pytest.fixture
def case(stopped, town, urgent):
    return town.case(assignee=town.ada)


def answer(case):
    return case.clocks.get(promise="answer", ended_at=None)


def test_an_urgent_case_is_promised_what_is_promised_for_urgent_cases(stopped, town, case, urgent):
    stopped.shift(timedelta(hours=1))

    case.prioritise(by=town.ada, priority="urgent", reason="Children walk here.")

    assert (answer(case).standard, answer(case).due_at) == (urgent, MONDAY + timedelta(hours=5))
    assert (case.priority, case.due_at, case.due_kind) == ("urgent", MONDAY + timedelta(hours=5), "answer")
    replaced = case.clocks.get(promise="answer", ending=Clock.Ending.REPLACED)
    assert (replaced.ended_at, replaced.is_kept) == (MONDAY + timedelta(hours=1), False)
    event = town.events(case).get(name="case.prioritised")
    note = case.notes.get()
    assert note.text == "Children walk here."
    assert event.details == {"priority": "urgent", "before": "normal", "note": note.pk, "promised": ["answer"]}


def test_a_case_that_is_less_pressing_than_thought_is_reckoned_from_its_start(stopped, town, case):
    before = answer(case).due_at
    case.prioritise(by=town.ada, priority="urgent", reason="Thought so.")
    stopped.shift(timedelta(hours=2))

    case.prioritise(by=town.ada, priority="normal", reason="It is not.")

    assert answer(case).due_at == case.due_at == before
    assert answer(case).started_at == MONDAY


def test_a_more_pressing_case_never_gets_more_time_than_it_had(stopped, town, case):
    before = answer(case).due_at
    stopped.move_to(before - timedelta(hours=1))

    case.prioritise(by=town.ada, priority="urgent", reason="Now.")

    assert answer(case).due_at == before


def test_another_priority_does_not_mend_a_promise_that_was_broken(stopped, town, case):
    case.prioritise(by=town.ada, priority="urgent", reason="Now.")
    broken = answer(case).due_at
    stopped.shift(timedelta(days=1))

    case.prioritise(by=town.ada, priority="normal", reason="After all.")

    assert answer(case).due_at == case.due_at == broken


def test_the_priority_of_a_case_that_waits_can_change(stopped, town, case):
    case.wait(by=town.ada, reason="customer", until_on=datetime(2027, 5, 10).date())
    stopped.shift(timedelta(hours=1))

    case.prioritise(by=town.ada, priority="urgent", reason="Now.")
    assert answer(case).due_at is None
    stopped.shift(timedelta(hours=1))
    case.resume(by=town.ada)

    assert answer(case).due_at == MONDAY + timedelta(hours=6)


def test_the_same_priority_once_more_is_refused(town, case):
    with pytest.raises(NotPossible, match="Normal"):
        case.prioritise(by=town.ada, priority="normal", reason="Again.")


def test_a_closed_case_has_no_priority_to_change(town, case):
    case.close(by=town.ada, outcome="done", words="Done.")

    with pytest.raises(NotPossible, match="Reopen it first"):
        case.prioritise(by=town.ada, priority="urgent", reason="Now.")


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 302), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_say_how_pressing_a_case_is(as_member, town, who, status):
    case = town.case(assignee=town.ada)

    response = as_member(who).post(URL.format(case), {"priority": "high", "reason": "A school is near."})

    assert response.status_code == status


def test_the_page_keeps_what_was_typed_when_something_is_missing(as_member, town):
    case = town.case(assignee=town.ada)

    response = as_member("ada").post(URL.format(case), {"reason": "A school is near."})

    assert response.status_code == 200
    assert "A school is near." in response.content.decode()


def test_the_page_of_an_urgent_case_says_so(as_member, town):
    case = town.case(assignee=town.ada)
    case.prioritise(by=town.ada, priority="urgent", reason="A school is near.")

    page = as_member("ben").get(case.get_absolute_url()).content.decode()

    assert "Priority changed: Urgent" in page
    assert "A school is near." in page


def test_prioritising_by_the_interface(call, town):
    case = town.case(assignee=town.ada)
    body = {"priority": "high", "reason": "A school is near."}

    response = call("ada", f"cases/{case.reference}/prioritise", **body)

    assert response.json()["priority"] == "high"
    assert call("ada", f"cases/{case.reference}/prioritise", **body).status_code == 409
