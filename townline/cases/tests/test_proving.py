"""What is stored of a promise follows from its history, exactly, and a difference is found, said and mended."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from townline.cases.models import Case, Clock
from townline.cases.models.waits import Wait
from townline.cases.proving import differing
from townline.cases.schedule import prove_some
from townline.core.localized import Localized
from townline.core.promise import Wait as Waited

MONDAY = datetime(2027, 5, 3, 13, tzinfo=UTC)


@pytest.fixture
def lived(town):
    """A case that waited, was made urgent, and outlived a change of the calendar."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        case = town.case(assignee=town.ada)
        clock.shift(timedelta(hours=2))
        case.wait(by=town.ada, reason="customer", until_on=datetime(2027, 5, 20).date())
        town.calendar.close_on(by=town.dana, on=datetime(2027, 5, 6).date(), name=Localized(en="Storm"))
        clock.shift(timedelta(days=1))
        case.resume(by=town.ada)
        case.prioritise(by=town.ada, priority="high", reason="A school.")
        case.message(by=town.ada, text="We come on Friday.")
        case.close(by=town.ada, outcome="done", words="Done.")
        case.reopen(by=town.ada)
        yield case


def wrong():
    Clock.objects.filter(ended_at=None).update(due_at=MONDAY)


def test_what_is_stored_is_what_follows(lived):
    waits = [Waited(*row) for row in Wait.objects.values_list("reason", "began_at", "ended_at")]

    assert differing([lived.pk]) == []
    for clock in lived.clocks.all():
        assert clock.reading(waits, MONDAY + timedelta(days=9)).due_at == clock.due_at


def test_a_difference_is_found_said_and_mended(lived, town):
    right = Case.objects.get().due_at
    wrong()

    said = [StringIO() for _ in range(3)]
    call_command("clocks", stdout=said[0])
    call_command("clocks", "--mend", stdout=said[1])
    call_command("clocks", stdout=said[2])

    assert "1 cases differ, left as they are" in said[0].getvalue()
    assert lived.reference in said[0].getvalue()
    assert "1 cases differ, mended." in said[1].getvalue()
    assert "0 cases differ." in said[2].getvalue()
    assert Case.objects.get().due_at == lived.clocks.get(ended_at=None).due_at == right
    assert town.events(lived).get(name="case.reckoned").by == town.system


def test_a_difference_that_the_nightly_proof_finds_is_said_at_the_desk(lived, town, work, as_member):
    prove_some.enqueue()
    work()
    assert "background job failed" not in as_member("ines").get("/desk/").content.decode()
    wrong()

    prove_some.enqueue()
    work()

    assert "1 background job failed." in as_member("ines").get("/desk/").content.decode()
