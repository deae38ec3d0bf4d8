"""A pack goes into the database and comes out again as it was."""

from pathlib import Path

import pytest

from townline.accounts.models import Calendar, Municipality, Position, User
from townline.catalogue.models import CollectionNotice, Service, Standard
from townline.packs.apply import apply
from townline.packs.export import export
from townline.packs.plan import plan
from townline.packs.reading import read
from townline.questions.models import FormVersion

PACK = Path(__file__).parent / "pack"

pytestmark = pytest.mark.django_db


def test_a_plan_changes_nothing():
    found = plan(read(PACK))

    assert found.counts()["added"] > 30
    assert not Municipality.objects.exists()


def test_applying_a_pack_makes_every_row(system):
    apply(read(PACK), by=system)

    pothole = Service.objects.get(code="pothole")
    assert pothole.name == {"en": "Pothole", "fr": "Nid-de-poule"}
    assert pothole.sort_key == "pothole"
    assert pothole.department.code == "works"
    assert pothole.collection_notice.code == "requests"
    assert pothole.questions.version == 1
    assert pothole.questions.definition["version"] == 1
    assert pothole.centralisation["decision"]["mode"] == "partial"
    assert pothole.provenance["fields"]["cost"]["mark"] == "K"
    assert Position.objects.get(code="works-crew").reports_to.code == "works-supervisor"
    assert Standard.objects.get(code="fix-pothole").service == pothole
