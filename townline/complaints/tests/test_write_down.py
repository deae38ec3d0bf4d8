"""Writing a complaint down for somebody: the six contents, read back, sealed, and gone from whoever wrote it."""

import pytest
from django.core import serializers

from townline.complaints.models import Complaint
from townline.complaints.testing import TYPED

TOLD = {
    **{name: TYPED[name] for name in ("what", "who", "outcome", "tried", "name", "email", "phone", "address")},
    "channel": "counter", "language": "fr", "about": "staff", "manner": ["rude"], "when_on_day": "3",
    "when_on_month": "11", "when_on_year": "2026", "when_time": "2:30 p.m.", "is_read_back": "on",
}  # fmt: skip


def test_it_is_filed_and_only_its_reference_is_shown(as_member, town, procedure, line):
    page = as_member("rita").post("/desk/complaints/new/", TOLD).content.decode()

    complaint = Complaint.objects.get()
    assert complaint.case.reference in page
    assert "anary" not in page
    assert complaint.read_back_at
    assert (complaint.case.channel, complaint.case.language) == ("counter", "fr")
    assert complaint.active.user == line["intake"]


def test_whoever_wrote_it_down_cannot_open_or_find_it(as_member, procedure):
    rita = as_member("rita")
    rita.post("/desk/complaints/new/", TOLD)

    assert rita.get(f"/desk/complaints/{Complaint.objects.get().case.reference}/").status_code == 404


def test_nothing_of_it_stands_outside_the_vault(as_member, procedure):
    from django.apps import apps

    as_member("rita").post("/desk/complaints/new/", TOLD)

    rows = [row for model in apps.get_models() for row in model._base_manager.all()]
    assert "anary" not in serializers.serialize("json", rows)


@pytest.mark.parametrize("name", ["what", "when_time", "who", "outcome", "name", "address", "is_read_back", "about"])
def test_what_is_missing_is_said_and_what_was_typed_stays(as_member, procedure, name):
    page = as_member("rita").post("/desk/complaints/new/", {**TOLD, name: ""})

    assert page.context["form"].errors.keys() == {name}
    assert "zzcanary" in page.content.decode()
    assert not Complaint.objects.exists()


def test_only_who_takes_contacts_in_writes_one_down(as_member, procedure):
    assert as_member("ada").get("/desk/complaints/new/").status_code == 403
