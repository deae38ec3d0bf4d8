"""The package: whole, provable, masked for the complainant, and given to the Ombudsman on consent or request only."""

import hashlib
import io
import itertools
import json
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.utils import timezone

from townline.complaints.models import Given, OutsideOffice
from townline.complaints.own import openings_of
from townline.complaints.testing import TYPED
from townline.complaints.tests.test_letters import decide, filed
from townline.complaints.tests.test_pages import address, browser_of
from townline.core.refusals import NotAllowed, NotPossible
from townline.letters.tests.structure import headings, roles, text_of
from townline.timeline.models import Event
from townline.vault import door

OWN_FILE = Given("zzcanary mine.jpg", "jpeg", b"\xff\xd8\xff mine")
THEIR_FILE = Given("zzthird log.pdf", "pdf", b"%PDF-1.7 third")
CHAIRS = ("supervisor", "manager", "director", "deputy", "cao")


@pytest.fixture
def office(db):
    return OutsideOffice.objects.create(
        code="ombudsman", name={"en": "Ontario Ombudsman (sample)"}, phone="1-800-555-0199", from_on="2020-01-01"
    )


@pytest.fixture
def outside(town, line, procedure, office, work):
    """Through all five levels, and outside."""
    complaint = filed(town, line)
    subject = complaint.subjects.get()
    sue = line["supervisor"]
    complaint.attach(by=town.system, files=[OWN_FILE])
    complaint.attach(by=sue, files=[THEIR_FILE], is_from_complainant=False)
    complaint.ask(by=sue, words="zzwewrote Which number did you call?")
    complaint.reply(by=town.system, words="zzthey wrote the main one")
    complaint.hear(by=sue, subject=subject, words="zzheard What happened?")
    complaint.record_answer(by=sue, subject=subject, words="zzanswer The line was cut.")
    complaint.note(by=sue, words="zznote for the file")
    decide(complaint, sue)
    for chair in CHAIRS[1:]:
        complaint.escalate(by=town.system, why="complainant", reason="zzagain please")
        decide(complaint, line[chair])
    complaint.escalate(by=town.system, why="complainant")
    work()
    return complaint


def opened(complaint, package, by, purpose):
    content = door.reveal_files(complaint.safe, by=by, purpose=purpose, names=[package.name])[0].content
    return zipfile.ZipFile(io.BytesIO(content))


def own_of(town, complaint, work):
    package = complaint.ask_for_package(by=town.system)
    work()
    package.refresh_from_db()
    return opened(complaint, package, town.system, "own")


def theirs_of(complaint, by, work):
    given = complaint.disclose(by=by, ground="ombudsman", what="file", to_whom="Ontario Ombudsman (sample)")
    package = complaint.release(by=by, disclosure=given)
    work()
    package.refresh_from_db()
    return opened(complaint, package, by, "ombudsman")


def everything_in(found):
    pdf = text_of(pikepdf.open(io.BytesIO(found.read("complaint.pdf"))))
    return found.read("complaint.json").decode() + " ".join(pdf.split()) + " ".join(found.namelist())


def test_it_is_whole_and_its_hashes_prove_it(town, outside, work):
    found = own_of(town, outside, work)
    manifest = json.loads(found.read("manifest.json"))
    sums = {
        name: digest for digest, name in (line.split("  ") for line in found.read("SHA256SUMS").decode().splitlines())
    }

    assert set(sums) == set(found.namelist()) - {"manifest.json", "SHA256SUMS"}
    assert {name: hashlib.sha256(found.read(name)).hexdigest() for name in sums} == sums
    assert {one["file"]: one["sha256"] for one in manifest["files"]} == sums
    assert manifest["reference"] == outside.case.reference
    assert len([name for name in sums if name.startswith("letters/")]) == 5
    assert found.read("evidence/01.jpg") == OWN_FILE.content


def test_it_says_everything_twice_for_people_and_for_machines(town, outside, work):
    found = own_of(town, outside, work)
    data = json.loads(found.read("complaint.json"))
    said = " ".join(text_of(pikepdf.open(io.BytesIO(found.read("complaint.pdf")))).split())

    assert (data["format"], data["version"], data["variant"]) == ("townline-complaint-package", 1, "own")
    assert data["complaint"]["filed"]["name"] == TYPED["name"]
    assert [one["level"] for one in data["levels"]] == [1, 2, 3, 4, 5]
    assert [one["position"] for one in data["levels"]] == list(CHAIRS)
    assert data["office"]["phone"] == "1-800-555-0199"
    assert TYPED["name"] in said
    assert "We listened to the recording." in said
    assert "zzthey wrote the main one" in said
    assert "zzagain please" in said


