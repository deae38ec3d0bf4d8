"""Every other way into the file: on a ground, for a time, and never unseen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.complaints.models import Complaint, EmergencyAccess
from townline.core.access import may, visible
from townline.core.refusals import NotAllowed, NotPossible
from townline.timeline.models import Event
from townline.vault import door


def test_an_emergency_opens_the_file_for_half_an_hour(investigated, line, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    investigated.open_in_emergency(by=line["overseer"], reason="safety", words="A threat was made.")

    assert door.reveal(investigated.safe, by=line["overseer"], purpose="emergency")
    time_machine.shift(timedelta(minutes=30))
    with pytest.raises(NotAllowed):
        door.reveal(investigated.safe, by=line["overseer"], purpose="emergency")


def test_the_person_complained_about_finds_no_emergency(town, investigated, line):
    with pytest.raises(NotAllowed):
        investigated.open_in_emergency(by=town.ada, reason="safety", words="Let me see.")


def test_somebody_else_reviews_it_within_seven_days_or_it_is_late(investigated, line, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    made = investigated.open_in_emergency(by=line["overseer"], reason="safety", words="A threat was made.")
    with pytest.raises(NotPossible, match="their own"):
        investigated.review_emergency(by=line["overseer"], emergency=made, was_right=True)

    time_machine.shift(timedelta(days=7, seconds=1))
    assert EmergencyAccess.objects.get().is_review_late
    investigated.review_emergency(by=line["foi"], emergency=made, was_right=False)

    assert not EmergencyAccess.objects.get().is_review_late
    assert Event.objects.get(name="complaint.emergency_reviewed").details["was_right"] is False


def test_the_foi_coordinator_opens_it_for_a_recorded_request_only(investigated, line, time_machine):
    with pytest.raises(NotAllowed):
        door.reveal(investigated.safe, by=line["foi"], purpose="access_request")

    investigated.record_request(by=line["foi"], number="2026-014", until_on=timezone.localdate() + timedelta(days=45))

    assert door.reveal(investigated.safe, by=line["foi"], purpose="access_request")
    time_machine.move_to(timezone.now() + timedelta(days=46))
    with pytest.raises(NotAllowed):
        door.reveal(investigated.safe, by=line["foi"], purpose="access_request")


@pytest.mark.parametrize("who", ["intake", "overseer", "manager", "cao", "foi", "officer"])
@pytest.mark.parametrize("purpose", ["intake", "investigate", "access_request", "emergency", "deliver", "own"])
def test_nobody_opens_it_by_rank_department_or_role(investigated, line, who, purpose):
    with pytest.raises(NotAllowed):
        door.reveal(investigated.safe, by=line[who], purpose=purpose)


def test_the_investigator_opens_it_to_investigate_and_for_nothing_else(investigated, line):
    assert door.reveal(investigated.safe, by=line["supervisor"], purpose="investigate")
    with pytest.raises(NotAllowed):
        door.reveal(investigated.safe, by=line["supervisor"], purpose="access_request")


def test_the_package_leaves_only_on_a_recorded_ground(investigated, line):
    sue = line["supervisor"]
    identity = investigated.disclose(by=sue, ground="consent", what="identity", to_whom="Ada")
    with pytest.raises(NotPossible, match="consent"):
        investigated.release(by=sue, disclosure=identity)

    asked = investigated.disclose(by=sue, ground="ombudsman", what="file", to_whom="The Ombudsman of Ontario")
    investigated.release(by=sue, disclosure=asked)

    assert asked.released_at
    assert Event.objects.get(name="complaint.released").details["ground"] == "ombudsman"


def test_to_whom_something_may_be_given_is_sealed(investigated, line):
    made = investigated.disclose(
        by=line["supervisor"],
        ground="consent",
        what="file",
        to_whom="Zzcanary, a lawyer",
        until_on=timezone.localdate(),
    )

    opened = door.latest(door.reveal(investigated.safe, by=line["supervisor"], purpose="investigate"))
    assert opened[f"disclosure-{made.pk}"] == "Zzcanary, a lawyer"
    assert "anary" not in str(Event.objects.values_list("details", flat=True))


def test_who_oversees_sees_that_it_is_there_and_does_nothing_with_it(investigated, line):
    assert list(visible(line["overseer"], Complaint.objects.all())) == [investigated]
    assert not any(may(line["overseer"], verb, investigated) for verb in ("find", "decide", "hear", "close", "send_on"))


@pytest.mark.parametrize("who", ["ada", "ben", "lea", "otto", "rita", "dana", "ines"])
def test_everybody_else_finds_nothing(town, investigated, who):
    assert not visible(getattr(town, who), Complaint.objects.all()).exists()
