"""Evidence on the portal: without scripts, with the limits said beforehand, and found by nobody else."""

import pytest
from django.conf import settings
from django.test import Client

from townline.complaints.models import Complaint, ComplaintDraft
from townline.complaints.testing import TYPED, a_line, a_procedure
from townline.documents.tests.samples import document, encrypted, picture, upload, with_gps
from townline.portal.tests.test_complaint import ABOUT, WHAT, WISH, YOU, prove
from townline.vault.models import SecretFile


@pytest.fixture
def line(town):
    return a_line(town)


@pytest.fixture
def procedure(town, line):
    return a_procedure(town)


@pytest.fixture
def browser(procedure):
    return Client()


@pytest.fixture
def base(browser):
    """Written as far as the evidence."""
    base = browser.post("/complaint/start/")["Location"].rsplit("/", 2)[0]
    browser.post(f"{base}/about/", ABOUT)
    browser.post(f"{base}/what/", WHAT)
    assert browser.post(f"{base}/wish/", WISH)["Location"] == f"{base}/evidence/"
    return base


@pytest.fixture
def sent(browser, base):
    """Filed with a photo."""
    browser.post(f"{base}/evidence/", {"add_files": [upload(with_gps(), "zzcanary.jpg")]})
    browser.post(f"{base}/you/", YOU)
    browser.post(f"{base}/check/")
    return Complaint.objects.get()


def files_of(complaint):
    return f"/complaint/mine/{complaint.case.reference}/evidence/"


def files():
    folders = [settings.FILES, settings.VAR / "vault"]
    return {one for folder in folders if folder.exists() for one in folder.iterdir()}


@pytest.fixture(autouse=True)
def earlier():
    """The files that other tests left."""
    return files()


def on_disk(earlier):
    return b"".join(one.read_bytes() for one in files() - earlier)


def test_the_limits_are_said_beforehand(browser, base):
    page = browser.get(f"{base}/evidence/").content.decode()

    assert "Up to 10 files. JPEG, PNG, WebP, HEIC or PDF. Each up to 20 MB and 40 megapixels." in page
    assert 'enctype="multipart/form-data"' in page


def test_a_refused_file_loses_nothing_else(browser, base):
    files = [upload(picture(), "good.jpg"), upload(encrypted(), "bad.pdf"), upload(document(), "fine.pdf")]

    page = browser.post(f"{base}/evidence/", {"add_files": files}).content.decode()

    assert "protected with a password" in page
    assert "good.jpg" in page
    assert "fine.pdf" in page
    assert SecretFile.objects.count() == 2
    assert "zzcanarywhat" in browser.get(f"{base}/what/").content.decode()


def test_it_lies_nowhere_unsealed_while_it_is_written_nor_after(earlier, browser, base, sent):
    assert b"JFIF" not in on_disk(earlier)
    assert b"Canary" not in on_disk(earlier)
    assert sent.evidence.get().kind == "jpeg"


def test_adding_and_removing_shows_the_page_again(browser, base):
    added = browser.post(f"{base}/evidence/", {"add_files": [upload(picture(), "good.jpg")], "add": "1"})
    name = SecretFile.objects.get().name
    removed = browser.post(f"{base}/evidence/", {"remove": name})

    assert added["Location"] == removed["Location"] == f"{base}/evidence/"
    assert not SecretFile.objects.exists()
    assert "good.jpg" not in browser.get(f"{base}/evidence/").content.decode()


def test_nobody_has_to_give_evidence(browser, base):
    assert browser.post(f"{base}/evidence/", {})["Location"] == f"{base}/you/"
    assert browser.post(f"{base}/you/", YOU)["Location"] == f"{base}/check/"
    assert "None" in browser.get(f"{base}/check/").content.decode()


def test_more_files_than_there_is_room_for_are_named(browser, base):
    files = [upload(picture(), f"photo-{number}.jpg") for number in range(12)]

    page = browser.post(f"{base}/evidence/", {"add_files": files}).content.decode()

    assert SecretFile.objects.count() == 10
    assert "photo-11.jpg: Up to 10 files." in page


