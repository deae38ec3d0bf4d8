"""Any way through the life of a case: what is always true of it, whatever was done in whatever order."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from townline.cases.models import AFTER_ALL, NEVER, Case, Outcome, Status, Wait
from townline.core.refusals import NotPossible
from townline.site.town import Town

MONDAY = datetime(2027, 3, 8, 14, tzinfo=UTC)
"""The week before the clocks are put forward."""


class Life(RuleBasedStateMachine):
    """A case in the hands of Ada, Ben and Lea, under a clock that stands still until it is moved."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(MONDAY, tick=False)
        self.time = self.clock.start()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.told = 1

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        self.clock.stop()

    @initialize()
    def begin(self) -> None:
        self.town = Town()
        self.case = self.town.case()

    def do(self, what: str, is_possible: bool, **how: Any) -> None:
        """Do it, and see that it is refused exactly when it should be; done, it leaves one event."""
        try:
            getattr(self.case, what)(**how)
        except NotPossible:
            assert not is_possible, f"{what} was refused while {self.case.status}"
        else:
            assert is_possible, f"{what} was accepted while {self.case.status}"
            self.told += 1

    @property
    def status(self) -> str:
        return str(Case.objects.values_list("status", flat=True).get(pk=self.case.pk))

    @property
    def is_open(self) -> bool:
        return self.status != Status.CLOSED

    @rule(minutes=st.integers(1, 60 * 24 * 6))
    def time_passes(self, minutes: int) -> None:
        self.time.shift(timedelta(minutes=minutes))

    @rule(who=st.sampled_from(["ada", "ben"]))
    def take(self, who: str) -> None:
        self.do("take", self.is_open and self.case.assignee_id is None, by=getattr(self.town, who))

    @rule(to=st.sampled_from(["ada", "ben", "otto", "ines"]))
    def assign(self, to: str) -> None:
        person = getattr(self.town, to)
        works_here = to in ("ada", "ben") and self.case.assignee_id != person.pk
        self.do("assign", self.is_open and works_here, by=self.town.lea, to=person)

    @rule()
    def note(self) -> None:
        self.do("note", True, by=self.town.ben, text="A note.")

    @rule()
    def message(self) -> None:
        self.do("message", self.is_open, by=self.town.lea, text="We are looking at it.")

    @rule(days=st.integers(0, 20))
    def wait(self, days: int) -> None:
        until_on = timezone.localdate() + timedelta(days=days)
        how = {"reason": Wait.Reason.WEATHER, "until_on": until_on}
        self.do("wait", self.status == Status.OPEN, by=self.town.lea, **how)

    @rule()
    def resume(self) -> None:
        self.do("resume", self.status == Status.WAITING, by=self.town.lea)

    @precondition(lambda self: self.told > 3)
    @rule(outcome=st.sampled_from(Outcome.values))
    def close(self, outcome: str) -> None:
        self.do("close", self.is_open, by=self.town.lea, outcome=outcome, words="It is done.")

    @rule()
    def reopen(self) -> None:
        self.do("reopen", not self.is_open, by=self.town.ada)

    @invariant()
    def closed_means_an_end_and_an_outcome(self) -> None:
        case = Case.objects.get(pk=self.case.pk)
        ends = {case.status == Status.CLOSED, bool(case.closed_at), bool(case.outcome), case.due_at == AFTER_ALL}
        assert len(ends) == 1

    @invariant()
    def it_is_due_when_the_nearest_running_clock_is(self) -> None:
        case = Case.objects.get(pk=self.case.pk)
        clocks = case.clocks.filter(ended_at=None, due_at__isnull=False)
        running = sorted((clock.due_at, clock.promise) for clock in clocks)
        if case.is_closed:
            assert not case.clocks.filter(ended_at=None).exists()
        else:
            assert (case.due_at, case.due_kind) == (running[0] if running else (NEVER, ""))

    @invariant()
    def a_promise_that_ended_can_be_told_kept_or_broken(self) -> None:
        assert not self.case.clocks.filter(ended_at__isnull=False, due_at=None).exists()

    @invariant()
    def it_waits_exactly_while_one_wait_runs(self) -> None:
        running = self.case.waits.filter(ended_at=None).count()
        assert running == (1 if self.status == Status.WAITING else 0)

    @invariant()
    def each_verb_leaves_one_event(self) -> None:
        assert self.town.events(self.case).filter(name__startswith="case.").count() == self.told


def test_whatever_happens_to_a_case_it_is_never_in_between(db: None) -> None:
    some_hundred_steps = settings(
        max_examples=12,
        stateful_step_count=30,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=some_hundred_steps)