def test_in_their_own_copy_third_parties_are_masked_and_it_says_so(town, outside, work):
    found = own_of(town, outside, work)
    said = everything_in(found)
    data = json.loads(found.read("complaint.json"))

    assert "zzheard" not in said
    assert "zzanswer" not in said
    assert "zznote" not in said
    assert "zzreasons" not in said
    assert "zzthird" not in said
    assert town.ada.name not in said
    assert "zzwewrote" in said
    assert len([one for one in data["correspondence"] if one["words"] is None]) == 3
    assert len(data["withheld"]) == 5
    assert "What is not in this copy, and why" in said


def test_the_ombudsmans_copy_is_whole(town, outside, line, work):
    found = theirs_of(outside, line["foi"], work)
    said = everything_in(found)

    assert json.loads(found.read("complaint.json"))["withheld"] == []
    assert "zzheard" in said
    assert "zzanswer" in said
    assert "zznote" in said
    assert "zzreasons" in said
    assert town.ada.name in said
    assert found.read("evidence/02.pdf") == THEIR_FILE.content


def test_its_pdf_is_one_that_a_screen_reader_can_read(town, outside, work):
    pdf = pikepdf.open(io.BytesIO(own_of(town, outside, work).read("complaint.pdf")))
    levels = headings(pdf)

    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes().decode()
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert "TH" in roles(pdf)
    assert "anary" not in pdf.Root.Metadata.read_bytes().decode()


def test_it_is_not_made_before_the_last_level_inside_has_decided(town, decided):
    with pytest.raises(NotPossible, match="last level within"):
        decided.ask_for_package(by=town.system)


def test_it_is_made_once_at_a_time(town, outside):
    outside.ask_for_package(by=town.system)

    with pytest.raises(NotPossible, match="being made"):
        outside.ask_for_package(by=town.system)


def test_without_consent_or_request_nothing_is_released(outside, line):
    other = outside.disclose(by=line["foi"], ground="consent", what="letters", to_whom="Somebody")
    given = outside.disclose(by=line["foi"], ground="consent", what="file", to_whom="Ombudsman")
    outside.withdraw_consent(by=line["foi"], disclosure=given)
    past = outside.disclose(
        by=line["foi"], ground="consent", what="file", to_whom="Ombudsman", until_on=timezone.localdate().replace(2020)
    )

    for one in (other, given, past):
        with pytest.raises(NotPossible, match="Record the complainant"):
            outside.release(by=line["foi"], disclosure=one)
    assert not outside.packages.exists()


def test_its_release_is_an_event_and_the_complainant_sees_the_opening(outside, line, work):
    theirs_of(outside, line["foi"], work)

    event = Event.objects.get(name="complaint.released")
    assert event.by == line["foi"]
    assert event.details["ground"] == "ombudsman"
    assert "To give the file to the Ombudsman" in [one.why for one in openings_of(outside)]


@pytest.mark.parametrize("who", ["officer", "supervisor", "manager", "cao", "intake", "overseer"])
def test_nobody_else_releases_it_or_opens_it(outside, line, work, who):
    given = outside.disclose(by=line["foi"], ground="ombudsman", what="file", to_whom="Ombudsman")
    with pytest.raises(NotAllowed):
        outside.release(by=line[who], disclosure=given)
    package = outside.release(by=line["foi"], disclosure=given)
    work()
    package.refresh_from_db()

    answer = browser_of(line[who]).post(f"{address(outside)}files/{package.name}/", {"purpose": "ombudsman"})

    assert answer.status_code in (403, 404)


def test_who_released_it_can_hand_it_over_for_a_week_and_not_after_it_is_taken_back(outside, line, work, time_machine):
    given = outside.disclose(by=line["foi"], ground="consent", what="file", to_whom="Ombudsman")
    browser = browser_of(line["foi"])
    browser.post(address(outside, "release"), {"disclosure": given.pk})
    work()
    package = outside.packages.get()
    file = f"{address(outside)}files/{package.name}/"

    assert "Save the package" in browser.get(address(outside)).content.decode()
    saved = browser.post(file, {"purpose": "ombudsman"})
    assert saved["Content-Type"] == "application/zip"
    assert saved["Content-Disposition"].endswith('.zip"')
    outside.withdraw_consent(by=line["foi"], disclosure=given)
    assert browser.post(file, {"purpose": "ombudsman"}).status_code == 403


def test_after_a_week_it_is_closed_to_who_released_it(outside, line, work):
    theirs_of(outside, line["foi"], work)
    outside.packages.update(at=timezone.now() - timedelta(days=8))

    with pytest.raises(NotAllowed):
        door.reveal(outside.safe, by=line["foi"], purpose="ombudsman")
