"""Files chosen while somebody writes lie with the draft, and go with the words."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from townline.cases.models import Enclosure, Unsent
from townline.cases.schedule import forget_loose_files
from townline.documents.models import Attachment
from townline.documents.tests import samples


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    return settings.FILES


@pytest.fixture
def case(town):
    return town.case("Broken street lamp", assignee=town.ada)


@pytest.fixture
def address(case):
    return f"/desk/cases/{case.reference}/message/"


@pytest.fixture
def begun(as_member, address):
    """Ada has chosen a photo, written some words, and gone home."""
    photo = samples.upload(samples.picture(), "lamp.jpg")
    as_member("ada").post(address, {"step": "keep", "text": "The crew", "language": "en", "add_files": photo})
    return Unsent.objects.get()


def files_of(page):
    return [file.original_name for file in page.context["form"].held]


def test_a_photo_waits_with_the_draft_for_days(as_member, address, begun):
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        forget_loose_files.call()
        page = as_member("ada").get(address)

        assert files_of(page) == ["lamp.jpg"]
        assert "lamp.jpg" in page.content.decode()


def test_it_goes_with_the_words_and_the_draft_ends(as_member, case, address, begun):
    held = Attachment.objects.get().key

    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        sent = {"step": "send", "text": "The crew comes.", "language": "en", "held": held, "revision": begun.revision}
        as_member("ada").post(address, sent)

    enclosure = case.enclosures.get()
    assert (enclosure.attachment.key, enclosure.is_shared) == (held, True)
    assert enclosure.message == case.messages.get()
    assert not Unsent.objects.exists()


def test_a_cleared_box_leaves_it_out(as_member, case, address, begun):
    sent = {"step": "preview", "text": "The crew", "language": "en", "revision": begun.revision}

    page = as_member("ada").post(address, sent)

    assert files_of(page) == []
    assert not Enclosure.objects.exists()


def test_a_file_without_a_word_is_kept_too_and_can_be_gone_on_with(as_member, case, address):
    browser = as_member("ada")
    photo = samples.upload(samples.picture(), "lamp.jpg")

    page = browser.post(address, {"step": "preview", "text": "", "language": "en", "add_files": photo})
    held, revision = page.context["form"].held[0].key, page.context["form"]["revision"].value()
    sent = {"step": "send", "text": "Here it is.", "language": "en", "held": held, "revision": revision}
    browser.post(address, sent)

    assert case.messages.get().text == "Here it is."
    assert case.enclosures.get().attachment.key == held


def test_a_colleague_who_finishes_the_draft_sends_its_files(as_member, town, case, address, begun):
    held = Attachment.objects.get().key
    browser = as_member("lea")

    page = browser.get(f"{address}?draft={begun.pk}")
    continues = page.context["form"]["continues"].value()
    sent = {"step": "send", "text": "The crew comes.", "language": "en", "held": held, "continues": continues}
    browser.post(address, sent)

    assert files_of(page) == ["lamp.jpg"]
    assert case.enclosures.get().attachment.key == held
    assert not Unsent.objects.exists()


def test_the_draft_says_which_files_lie_with_it(as_member, case, begun):
    page = as_member("ben").get(f"/desk/cases/{case.reference}/draft/{begun.pk}/").content.decode()

    assert "<li>lamp.jpg</li>" in page


def test_a_draft_thrown_away_lets_its_files_go(as_member, case, begun):
    as_member("ada").post(f"/desk/cases/{case.reference}/draft/{begun.pk}/discard/")

    assert not Enclosure.objects.exists()
    assert Attachment.objects.get().original_name == "lamp.jpg"


def test_a_file_of_a_draft_on_another_case_stays_there(as_member, town, begun):
    other = town.case("Pothole", assignee=town.ada)
    held = Attachment.objects.get().key

    sent = {"step": "send", "text": "The crew comes.", "language": "en", "held": held}
    as_member("ada").post(f"/desk/cases/{other.reference}/message/", sent)

    assert not other.enclosures.exists()
    assert begun.enclosures.get().attachment.key == held
