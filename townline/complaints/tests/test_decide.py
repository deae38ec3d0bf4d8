"""At one level: heard, found, decided; each with what it refuses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.cases.models import AFTER_ALL
from townline.complaints.models import Decision, Finding, Procedure, Stage
from townline.core.refusals import NotAllowed, NotPossible
from townline.timeline.models import Event
from townline.vault import door


def test_the_decision_stands_with_its_finding_and_its_letter_is_sealed(decided, line):
    decision = decided.decisions.get()
    opened = door.latest(door.reveal(decided.safe, by=line["supervisor"], purpose="investigate"))

    assert (decision.level, decision.finding, decision.remedies) == (1, "partly", ["apology"])
    assert opened["letter-1"] == "We are sorry that the call ended."
    assert opened["reasons-1"] == "The line was cut."
    assert decided.stage == Stage.DECIDED


def test_the_window_for_the_next_level_opens(decided):
    assert decided.window_until == timezone.localdate() + timedelta(days=30)


def test_the_promise_is_kept_when_it_is_decided(decided):
    answer = decided.case.clocks.get(promise="answer")

    assert answer.is_kept
    assert not decided.case.clocks.filter(ended_at=None).exclude(promise="step").exists()


def test_no_open_complaint_is_without_a_clock(complaint, town, line):
    sue = line["supervisor"]
    sent_on = complaint.case.clocks.get(ended_at=None)

    complaint.send_on(by=line["intake"], subjects=[town.ada])
    investigated = complaint.case.clocks.filter(ended_at=None).count()
    complaint.find(by=sue, finding="not", reasons="Because.")
    complaint.decide(by=sue, letter="We looked at it.")
    window = complaint.case.clocks.get(ended_at=None)
    complaint.accept(by=town.system)

    assert (sent_on.step, sent_on.amount, sent_on.unit, investigated) == ("send-on", 2, "business_days", 2)
    assert (window.step, timezone.localdate(window.due_at)) == ("next-level", complaint.window_until)
    assert complaint.case.due_at == AFTER_ALL
    assert complaint.case.clocks.get(pk=window.pk).ending == "dropped"


def test_where_no_level_comes_next_the_clock_is_for_closing_it(complaint, town, line):
    Procedure.objects.update(is_ladder_adopted=False)
    complaint.send_on(by=line["intake"], subjects=[town.ada])
    complaint.find(by=line["supervisor"], finding="not", reasons="Because.")

    complaint.decide(by=line["supervisor"], letter="We looked at it.")

    assert complaint.case.clocks.get(ended_at=None).step == "closing"


def test_nothing_is_decided_before_something_was_found(investigated, line):
    with pytest.raises(NotPossible, match="what was found"):
        investigated.decide(by=line["supervisor"], letter="Dear complainant")

    assert not Decision.objects.exists()


@pytest.mark.parametrize("finding", [Finding.SUBSTANTIATED, Finding.PARTLY])
def test_nobody_is_found_at_fault_without_being_heard(investigated, line, finding):
    with pytest.raises(NotPossible, match="heard"):
        investigated.find(by=line["supervisor"], finding=finding, reasons="Because.")


@pytest.mark.parametrize("finding", [Finding.NOT, Finding.NO_FINDING, Finding.WITHDRAWN])
def test_other_findings_need_no_hearing(investigated, line, finding):
    investigated.find(by=line["supervisor"], finding=finding, reasons="Because.")

    assert investigated.finding == finding


def test_the_person_complained_about_does_not_learn_the_name_without_consent(investigated, line):
    with pytest.raises(NotPossible, match="consent"):
        investigated.hear(
            by=line["supervisor"], subject=investigated.subjects.get(), words="About Quenby", names_complainant=True
        )


def test_with_recorded_consent_they_may_be_named_until_it_is_withdrawn(investigated, line):
    sue, subject = line["supervisor"], investigated.subjects.get()
    consent = investigated.disclose(by=sue, ground="consent", what="identity", to_whom="The person complained about")
    investigated.hear(by=sue, subject=subject, words="About Quenby", names_complainant=True)
    investigated.withdraw_consent(by=sue, disclosure=consent)

    with pytest.raises(NotPossible, match="consent"):
        investigated.hear(by=sue, subject=subject, words="About Quenby", names_complainant=True)


def test_their_answer_is_kept_after_they_were_heard(investigated, line):
    sue, subject = line["supervisor"], investigated.subjects.get()
    with pytest.raises(NotPossible, match="substance"):
        investigated.record_answer(by=sue, subject=subject, words="I did not.")
    investigated.hear(by=sue, subject=subject, words="What happened?")
    investigated.record_answer(by=sue, subject=subject, words="I did not.", has_representative=True)

    assert subject.answered_at
    assert Event.objects.get(name="complaint.answer_recorded").details["represented"] is True


def test_the_time_is_made_longer_once(investigated, line):
    before = investigated.case.clocks.get(promise="answer", ended_at=None).due_at
    investigated.extend(by=line["supervisor"], reasons="We wait for the recording.")

    assert investigated.case.clocks.get(promise="answer", ended_at=None).due_at > before
    with pytest.raises(NotPossible, match="once already"):
        investigated.extend(by=line["supervisor"], reasons="Again.")


@pytest.mark.parametrize("who", ["officer", "manager", "cao", "intake", "overseer"])
def test_nobody_but_the_investigator_decides(investigated, line, who):
    with pytest.raises(NotAllowed):
        investigated.find(by=line[who], finding="not", reasons="Because.")


def test_it_is_not_closed_while_the_complainant_can_still_go_up(decided, line, time_machine):
    with pytest.raises(NotPossible, match="next level"):
        decided.close(by=line["supervisor"])

    time_machine.move_to(timezone.now() + timedelta(days=31))
    decided.close(by=line["supervisor"])

    assert decided.stage == Stage.CLOSED
    assert decided.case.is_closed


def test_a_content_complainant_ends_it_at_once(town, decided):
    decided.accept(by=town.system)

    assert decided.stage == Stage.CLOSED


def test_a_lesson_is_followed_until_it_is_done(decided, line):
    made = decided.follow_up(
        by=line["supervisor"], kind="training", words="Ending calls", due_on=timezone.localdate() + timedelta(days=40)
    )
    decided.finish_follow_up(by=line["overseer"], follow_up=made)

    assert made.done_at
    with pytest.raises(NotPossible, match="already"):
        decided.finish_follow_up(by=line["overseer"], follow_up=made)
