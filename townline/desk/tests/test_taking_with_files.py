"""Photos and documents that come with a new interaction: pictures in a letter, or what somebody brings along."""

import pytest

from townline.cases.models import Case
from townline.channels.models import Interaction
from townline.documents.models import Attachment
from townline.documents.tests import samples

ADDRESS = "/desk/interactions/new/"
TYPED = {
    "draft": "a" * 22, "channel": "counter", "language": "en", "service": "pothole", "asked": "pothole",
    "name": "Jo Muster", "phone": "905-555-0123", "place": "12 Main Street", "summary": "A deep hole.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    return settings.FILES


def photo(content=None, name="hole.jpg"):
    return samples.upload(content or samples.picture(), name)


def test_a_case_is_raised_with_its_photo(as_member, town):
    answer = as_member("rita").post(ADDRESS, {**TYPED, "do": "raise", "add_files": photo()})

    assert answer.status_code == 302
    assert Case.objects.get().enclosures.get().attachment.brought_by == "staff"


def test_a_photo_stays_while_somebody_searches_and_while_another_is_refused(as_member, town):
    browser = as_member("rita")

    searched = browser.post(ADDRESS, {**TYPED, "do": "show", "add_files": photo()}).content.decode()
    held = Attachment.objects.get().key
    bad = photo(b"<svg/>", "bad.svg")
    refused = browser.post(ADDRESS, {**TYPED, "do": "raise", "held": held, "add_files": bad}).content.decode()

    assert f'value="{held}" checked' in searched
    assert f'value="{held}" checked' in refused
    assert "bad.svg: It is not a photo or a PDF that we can take." in refused
    assert "A deep hole." in refused
    assert browser.post(ADDRESS, {**TYPED, "do": "raise", "held": held}).status_code == 302
    assert Case.objects.get().enclosures.get().attachment.key == held


def test_a_photo_is_added_to_a_case_that_is_there(as_member, town):
    case = town.case("Broken street lamp")

    as_member("rita").post(ADDRESS, {**TYPED, "do": "add", "reference": case.reference, "add_files": photo()})

    assert case.enclosures.count() == 1


def test_what_was_answered_at_once_has_no_case_for_a_photo(as_member, town):
    shown = as_member("rita").post(ADDRESS, {**TYPED, "do": "answered", "add_files": photo()}).content.decode()

    assert "Files belong to a case" in shown
    assert not Interaction.objects.exists()
