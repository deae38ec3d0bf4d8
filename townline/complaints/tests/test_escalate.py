"""Six steps up: at the complainant's word, by the municipality, or when a promise ran out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.complaints.models import Complaint, Procedure, Stage
from townline.core.access import visible
from townline.core.refusals import NotAllowed, NotPossible
from townline.vault import door

STEPS = ["supervisor", "manager", "director", "deputy", "cao"]


def decide(complaint, by):
    complaint.find(by=by, finding="not", reasons="Because.")
    complaint.decide(by=by, letter="We looked at it again.")


def test_the_next_level_starts_with_the_whole_file_and_a_fresh_promise(town, decided, line):
    decided.escalate(by=town.system, why="complainant")

    opened = door.latest(door.reveal(decided.safe, by=line["manager"], purpose="investigate"))
    assert decided.level == 2
    assert decided.active.user == line["manager"]
    assert opened["name"] == "Quenby Zzyzxcanary"
    assert opened["letter-1"] == "We are sorry that the call ended."
    assert decided.case.clocks.filter(promise="answer", ended_at=None).count() == 1
    assert decided.finding == ""


def test_the_level_below_loses_the_personal_information(town, decided, line):
    decided.escalate(by=town.system, why="complainant")

    with pytest.raises(NotAllowed):
        door.reveal(decided.safe, by=line["supervisor"], purpose="investigate")
    assert not visible(line["supervisor"], Complaint.objects.all()).exists()


def test_it_climbs_all_six_steps(town, decided, line):
    for code in STEPS[1:]:
        decided.escalate(by=town.system, why="complainant")
        assert decided.active.user == line[code]
        decide(decided, line[code])
    assert decided.level == 5

    decided.escalate(by=town.system, why="complainant")

    assert decided.level == 6
    assert decided.stage == Stage.OUTSIDE
    assert decided.active is None
    assert [one.level for one in decided.decisions.all()] == [1, 2, 3, 4, 5]


def test_beyond_the_last_level_there_is_none(town, complaint, line):
    complaint.send_on(by=line["intake"], subjects=[line["cao"]])

    with pytest.raises(NotPossible, match="last level"):
        complaint.escalate(by=town.system, why="complainant")


def test_a_vacant_level_is_passed_over(town, decided, line):
    line["manager"].is_active = False
    line["manager"].save()

    decided.escalate(by=town.system, why="complainant")

    assert decided.active.user == line["director"]
    assert decided.level == 3


def test_before_there_is_a_decision_the_complainant_waits(town, investigated):
    with pytest.raises(NotPossible, match="no decision"):
        investigated.escalate(by=town.system, why="complainant")


def test_when_the_promise_ran_out_the_next_level_can_take_it(investigated, line):
    investigated.escalate(by=line["overseer"], why="promise")

    assert investigated.active.user == line["manager"]


def test_a_late_wish_needs_a_reason_and_is_then_accepted(town, decided, line, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=31))
    with pytest.raises(NotPossible, match="accepted with a reason"):
        decided.escalate(by=town.system, why="complainant")

    decided.escalate(by=town.system, why="complainant", reason="I was in hospital.")

    assert decided.level == 2


def test_a_closed_complaint_goes_up_with_a_reason_and_is_open_again(town, decided, line):
    decided.accept(by=town.system)

    decided.escalate(by=town.system, why="complainant", reason="It happened again.")

    assert decided.stage == Stage.INVESTIGATION
    assert not decided.case.is_closed
    assert decided.active.user == line["manager"]


def test_without_an_adopted_ladder_no_level_is_promised_and_none_can_be_asked_for(town, investigated, line):
    Procedure.objects.update(is_ladder_adopted=False)
    decide(investigated, line["supervisor"])

    assert investigated.window_until is None
    with pytest.raises(NotPossible, match="not adopted"):
        investigated.escalate(by=town.system, why="complainant")
