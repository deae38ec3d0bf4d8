"""Every page of a formal complaint at the desk: empty, wrong, long; wide and on a phone, in French, by keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.complaints.filing import Filing, file
from townline.complaints.models import Given
from townline.complaints.testing import TYPED, a_line, a_procedure
from townline.portal.tests.browsing import is_wider_than_the_window, press
from townline.portal.tests.keyboard import choose, go_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Longword" * 60 + " and more words. " * 120
SEND = "main form .govuk-button"
ASKED = ["acknowledge", "ask", "note", "hear", "record_answer", "find", "decide", "extend", "escalate", "disclose",
         "follow_up", "attach", "release", "withdraw_consent"]  # fmt: skip
MUST_BE_FILLED = ["acknowledge", "ask", "note", "hear", "find", "decide", "extend", "attach"]


@pytest.fixture
def line(town):
    return a_line(town)


@pytest.fixture
def complaint(town, line):
    """About Ada, with Sue; both languages are wanted; consent is given; everything that was said is long."""
    a_procedure(town)
    filing = Filing(about="staff", both_languages=True, **{**TYPED, "what": LONG, "who": LONG})
    made = file(filing, by=town.system, channel="web", evidence=[Given(f"{'long' * 25}.jpg", "jpeg", b"\xff\xd8\xff")])
    made.send_on(by=line["intake"], subjects=[town.ada])
    made.disclose(by=line["supervisor"], ground="consent", what="file", to_whom="Ombudsman")
    return made


@pytest.fixture
def talked(complaint, line, work):
    """Decided, with a letter that was printed, a package that was made, and a remedy."""
    sue = line["supervisor"]
    complaint.hear(by=sue, subject=complaint.subjects.get(), words=LONG)
    complaint.note(by=sue, words=LONG)
    complaint.acknowledge(by=sue, words=LONG, other_words=LONG)
    complaint.follow_up(by=sue, kind="training", words=LONG[:400], due_on=timezone.localdate() + timedelta(days=9))
    complaint.find(by=sue, finding="not", reasons=LONG)
    complaint.decide(by=sue, letter=LONG, other_letter=LONG, remedies=["training"])
    complaint.release(by=sue, disclosure=complaint.disclosures.get())
    work()
    return complaint


def address(complaint, verb=""):
    return f"/desk/complaints/{complaint.case.reference}/" + (f"{verb}/" if verb else "")


def is_well(page, findings):
    return findings(page) == [] and not is_wider_than_the_window(page)


def well_in_both(page, findings, who):
    """As it is now; then on a phone, in French."""
    seen = [is_well(page, findings)]
    who.language = "fr"
    who.save()
    page.set_viewport_size({"width": 320, "height": 640})
    page.reload()
    return [*seen, is_well(page, findings)]


@pytest.mark.parametrize("verb", ASKED)
def test_every_page_that_asks_is_accessible_wide_and_small(look, findings, complaint, line, verb):
    page = look(address(complaint, verb), who=line["supervisor"], bypass_csp=True)

    assert well_in_both(page, findings, line["supervisor"]) == [True, True]


@pytest.mark.parametrize("verb", MUST_BE_FILLED)
def test_what_is_missing_is_said_and_the_page_stays_accessible(look, findings, complaint, line, verb):
    page = look(address(complaint, verb), width=320, who=line["supervisor"], bypass_csp=True)

    press(page, SEND)

    assert page.locator(".govuk-error-summary").count() == 1
    assert is_well(page, findings)


def test_what_is_too_long_comes_back_whole(look, findings, complaint, line):
    page = look(address(complaint, "decide"), width=320, who=line["supervisor"], bypass_csp=True)
    page.fill("[name=letter]", LONG * 4)

    press(page, SEND)

    assert page.locator(".govuk-error-summary").count() == 1
    assert page.input_value("[name=letter]").strip() == (LONG * 4).strip()
    assert is_well(page, findings)


def test_the_file_is_accessible_closed_open_and_on_paper(look, findings, talked, line):
    sue = line["supervisor"]
    page = look(address(talked), who=sue, bypass_csp=True)
    seen = well_in_both(page, findings, sue)
    press(page, "form[action$='/reveal/'] .govuk-button")
    seen.append(is_well(page, findings))
    page.screenshot(path="/tmp/file-desk-open-320.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    seen.append(is_well(page, findings))
    page.screenshot(path="/tmp/file-desk-open-1280.png", full_page=True)
    page.goto(address(talked))
    press(page, "form[action*='/letters/'] .govuk-button")
    seen.append(is_well(page, findings))
    page.screenshot(path="/tmp/file-paper-1280.png", full_page=True)
    page.set_viewport_size({"width": 320, "height": 640})
    seen.append(is_well(page, findings))

    assert seen == [True] * 6


def test_the_sealed_intake_is_accessible(look, findings, town, line):
    a_procedure(town)
    made = file(Filing(about="staff", **TYPED), by=town.system, channel="web")
    page = look(address(made, "send_on"), who=line["intake"], bypass_csp=True)
    seen = well_in_both(page, findings, line["intake"])
    press(page, SEND)
    seen.append(is_well(page, findings))

    assert seen == [True] * 3


def test_without_scripts_a_complaint_is_found_on_and_decided(look, complaint, line):
    complaint.hear(by=line["supervisor"], subject=complaint.subjects.get(), words="What happened?")
    page = look(address(complaint, "find"), width=320, who=line["supervisor"], java_script_enabled=False)
    page.check("[name=finding][value=partly]")
    page.fill("[name=reasons]", "The line was cut.")
    press(page, SEND)
    page.goto(address(complaint, "decide"))
    page.fill("[name=letter]", "We are sorry.")
    page.fill("[name=other_letter]", "Nous sommes désolés.")
    press(page, SEND)

    complaint.refresh_from_db()
    assert complaint.stage == "decided"


def test_by_keyboard_alone_too(look, complaint, line):
    complaint.hear(by=line["supervisor"], subject=complaint.subjects.get(), words="What happened?")
    page = look(address(complaint, "find"), who=line["supervisor"], bypass_csp=True)
    choose(page, "[name=finding]", "partly")
    go_to(page, "[name=reasons]", typed="The line was cut.")
    go_to(page, SEND, key="Enter")
    page.goto(address(complaint, "decide"))
    go_to(page, "[name=letter]", typed="We are sorry.")
    go_to(page, "[name=other_letter]", typed="Nous sommes.")
    go_to(page, SEND, key="Enter")

    complaint.refresh_from_db()
    assert complaint.stage == "decided"
