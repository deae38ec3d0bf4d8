"""Evidence: sealed before anything of it is kept, opened one file at a time, and shown to whose it is."""

import io
import zipfile

import pytest
from django.conf import settings

from townline.complaints.evidence import opened_file
from townline.complaints.filing import Filing, file
from townline.complaints.models import Complaint, ComplaintDraft, Given
from townline.complaints.models.attaching import MOST_ALTOGETHER
from townline.complaints.own import openings_of
from townline.complaints.packing import packed
from townline.complaints.testing import TYPED
from townline.complaints.tests.test_pages import address, browser_of
from townline.core.access import may
from townline.core.refusals import NotAllowed, NotPossible
from townline.documents import clamd
from townline.documents.tests.samples import EICAR, document, picture, script, upload, with_gps
from townline.timeline.models import Event
from townline.vault.models import SecretFile

PHOTO = Given("zzcanary photo.jpg", "jpeg", b"\xff\xd8\xff zzcanarybytes")


@pytest.fixture
def sue(line):
    return line["supervisor"]


@pytest.fixture
def typed(town):
    when = {"when_on_day": "3", "when_on_month": "11", "when_on_year": "2026", "when_time": "2:30 p.m."}
    kept = {name: TYPED[name] for name in ("what", "who", "outcome", "tried", "name", "email", "phone", "address")}
    about = {"channel": "counter", "language": "en", "about": "staff", "about_service": "", "is_read_back": "on"}
    return {**when, **kept, **about}


def left_on_disk():
    """Everything that lies in our folders, in one piece."""
    folders = [settings.FILES, settings.VAR / "vault"]
    return b"".join(one.read_bytes() for folder in folders if folder.exists() for one in folder.iterdir())


def test_it_is_sealed_and_counted(investigated, sue):
    investigated.attach(by=sue, files=[PHOTO], is_from_complainant=False)

    kept = investigated.evidence.get()
    assert (kept.kind, kept.size, kept.is_from_complainant, kept.level) == ("jpeg", len(PHOTO.content), False, 1)
    event = Event.objects.get(name="complaint.attached")
    assert event.details == {"files": 1, "level": 1, "from_complainant": False}
    assert b"zzcanary" not in left_on_disk()


def test_evidence_comes_with_a_filing(town, procedure):
    made = file(Filing(about="staff", **TYPED), by=town.system, channel="web", evidence=[PHOTO])

    assert made.evidence.get().is_from_complainant


def test_nothing_can_be_added_when_it_is_closed_or_full(decided, sue):
    with pytest.raises(NotPossible, match="at least one"):
        decided.attach(by=sue, files=[])
    with pytest.raises(NotPossible, match="holds up to"):
        decided.attach(by=sue, files=[PHOTO] * (MOST_ALTOGETHER + 1))
    decided.accept(by=sue)
    Complaint.objects.update(stage="closed")
    with pytest.raises((NotPossible, NotAllowed)):
        decided.attach(by=sue, files=[PHOTO])
    assert not SecretFile.objects.filter(safe=decided.safe).exists()


@pytest.mark.parametrize("who", ["officer", "manager", "director", "intake", "overseer", "foi"])
def test_only_who_investigates_adds_evidence_at_the_desk(investigated, line, who):
    assert not may(line[who], "attach", investigated)
    assert may(line["supervisor"], "attach", investigated)
    assert browser_of(line[who]).get(address(investigated, "attach")).status_code in (403, 404)


def test_on_the_page_the_good_file_stays_and_the_other_says_why(investigated, sue):
    sent = {"add_files": [upload(with_gps(), "good.jpg"), upload(document(OpenAction=script()), "bad.pdf")]}

    page = browser_of(sue).post(address(investigated, "attach"), sent)

    assert "bad.pdf" in page.content.decode()
    assert "It holds a script" in page.content.decode()
    assert investigated.evidence.count() == 1
    assert b"Canary" not in left_on_disk()


def test_a_page_without_a_file_says_so(investigated, sue):
    page = browser_of(sue).post(address(investigated, "attach"), {})

    assert "Choose at least one file." in page.content.decode()


