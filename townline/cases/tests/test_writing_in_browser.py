"""Writing on a case in Chromium: drafts that keep themselves, templates by keyboard, and nothing for axe to find."""

import re

import pytest
from playwright.sync_api import expect

from townline.cases.models import Presence, Unsent
from townline.cases.tests.doings import with_a_message
from townline.macros.models import Macro
from townline.wording.models import Template

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Thisisaverylongwordwithoutanyspace" * 6


@pytest.fixture
def lived_in(town):
    """A case with a failed mail, a draft of each kind, a colleague who is writing; templates and macros."""
    case = with_a_message(town, "failed")
    Template.objects.create(
        code="thursday", use="message", name={"en": "On Thursday", "fr": "Jeudi"}, service=town.pothole,
        text={"en": "On Thursday. {place}", "fr": "Jeudi. {place}"}, review_on="2026-01-05",
    )  # fmt: skip
    Template.objects.create(code="friday", use="message", name={"en": "Équipe on Friday"}, text={"en": LONG})
    Template.objects.create(code="end", use="closing", name={"en": "Done"}, text={"en": "Done."}, outcome="done")
    Macro.objects.create(code="end", name={"en": "End it"}, message="thursday", outcome="done", closing="end")
    Macro.objects.create(code="hold", name={"en": LONG[:80]}, wait_reason="weather", wait_days=3)
    draft, _kept = Unsent.keep(case, by=town.ada, verb="message", typed={"text": LONG}, seen=0)
    Presence.heard_of(case, by=town.ben, is_writing=True)
    return {"case": case.reference, "draft": draft.pk, "message": case.messages.get().pk}


PAGES = [
    ("ada", "/desk/cases/{case}/"),
    ("ada", "/desk/cases/{case}/message/"),
    ("ada", "/desk/cases/{case}/close/"),
    ("ben", "/desk/cases/{case}/note/"),
    ("lea", "/desk/cases/{case}/message/?draft={draft}"),
    ("ada", "/desk/cases/{case}/draft/{draft}/"),
    ("ben", "/desk/cases/{case}/draft/{draft}/"),
    ("ada", "/desk/cases/{case}/resend/?message={message}"),
    ("ada", "/desk/cases/{case}/tell/?message={message}"),
    ("ada", "/desk/cases/{case}/letter/{message}/"),
    ("ada", "/desk/cases/{case}/macros/"),
    ("ada", "/desk/cases/{case}/macros/end/"),
    ("ada", "/desk/cases/{case}/macros/hold/"),
    ("ada", "/desk/drafts/"),
    ("lea", "/desk/drafts/"),
    ("dana", "/desk/templates/"),
    ("dana", "/desk/templates/new/"),
    ("dana", "/desk/templates/thursday/"),
    ("ines", "/desk/templates/friday/"),
    ("dana", "/desk/macros/"),
    ("dana", "/desk/macros/new/"),
    ("ines", "/desk/macros/end/"),
    ("rita", "/desk/mail/?state=bounced"),
]


@pytest.mark.parametrize(("who", "address"), PAGES, ids=[f"{who} {address}" for who, address in PAGES])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(look, findings, town, lived_in, who, address):
    page = look(address.format(**lived_in), who=getattr(town, who), bypass_csp=True)
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


def test_in_french_with_a_preview_and_what_is_missing(look, findings, town, lived_in):
    town.ada.language = "fr"
    town.ada.save()
    page = look(f"/desk/cases/{lived_in['case']}/message/", who=town.ada, bypass_csp=True, locale="fr-CA")

    page.fill("textarea", "Bonjour")
    page.select_option("#template", label="Jeudi")
    page.click("button[value=insert]")
    assert "{place}" in page.input_value("textarea")
    assert findings(page) == []

    page.click("button[value=preview]")
    assert page.locator(".govuk-error-summary").count() == 1
    assert findings(page) == []

    page.fill("textarea", "Bonjour. Jeudi.")
    page.click("button[value=preview]")
    assert page.locator(".letter").inner_text().startswith("Bonjour. Jeudi.")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


def test_what_is_typed_keeps_itself(look, town):
    case = town.case("Lamp", assignee=town.ada)
    page = look(f"/desk/cases/{case.reference}/message/", who=town.ada)
    page.evaluate("document.querySelector('keeps-draft').dataset.after = '50'")

    page.locator("textarea").fill("The crew")
    expect(page.locator("[data-kept]")).to_have_text(re.compile("^Draft kept at"))
    assert case.unsent.get().text == "The crew"

    page.goto(f"/desk/cases/{case.reference}/message/")
    assert page.input_value("textarea") == "The crew"


def test_a_template_is_found_and_put_in_by_keyboard_alone(look, town, lived_in):
    page = look(f"/desk/cases/{lived_in['case']}/message/", who=town.lea)

    page.focus("#template-search")
    page.keyboard.type("thurs")
    expect(page.locator("[data-count]")).to_have_text(re.compile(r" 1$"))
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "template"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("textarea")).to_have_value(re.compile(r"On Thursday\."))


def test_a_macro_and_a_draft_without_a_script(look, town, lived_in):
    page = look(f"/desk/cases/{lived_in['case']}/note/", who=town.ben, java_script_enabled=False)
    page.fill("textarea", "To be asked.")
    page.click("text=Keep as draft")
    assert "Your draft is kept" in page.content()
    assert "You have a draft from" in page.content()

    page = look(f"/desk/cases/{lived_in['case']}/macros/hold/", who=town.ada, java_script_enabled=False)
    page.click("text=Do all of this")
    assert "On hold" in page.content() or "Waiting" in page.content()


def test_two_people_at_one_case_see_each_other(look, town):
    case = town.case("Lamp", assignee=town.ada)
    Presence.heard_of(case, by=town.ben, is_writing=True)

    page = look(f"/desk/cases/{case.reference}/", who=town.ada)

    expect(page.locator(".here")).to_have_text("Ben Okafor is writing on this case.")
    page.wait_for_timeout(300)
    assert Presence.objects.filter(user=town.ada).exists()
