"""Filing: in writing, with a name, sealed, once, and before the right person."""

import pytest
from django.core import serializers
from django.db import connection

from townline.cases.models import Case, CaseAccess
from townline.channels.models import Channel, Interaction
from townline.complaints.filing import Filing, begin_draft, file, keep_typed, submit
from townline.complaints.models import Assignment, Complaint, ComplaintDraft, Procedure, Stage
from townline.complaints.testing import TYPED
from townline.core.refusals import NotPossible
from townline.timeline.models import Event
from townline.vault import door


def everything():
    """Every row of every table, as text."""
    from django.apps import apps

    rows = [row for model in apps.get_models() for row in model._base_manager.all()]
    return serializers.serialize("json", rows)


def test_a_complaint_about_staff_goes_to_the_sealed_intake(complaint, line):
    assert complaint.stage == Stage.INTAKE
    assert complaint.active.user == line["intake"]
    assert complaint.active.role == Assignment.Role.INTAKE
    assert list(CaseAccess.objects.values_list("user", flat=True)) == [line["intake"].pk]


def test_all_that_was_written_lies_in_the_safe(complaint, line):
    opened = door.latest(door.reveal(complaint.safe, by=line["intake"], purpose="intake"))

    assert opened == TYPED


def test_no_word_of_it_stands_anywhere_else(complaint):
    assert "anary" not in everything()
    assert complaint.case.is_confidential
    assert complaint.case.customer is None
    assert Interaction.objects.get(is_confidential=True).summary == ""


def test_a_complaint_about_a_service_that_names_nobody_goes_to_its_supervisor(town, procedure, line):
    filing = Filing(about="service", about_service="pothole", **TYPED)

    complaint = file(filing, by=town.system, channel=Channel.WEB)

    assert complaint.stage == Stage.INVESTIGATION
    assert complaint.level == 1
    assert complaint.active.user == line["supervisor"]


def test_where_there_is_no_supervisor_it_goes_to_the_manager(town, procedure, line):
    line["supervisor"].is_active = False
    line["supervisor"].save()

    complaint = file(Filing(about="service", about_service="pothole", **TYPED), by=town.system, channel=Channel.WEB)

    assert complaint.active.user == line["manager"]
    assert complaint.level == 2


def test_one_about_the_clerk_s_own_office_is_opened_by_the_other_intake(town, procedure, line):
    filing = Filing(about="staff", about_service="complaint", **TYPED)

    assert file(filing, by=town.system, channel=Channel.WEB).active.user == line["other_intake"]


def test_a_letter_goes_to_the_intake_even_when_it_names_a_service(town, procedure, line):
    filing = Filing(about="service", about_service="pothole", **TYPED)

    assert file(filing, by=town.rita, channel=Channel.LETTER).active.user == line["intake"]


@pytest.mark.parametrize("name", ["about", "what", "when", "who", "outcome", "name", "address"])
def test_what_a_formal_complaint_must_say_is_demanded(town, procedure, name):
    filing = Filing(**{"about": "staff", **TYPED, name: ""})

    assert filing.missing == [name]
    with pytest.raises(NotPossible, match="missing"):
        file(filing, by=town.system, channel=Channel.WEB)


def test_one_way_to_be_reached_is_enough(town, procedure):
    assert Filing(**{"about": "staff", **TYPED, "email": ""}).missing == []
    assert Filing(**{"about": "staff", **TYPED, "phone": ""}).missing == []
    assert Filing(**{"about": "staff", **TYPED, "phone": "", "email": ""}).missing == ["email"]


def test_where_the_procedure_accepts_it_nobody_has_to_give_a_name(town, procedure):
    Procedure.objects.update(anonymous="accept")
    nameless = {**TYPED, "name": "", "address": "", "email": "", "phone": ""}

    complaint = file(Filing(about="staff", **nameless), by=town.system, channel=Channel.WEB)

    assert complaint.is_anonymous


def test_without_a_procedure_it_says_so_and_keeps_nothing(town, procedure):
    Procedure.objects.all().delete()

    with pytest.raises(NotPossible, match="Call us"):
        file(Filing(about="staff", **TYPED), by=town.system, channel=Channel.WEB)
    assert not Complaint.objects.exists()


def test_the_same_draft_is_filed_once_and_destroyed(town, procedure, line):
    draft = begin_draft("a browser", "fr")
    keep_typed(draft, {"about": "staff", **TYPED}, "what")

    first = submit(draft, by=town.system, channel=Channel.WEB)
    again = submit(draft, by=town.system, channel=Channel.WEB)

    assert first == again
    assert Complaint.objects.count() == 1
    assert first.case.language == "fr"
    assert ComplaintDraft.objects.get().safe.shredded_at


def test_a_draft_is_sealed_while_it_is_written(town, procedure):
    draft = begin_draft("a browser", "en")
    keep_typed(draft, TYPED, "what")

    assert "anary" not in everything()


def test_the_clocks_run_from_the_first_level_on(investigated):
    running = investigated.case.clocks.filter(ended_at=None).values_list("promise", "amount", "unit")

    assert sorted(running) == [("acknowledge", 2, "business_days"), ("answer", 10, "business_days")]


def test_the_event_says_that_it_was_filed_and_nothing_of_what_it_says(complaint):
    event = Event.objects.get(name="complaint.filed")

    assert event.case_id == complaint.case_id
    assert event.details == {"about": "staff", "channel": "web"}


def test_when_anything_fails_nothing_is_kept(town, procedure, line, monkeypatch):
    Procedure.objects.update(intake=Procedure.objects.get().other_intake, other_intake=None)
    line["other_intake"].is_active = False
    line["other_intake"].save()

    with pytest.raises(NotPossible, match="Nobody holds"):
        file(Filing(about="staff", **TYPED), by=town.system, channel=Channel.WEB)

    assert not Complaint.objects.exists()
    assert not Case.objects.filter(is_confidential=True).exists()
    assert connection.in_atomic_block
