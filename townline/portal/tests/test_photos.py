"""Photos as the answer to a question, and added to one's own case afterwards."""

import re

import pytest
from django.test import Client

from townline.cases.models import Case, Draft, Enclosure
from townline.documents.models import Attachment
from townline.documents.tests import samples
from townline.portal.tests.walking import begin, text_of
from townline.questions.models import FormVersion
from townline.questions.testing import page, question, written

FORM = written(page("what", question("words", required=True), question("photos", "file", max=3)), code="photos")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    return settings.FILES


@pytest.fixture
def at(client, town):
    """The pages of a draft that asks for words and photos, the place given."""
    town.pothole.questions = FormVersion.objects.create(code="photos", version=1, definition=FORM)
    town.pothole.save()
    found = begin(client, town.pothole)
    client.post(f"{found}/where/", {"label": "12 Main Street"})
    return found


def photo(name="hole.jpg", content=None):
    return samples.upload(content or samples.picture(), name)


def keys_on(answer):
    return re.findall(r'type="hidden" name="q-photos" value="([^"]+)"', text_of(answer))


def send(client, at):
    client.post(f"{at}/you/", {"name": "Elena Rivera", "email": "elena@example.org"})
    client.post(f"{at}/check/", {})
    return Case.objects.get()


def test_the_question_says_the_limits_beforehand(client, at):
    shown = text_of(client.get(f"{at}/q-what/"))

    assert "Add at most 3 files. JPEG, PNG, WebP, HEIC or PDF. Each up to 20 MB and 40 megapixels." in shown
    assert 'enctype="multipart/form-data"' in shown


def test_photos_go_with_the_request_to_its_case(client, at):
    client.post(f"{at}/q-what/", {"q-words": "Deep.", "q-photos": [photo("one.jpg"), photo("two.jpg")]})
    check = text_of(client.get(f"{at}/check/")) if client.post(f"{at}/you/", {"name": "E", "email": "e@x.org"}) else ""
    case = send(client, at)

    assert "2 files" in check
    assert "one.jpg" in check
    assert [(one.attachment.original_name, one.is_shared, one.draft) for one in case.enclosures.order_by("id")] == [
        ("one.jpg", True, None),
        ("two.jpg", True, None),
    ]
    assert case.answers["photos"] == list(Attachment.objects.order_by("id").values_list("key", flat=True))


def test_photos_can_be_added_described_and_removed_before_going_on(client, at):
    added = client.post(f"{at}/q-what/", {"q-words": "Deep.", "q-photos": photo(), "q-photos-add": "1"})
    key = keys_on(added)[0]
    assert 'value="Deep."' in text_of(added)
    again = {"q-words": "Deep.", "q-photos": [key, photo("two.jpg")], f"q-photos-about-{key}": "The hole"}
    both = client.post(f"{at}/q-what/", {**again, "q-photos-add": "1"})
    assert 'alt="The hole"' in text_of(both)
    other = keys_on(both)[1]

    client.post(f"{at}/q-what/", {"q-words": "Deep.", "q-photos": [key, other], "q-photos-remove": key})
    shown = client.get(f"{at}/q-what/")
    client.post(f"{at}/q-what/", {"q-words": "Deep.", "q-photos": [other]})
    case = send(client, at)

    assert keys_on(shown) == [other]
    assert case.enclosures.get().attachment.original_name == "two.jpg"


def test_a_bad_file_says_why_and_loses_neither_the_good_one_nor_what_was_typed(client, at):
    bad = photo("bad.jpg", b"<html><script>alert(1)</script>")

    answer = client.post(f"{at}/q-what/", {"q-words": "Deep.", "q-photos": [photo(), bad]})

    assert answer.status_code == 200
    assert "bad.jpg: It is not a photo or a PDF that we can take." in text_of(answer)
    assert 'value="Deep."' in text_of(answer)
    assert len(keys_on(answer)) == 1
    assert keys_on(client.get(f"{at}/q-what/")) == keys_on(answer)


def test_a_good_file_stays_while_something_else_is_missing(client, at):
    answer = client.post(f"{at}/q-what/", {"q-words": "", "q-photos": photo()})

    assert "Answer this question." in text_of(answer)
    assert len(keys_on(answer)) == 1


