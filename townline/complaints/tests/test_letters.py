"""The letters: what they say, in which language, where they lie, and who opens them."""

import io

import pikepdf
import pytest
from django.core import mail as outbox

from townline.complaints.filing import Filing, file
from townline.complaints.letters import document_of
from townline.complaints.models import Complaint, Letter, OutsideOffice
from townline.complaints.own import openings_of
from townline.complaints.testing import TYPED
from townline.complaints.tests.test_pages import address, browser_of
from townline.core.refusals import NotPossible
from townline.letters.document import Document
from townline.letters.tests.structure import headings, languages, roles, text_of
from townline.timeline.models import Event
from townline.vault import door


@pytest.fixture
def sue(line):
    return line["supervisor"]


@pytest.fixture
def sent(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return lambda: [one for one in outbox.outbox if one.to == [TYPED["email"]]]


def filed(town, line, **more):
    filing = Filing(about="staff", **{**TYPED, **more})
    complaint = file(filing, by=town.system, channel="web")
    complaint.send_on(by=line["intake"], subjects=[town.ada])
    return complaint


def decide(complaint, by, **more):
    complaint.find(by=by, finding="not", reasons="zzreasons")
    complaint.decide(by=by, letter="We listened to the recording.", remedies=["explanation"], **more)


def pdf_of(complaint, by, what="decision"):
    letter = complaint.letters.get(what=what)
    opened = door.reveal_files(complaint.safe, by=by, purpose="investigate", names=[letter.name])
    return pikepdf.open(io.BytesIO(opened[0].content))


def said(pdf):
    return " ".join(text_of(pdf).split())


def test_the_decision_letter_says_finding_remedies_and_the_way_on(decided, sue, work):
    work()

    text = said(pdf_of(decided, sue))

    assert "Decision on your complaint" in text
    assert "Quenby Zzyzxcanary 77 Canaryzz Lane" in text
    assert "We are sorry that the call ended." in text
    assert "Partly substantiated" in text
    assert "An apology" in text
    assert "you can ask for the next level: manager" in text
    assert "it is accepted all the same" in text


def test_it_never_says_reasons_for_the_file_nor_whom_it_is_about(town, decided, sue, work):
    work()

    text = said(pdf_of(decided, sue))

    assert "The line was cut." not in text
    assert town.ada.name not in text


def test_a_screen_reader_finds_title_language_headings_and_table(decided, sue, work):
    work()
    pdf = pdf_of(decided, sue)
    meta = pdf.Root.Metadata.read_bytes().decode()

    assert pdf.Root.MarkInfo.Marked
    assert "<pdfuaid:part>1</pdfuaid:part>" in meta
    assert str(pdf.Root.Lang) == "en-CA"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert decided.case.reference in meta
    assert headings(pdf)[0] == 1
    assert set(headings(pdf)[1:]) == {2}
    assert roles(pdf).count("TH") == 4
    assert "anary" not in meta
    assert "plaint" not in meta


def test_who_wants_both_languages_gets_their_own_first(town, line, procedure, sue, work):
    complaint = filed(town, line, language="fr", both_languages=True)
    decide(complaint, sue, other_letter="The same in English.")
    work()

    pdf = pdf_of(complaint, sue)
    text = said(pdf)

    assert str(pdf.Root.Lang) == "fr-CA"
    assert "en-CA" in languages(pdf)
    assert text.index("Décision sur votre plainte") < text.index("Decision on your complaint")
    assert "The same in English." in text


def test_who_wants_both_is_not_answered_in_one(town, line, procedure, sue):
    complaint = filed(town, line, both_languages=True)
    complaint.find(by=sue, finding="not", reasons="So.")

    with pytest.raises(NotPossible, match="in both"):
        complaint.acknowledge(by=sue, words="Hello.")
    with pytest.raises(NotPossible, match="in both"):
        complaint.decide(by=sue, letter="We found nothing.")
    page = browser_of(sue).post(address(complaint, "decide"), {"letter": "One language."})
    assert "The same in French" in page.content.decode()
    assert "One language." in page.content.decode()


def test_a_letter_with_characters_that_cannot_be_printed_is_refused_by_their_names_and_kept_on_the_page(
    investigated, sue
):
    investigated.find(by=sue, finding="not", reasons="ᓄᓇ")

    with pytest.raises(NotPossible, match="characters: ᓄ ᓇ"):
        investigated.acknowledge(by=sue, words="Hello ᓄᓇ ᓄ")
    page = browser_of(sue).post(address(investigated, "decide"), {"letter": "We found ᓄᓇ nothing."}).content.decode()

    assert "cannot print these characters: ᓄ ᓇ" in page
    assert "We found ᓄᓇ nothing." in page
    assert not investigated.letters.exists()


def test_the_acknowledgement_says_by_when(investigated, sue, work):
    investigated.acknowledge(by=sue, words="I am Sue, and I look into it.")
    work()

    text = said(pdf_of(investigated, sue, "acknowledgement"))

    assert "We have your complaint" in text
    assert "You have our decision by" in text
    assert "I am Sue, and I look into it." in text


def test_after_the_last_level_inside_the_letter_leads_to_the_ombudsman(town, line, procedure, work):
    OutsideOffice.objects.create(
        code="ombudsman", name={"en": "Ontario Ombudsman (sample)"}, phone="1-800-555-0199", from_on="2020-01-01"
    )
    complaint = filed(town, line)
    decide(complaint, line["supervisor"])
    for chair in ("manager", "director", "deputy", "cao"):
        complaint.escalate(by=town.system, why="complainant")
        decide(complaint, line[chair])
    work()

    letter = complaint.letters.last()
    opened = door.reveal_files(complaint.safe, by=line["cao"], purpose="investigate", names=[letter.name])
    text = said(pikepdf.open(io.BytesIO(opened[0].content)))

    assert "This is the final decision within the municipality." in text
    assert "Ontario Ombudsman (sample)" in text
    assert "1-800-555-0199" in text
    assert complaint.letters.count() == 5


def test_it_lies_sealed_and_is_printed_once(decided, sue, work):
    work()
    letter = decided.letters.get()

    with pytest.raises(NotPossible, match="already"):
        decided.seal_letter(by=sue, letter=letter, pdf=b"%PDF-", document="{}")
    assert Event.objects.filter(name="complaint.letter_sealed").count() == 1
    assert letter.size > 1000


def test_by_default_the_mail_says_only_that_there_is_news(decided, sent, work):
    work()

    assert sent()
    assert not any(one.attachments for one in sent())
    assert "sorry" not in "".join(one.body for one in sent())


def test_who_agreed_to_it_gets_the_letter_itself_once_and_no_other_mail_about_it(
    town, line, procedure, sue, sent, work
):
    complaint = filed(town, line, letters_by="email")
    decide(complaint, sue)
    work()

    carrying = [one for one in sent() if one.attachments]
    assert len(carrying) == 1
    assert carrying[0].attachments[0][0] == f"{complaint.case.reference}.pdf"
    assert "plaint" not in (carrying[0].subject + carrying[0].body).lower()
    assert not [one for one in sent() if "news" in one.subject and "decided" in one.body]


def test_on_paper_it_has_the_address_and_is_an_opening(decided, sue, work):
    work()
    letter = decided.letters.get()
    before = len(openings_of(decided))

    page = browser_of(sue).post(f"{address(decided)}letters/{letter.name}/", {"purpose": "investigate"})

    assert "77 Canaryzz Lane" in page.content.decode()
    assert "We are sorry that the call ended." in page.content.decode()
    assert f"<title>{decided.case.reference}" in page.content.decode()
    assert len(openings_of(decided)) == before + 1


@pytest.mark.parametrize(("who", "status"), [("overseer", 403), ("manager", 404), ("officer", 404), ("intake", 404)])
def test_nobody_else_gets_it_on_paper_or_as_a_file(decided, line, work, who, status):
    work()
    letter = decided.letters.get()

    answers = [
        browser_of(line[who]).post(f"{address(decided)}{way}/{letter.name}/", {"purpose": "investigate"})
        for way in ("letters", "files")
    ]

    assert [one.status_code for one in answers] == [status, status]
    assert "anary" not in "".join(one.content.decode() for one in answers)


def test_the_page_says_how_they_want_it_and_what_is_still_being_printed(decided, sue):
    page = browser_of(sue).get(address(decided)).content.decode()

    assert "On this website" in page
    assert "being printed" in page
    assert "77 Canaryzz" not in page


def test_the_kept_letter_and_the_pdf_are_of_one_piece(decided, sue, work):
    work()
    letter = Letter.objects.get()
    opened = door.reveal(decided.safe, by=sue, purpose="investigate", fields=["letter-document"])
    kept = Document.from_json(next(one.text for one in opened if one.name == letter.document))

    text = said(pdf_of(decided, sue))

    assert all(" ".join(one.text.split()) in text for part in kept.parts for one in part.blocks if one.kind == "words")


def test_who_may_not_be_named_gets_a_letter_without_an_address(town, line, procedure, sue, work):
    procedure.anonymous = "accept"
    procedure.save()
    complaint = filed(town, line, name="", address="", email="", phone="")
    decide(complaint, sue)
    work()

    assert "anary" not in said(pdf_of(complaint, sue))
    assert Complaint.objects.get().is_anonymous


def test_a_name_in_syllabics_is_kept_and_the_letter_says_what_its_boxes_are(town, line, procedure):
    made = file(Filing(about="staff", **{**TYPED, "name": "ᓯᐅᑎ"}), by=town.system, channel="web")
    made.send_on(by=line["intake"], subjects=[town.ada])
    made.acknowledge(by=line["supervisor"], words="We have it.")

    blocks = document_of(made.letters.get()).parts[0].blocks

    assert "ᓯᐅᑎ" in blocks[0].text
    assert any("□ stands for a character of your name" in getattr(one, "text", "") for one in blocks)