def test_each_file_is_opened_by_itself_as_a_download_that_cannot_act(investigated, sue):
    browser = browser_of(sue)
    browser.post(address(investigated, "attach"), {"add_files": [upload(picture(), "good.jpg")]})
    kept = investigated.evidence.get()

    shown = browser.post(address(investigated, "reveal"), {"purpose": "investigate"}).content.decode()
    given = browser.post(f"{address(investigated)}files/{kept.name}/", {"purpose": "investigate"})

    assert "good.jpg" in shown
    assert given["Content-Type"] == "image/jpeg"
    assert given["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert given["Content-Disposition"].startswith(f'attachment; filename="{investigated.case.reference}-')
    assert len(given.content) == kept.size
    assert [one.what for one in openings_of(investigated)] == ["A document", "What is written"]


@pytest.mark.parametrize("purpose", ["", "emergency", "own", "deliver"])
def test_without_a_purpose_of_theirs_it_stays_closed(investigated, sue, purpose):
    investigated.attach(by=sue, files=[PHOTO])
    kept = investigated.evidence.get()

    answer = browser_of(sue).post(f"{address(investigated)}files/{kept.name}/", {"purpose": purpose})

    assert answer.status_code == 403
    assert browser_of(sue).get(f"{address(investigated)}files/{kept.name}/").status_code == 405


def test_a_guessed_name_is_not_found(investigated, sue):
    answer = browser_of(sue).post(f"{address(investigated)}files/{'0' * 32}/", {"purpose": "investigate"})

    assert answer.status_code == 404


def test_staff_write_it_down_with_its_files_and_lose_none_when_something_is_missing(town, line, procedure, typed):
    browser = browser_of(line["intake"])
    role = line["intake"].roles.get()
    role.grants = ["intake.take"]
    role.save()
    files = [upload(with_gps(), "good.jpg"), upload(b"text", "bad.txt")]

    first = browser.post("/desk/complaints/new/", {**typed, "name": "", "add_files": files})
    held = ComplaintDraft.objects.get()
    assert "good.jpg" in first.content.decode()
    assert "bad.txt" in first.content.decode()
    assert b"Canary" not in left_on_disk()
    kept = SecretFile.objects.values_list("name", flat=True)
    done = browser.post("/desk/complaints/new/", {**typed, "holding": held.token, "kept": list(kept)})

    complaint = Complaint.objects.get()
    assert complaint.case.reference in done.content.decode()
    assert complaint.evidence.get().kind == "jpeg"
    assert not ComplaintDraft.objects.exists()


def test_a_box_that_was_cleared_leaves_the_file_out(town, line, procedure, typed):
    browser = browser_of(line["intake"])
    line["intake"].roles.get().delete()
    line["intake"].roles.create(code="takes", name={"en": "takes"}, grants=["intake.take"])
    browser.post("/desk/complaints/new/", {**typed, "name": "", "add_files": [upload(picture(), "good.jpg")]})

    browser.post("/desk/complaints/new/", {**typed, "holding": ComplaintDraft.objects.get().token})

    assert not Complaint.objects.get().evidence.exists()


def test_what_the_scanner_knows_is_not_taken_in(investigated, sue, scanner):
    infected = upload(document(content=b"% " + EICAR), "bad.pdf")

    page = browser_of(sue).post(address(investigated, "attach"), {"add_files": [infected]}).content.decode()

    assert "A virus was found in it (Eicar-Test-Signature" in page
    assert not investigated.evidence.exists()


def test_what_the_scanner_learned_to_know_later_is_not_given_out(investigated, sue, scanner, settings):
    investigated.attach(by=sue, files=[Given("bad.pdf", "pdf", b"%PDF-" + EICAR)])

    with pytest.raises(NotPossible, match="Eicar-Test"):
        opened_file(investigated, investigated.evidence.get().name, by=sue, purpose="investigate")


def test_while_the_scanner_is_away_nothing_is_lost_and_nothing_is_given_out_or_opened(investigated, sue, scanner):
    scanner()
    browser = browser_of(sue)

    browser.post(address(investigated, "attach"), {"add_files": [upload(picture(), "good.jpg")]})
    kept = investigated.evidence.get()
    refused = browser.post(f"{address(investigated)}files/{kept.name}/", {"purpose": "investigate"})

    assert refused.status_code == 409
    assert "Not scanned yet" in refused.content.decode()
    assert not Event.objects.filter(name="safe.revealed").exists()


def test_a_scanner_that_goes_away_while_it_is_asked_gives_nothing_out(investigated, sue, scanner, monkeypatch):
    investigated.attach(by=sue, files=[PHOTO])
    monkeypatch.setattr(clamd, "answers", lambda: scanner() is None)

    with pytest.raises(NotPossible, match="Not scanned yet"):
        opened_file(investigated, investigated.evidence.get().name, by=sue, purpose="investigate")


def test_our_own_letters_are_given_out_whatever_the_scanner_does(decided, sue, scanner, work):
    work()
    scanner()

    answer = opened_file(decided, decided.letters.get().name, by=sue, purpose="investigate")

    assert answer["Content-Type"] == "application/pdf"


def test_an_infected_piece_is_not_in_a_package_and_without_the_scanner_none_is_made(town, investigated, scanner):
    investigated.attach(by=town.system, files=[Given("bad.pdf", "pdf", b"%PDF-" + EICAR)])
    package = investigated.packages.create(variant="own", by=town.system)

    made = zipfile.ZipFile(io.BytesIO(packed(package)))
    scanner()

    assert not [name for name in made.namelist() if name.startswith("evidence/")]
    assert "A virus was found in it" in made.read("complaint.json").decode()
    with pytest.raises(clamd.ScannerAway):
        packed(package)


def test_whether_files_are_scanned_is_said_where_they_are_listed(investigated, sue, settings):
    investigated.attach(by=sue, files=[PHOTO])
    browser = browser_of(sue)

    without = browser.post(address(investigated, "reveal"), {"purpose": "investigate"}).content.decode()
    settings.CLAMD = "/nowhere"
    with_one = browser.post(address(investigated, "reveal"), {"purpose": "investigate"}).content.decode()

    assert "Not scanned for viruses" in without
    assert "It is scanned for viruses when you save it." in with_one


def test_while_the_scanner_is_away_nothing_is_opened_nor_given_out(investigated, sue, scanner):
    investigated.attach(by=sue, files=[Given("good.jpg", "jpeg", picture())])
    opened = Event.objects.filter(name="safe.revealed").count()
    scanner()

    with pytest.raises(NotPossible, match="virus scanner does not answer"):
        opened_file(investigated, investigated.evidence.get().name, by=sue, purpose="investigate")

    assert Event.objects.filter(name="safe.revealed").count() == opened