def test_more_files_than_are_asked_for_are_refused_with_a_sentence(client, at):
    files = [photo(f"{number}.jpg") for number in range(4)]

    answer = client.post(f"{at}/q-what/", {"q-words": "Deep.", "q-photos": files})

    assert "3.jpg: Add at most 3 files." in text_of(answer)
    assert len(keys_on(answer)) == 3


def test_nobody_takes_a_file_of_another_draft(client, at, town):
    mine = keys_on(client.post(f"{at}/q-what/", {"q-words": "Deep.", "q-photos": photo(), "q-photos-add": "1"}))[0]
    stranger = Client()
    theirs = begin(stranger, town.pothole)
    stranger.post(f"{theirs}/where/", {"label": "1 Main Street"})

    answer = stranger.post(f"{theirs}/q-what/", {"q-words": "Mine now.", "q-photos": [mine]})

    assert answer.status_code == 302
    assert Enclosure.objects.get().draft == Draft.objects.get(token=at.split("/")[2])
    assert client.get(f"{at}/files/{mine}/small/").status_code == 200
    assert stranger.get(f"{at}/files/{mine}/small/").status_code == 404
    assert stranger.get(f"{theirs}/files/{mine}/small/").status_code == 404


def test_when_the_disk_is_full_the_request_can_be_sent_without_the_photo(client, at, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("townline.documents.store.os.fsync", full)
    answer = client.post(f"{at}/q-what/", {"q-words": "Deep.", "q-photos": photo()})
    assert "there is no room for files just now" in text_of(answer)

    client.post(f"{at}/q-what/", {"q-words": "Deep."})
    case = send(client, at)

    assert case.answers == {"words": "Deep."}
    assert not case.enclosures.exists()


def test_the_customer_sees_and_saves_what_they_sent(client, at):
    client.post(f"{at}/q-what/", {"q-words": "Deep.", "q-photos": photo()})
    case = send(client, at)
    file = case.enclosures.get().attachment
    address = f"/track/{case.reference}/files/{file.key}/"

    assert address in text_of(client.get(f"/track/{case.reference}/"))
    saved = client.get(address)
    assert saved["Content-Disposition"].startswith("attachment")
    assert saved["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert client.get(f"{address}small/").status_code == 200
    assert Client().get(address).status_code == 404
    assert Client().get(f"{address}small/").status_code == 404


def test_before_it_is_scanned_the_customer_waits(client, at, settings):
    settings.CLAMD = "/nowhere/clamd.sock"
    client.post(f"{at}/q-what/", {"q-words": "Deep.", "q-photos": photo()})
    case = send(client, at)
    key = case.enclosures.get().attachment.key

    shown = text_of(client.get(f"/track/{case.reference}/"))

    assert "It is still being checked for viruses." in shown
    assert key not in shown
    assert client.get(f"/track/{case.reference}/files/{key}/").status_code == 409
    assert client.get(f"/track/{case.reference}/files/{key}/small/").status_code == 404


def test_the_customer_adds_a_photo_later(client, at, town):
    client.post(f"{at}/q-what/", {"q-words": "Deep."})
    case = send(client, at)
    address = f"/track/{case.reference}/attach/"
    assert 'capture="environment"' in text_of(client.get(address))

    answer = client.post(address, {"add_files": photo(), "description": "It is deeper now"})

    assert answer["Location"] == f"/track/{case.reference}/"
    enclosure = case.enclosures.get()
    assert (enclosure.is_shared, enclosure.attachment.brought_by) == (True, "customer")
    assert 'alt="It is deeper now"' in text_of(client.get(f"/track/{case.reference}/"))
    assert "/track/?reference=" in Client().post(address, {"add_files": photo()})["Location"]
    assert town.events(case).filter(name="case.attached").count() == 1


def test_what_staff_keep_with_a_case_is_not_shown_to_the_customer_and_what_they_send_is(client, at, town):
    client.post(f"{at}/q-what/", {"q-words": "Deep."})
    case = send(client, at)
    case.take(by=town.ada)
    ours, theirs = (Attachment.bring(photo(), by=town.ada) for _each in range(2))
    case.note(by=town.ada, text="Inside.", attachments=[ours])
    case.message(by=town.ada, text="Our plan.", attachments=[theirs])

    shown = text_of(client.get(f"/track/{case.reference}/"))

    assert theirs.key in shown
    assert ours.key not in shown
    assert client.get(f"/track/{case.reference}/files/{ours.key}/").status_code == 404