def test_another_browser_cannot_add_to_it(base):
    answer = Client().post(f"{base}/evidence/", {"add_files": [upload(picture(), "good.jpg")]})

    assert answer.status_code == 404
    assert not SecretFile.objects.exists()


def test_the_files_of_the_draft_are_destroyed_with_it(sent):
    assert ComplaintDraft.objects.get().safe.shredded_at
    assert list(SecretFile.objects.values_list("safe", flat=True)) == [sent.safe_id]


def test_whose_it_is_adds_more_later_and_saves_what_they_gave(sent):
    browser = Client()
    prove(browser, sent, TYPED["email"])

    answer = browser.post(files_of(sent), {"add_files": [upload(document(), "later.pdf")]})
    page = browser.get(answer["Location"]).content.decode()
    kept = sent.evidence.last()
    given = browser.get(f"{files_of(sent)}{kept.name}/")

    assert "later.pdf" in page
    assert given["Content-Type"] == "application/pdf"
    assert given["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert given.content.startswith(b"%PDF-")


def test_a_refused_file_added_later_says_why(sent):
    browser = Client()
    prove(browser, sent, TYPED["email"])

    page = browser.post(files_of(sent), {"add_files": [upload(b"text", "bad.txt")]}).content.decode()

    assert "bad.txt: It is not a photo or a PDF" in page
    assert sent.evidence.count() == 1


def test_what_staff_collected_is_not_given_to_the_complainant(sent, line, town):
    from townline.complaints.models import Given

    sent.send_on(by=line["intake"], subjects=[town.ada])
    given = Given("log.pdf", "pdf", b"%PDF-1.7 zzlog")
    sent.attach(by=line["supervisor"], files=[given], is_from_complainant=False)
    browser = Client()
    prove(browser, sent, TYPED["email"])

    assert "log.pdf" not in browser.get(f"/complaint/mine/{sent.case.reference}/").content.decode()
    assert browser.get(f"{files_of(sent)}{sent.evidence.last().name}/").status_code == 404


def test_a_stranger_and_a_guesser_find_the_same_nothing(sent, as_member):
    owner, stranger = Client(), Client()
    prove(owner, sent, TYPED["email"])
    name = sent.evidence.get().name
    wrong = files_of(sent).replace(sent.case.reference, "TV-0000-0000-0")

    answers = [
        owner.get(f"{files_of(sent)}{'0' * 32}/"), stranger.get(f"{files_of(sent)}{name}/"),
        owner.get(f"{wrong}{name}/"), stranger.get(files_of(sent)), as_member("ada").get(f"{files_of(sent)}{name}/"),
    ]  # fmt: skip

    assert [one.status_code for one in answers] == [404] * 5
    assert len({one.content.decode().split("<main")[1].split("</main")[0] for one in answers[:4]}) == 1


def test_the_letter_is_there_to_be_saved_by_whose_it_is_and_by_nobody_else(sent, line, town, work):
    sent.send_on(by=line["intake"], subjects=[town.ada])
    sent.acknowledge(by=line["supervisor"], words="I look into it.")
    owner = Client()
    prove(owner, sent, TYPED["email"])
    page = f"/complaint/mine/{sent.case.reference}/"
    assert "the PDF is being made" in owner.get(page).content.decode()

    work()
    address = f"{page}letters/{sent.letters.get().name}/"
    given = owner.get(address)

    assert address in owner.get(page).content.decode()
    assert given.content.startswith(b"%PDF-")
    assert given["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert Client().get(address).status_code == 404
    assert owner.get(f"{page}letters/{'0' * 32}/").status_code == 404


def test_the_way_of_letters_needs_an_address_to_go_to(browser, base):
    page = browser.post(f"{base}/you/", {**YOU, "email": "", "letters_by": "email"}).content.decode()

    assert "Enter the e-mail address to which we send letters." in page


def test_how_letters_come_is_kept(browser, base):
    browser.post(f"{base}/you/", {**YOU, "letters_by": "mail", "both_languages": "on"})
    check = browser.get(f"{base}/check/").content.decode()
    browser.post(f"{base}/check/")

    complaint = Complaint.objects.get()
    assert "On paper, by mail" in check
    assert (complaint.letters_by, complaint.is_bilingual) == ("mail", True)
