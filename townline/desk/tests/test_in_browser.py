"""The desk in Chromium: nothing for axe to find, nothing that scrolls sideways, and the keyboard leads everywhere."""

import pytest

from townline.catalogue.models import Definition
from townline.channels.models import Mail

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/desk/",
    "/desk/work/department/roads/open/",
    "/desk/work/department/roads/overdue/",
    "/desk/work/all/newest/?status=waiting",
    "/desk/interactions/",
    "/desk/interactions/new/",
    "/desk/search/",
    "/desk/mail/?state=failed",
    "/desk/mail/?state=waiting",
    "/desk/customers/{customer}/",
    "/desk/customers/{customer}/rename/",
    "/desk/customers/{customer}/consent/",
    "/desk/customers/{customer}/accommodate/",
    "/desk/customers/{customer}/prefer/",
    "/desk/mail/{mail}/",
    "/desk/cases/{case}/",
    "/desk/cases/{case}/note/",
    "/desk/cases/{case}/contact/",
]


@pytest.fixture
def lived_in(town):
    """A town with a case about which much was said, and a mail that failed."""
    Definition.objects.create(code="abusive", term={"en": "Abusive behaviour"}, text={"en": "Threats."}, clause="4.1")
    case = town.case("Broken street lamp at the corner of Main Street and Church Street", assignee=town.ada)
    case.note(by=town.ada, text="The pole is rusty.")
    case.contact(by=town.rita, channel="counter", text="It flickers too.")
    town.case("Another lamp")
    mail = Mail.objects.create(
        contact_point=town.rivera_email, purpose="message", language="en", subject="s", body="b", message_id="<1@x>"
    )
    mail.fail(by=town.system, why="550 no such mailbox")
    return {"case": case.reference, "customer": town.rivera.pk, "mail": mail.pk}


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(look, findings, town, lived_in, address):
    page = look(address.format(**lived_in), who=town.rita, bypass_csp=True)
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


@pytest.mark.parametrize("words", ["elena", "nothing like this"])
def test_what_a_search_finds_is_in_order(look, findings, town, lived_in, words):
    page = look("/desk/", who=town.rita, bypass_csp=True)

    page.fill("#desk-search", words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/search/")

    assert findings(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


@pytest.mark.parametrize("verb", ["message", "close", "wait", "assign"])
def test_the_page_of_a_verb_is_in_order_too(look, findings, town, lived_in, verb):
    page = look(
        f"/desk/cases/{lived_in['case']}/{verb}/", who=town.lea if verb == "assign" else town.ada, bypass_csp=True
    )

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


def test_keys_lead_to_the_search_the_next_contact_and_through_a_list(look, town, lived_in):
    page = look("/desk/work/department/roads/open/", who=town.rita)

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"

    page.focus("tbody a")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 2

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    page.wait_for_url("**/desk/interactions/new/")


def test_a_contact_is_taken_in_without_a_script(look, findings, town):
    town.case("Broken street lamp")
    page = look("/desk/interactions/new/", who=town.rita, java_script_enabled=False)

    page.fill("[name=name]", "elena")
    page.click("[formaction='#who']")
    page.check(f"[name=customer][value='{town.rivera.pk}']")
    page.fill("[name=words]", "pothole")
    page.click("[formaction='#what']")
    page.check("[name=service][value=pothole]")
    page.click("text=Use this service")
    page.fill("[name=place]", "12 Main Street")
    page.fill("[name=summary]", "A deep hole.")
    page.click("button:text-is('Raise a case')")

    assert "/desk/cases/TV-" in page.url
    assert "Read out: Tango Victor" in page.content()
    assert "A deep hole." in page.content()


def test_the_screen_of_a_contact_with_mistakes_is_in_order(look, findings, town):
    page = look("/desk/interactions/new/", who=town.rita, bypass_csp=True)
    page.fill("[name=words]", "pothole")
    page.click("[formaction='#what']")

    page.click("button:text-is('Raise a case')")

    assert page.is_visible("text=Search for the service and choose it first.")
    assert findings(page) == []
