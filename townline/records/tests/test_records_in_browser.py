"""The records pages in Chromium: nothing for axe to find, nothing that scrolls sideways, empty, full and in French."""

import pytest

from townline.accounts.models import User
from townline.records.disposing import carry_out
from townline.records.tests.doings import (
    a_consent,
    a_hold,
    an_assessment,
    approved_once,
    assessed,
    disclosed,
    over,
    redacted,
    refused,
    schedule,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/desk/records/",
    "/desk/records/schedule/",
    "/desk/records/schedule/requests/",
    "/desk/records/dispositions/",
    "/desk/records/dispositions/{list}/",
    "/desk/records/dispositions/{list}/certificate/",
    "/desk/records/holds/",
    "/desk/records/holds/place/",
    "/desk/records/consents/",
]
EMPTY = ["/desk/records/schedule/", "/desk/records/dispositions/", "/desk/records/holds/", "/desk/records/consents/"]


@pytest.fixture
def lived_in(town):
    made = approved_once(town)
    made.approve(by=town.dana)
    carry_out.call(disposition_id=made.pk)
    a_hold(town, case=over(town))
    a_hold(town, service=town.noise).lift(by=town.dana, why="Unbreakable" * 30)
    a_consent(town)
    return {"list": made.pk}


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(look, findings, town, lived_in, address):
    page = look(address.format(**lived_in), who=town.dana, bypass_csp=True)
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


@pytest.mark.parametrize("address", EMPTY)
def test_an_empty_page_teaches(look, findings, town, address):
    page = look(address, who=town.dana, bypass_csp=True, width=320)

    assert page.locator("main h2").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


def test_in_french_and_with_mistakes(look, findings, town):
    User.objects.filter(pk=town.dana.pk).update(language="fr")
    page = look("/desk/records/holds/place/", who=town.dana, bypass_csp=True)

    page.locator("main form button").last.click()

    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator(".govuk-error-summary").count() == 1
    assert findings(page) == []


def test_a_list_is_kept_and_approved_by_the_keyboard_alone(look, town):
    schedule(town)
    over(town)
    page = look("/desk/records/schedule/requests/", who=town.dana)

    page.get_by_role("button", name="Keep the list").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/dispositions/*/")
    page.get_by_role("button", name="Approve").focus()
    page.keyboard.press("Enter")
    page.get_by_text("You approved it").wait_for()

    assert page.get_by_role("button", name="Approve").count() == 1


ACCESS = [
    "/desk/records/requests/",
    "/desk/records/requests/{asked}/",
    "/desk/records/requests/{asked}/redact/",
    "/desk/records/requests/{asked}/notify/",
    "/desk/records/requests/{asked}/release/",
    "/desk/records/corrections/",
    "/desk/records/corrections/{correction}/",
    "/desk/records/customers/{customer}/",
]


@pytest.fixture
def asked_for(town):
    asked = redacted(town)
    asked.notify(by=town.dana, name="Acme Invented " * 6, about="Unbreakable" * 20)
    correction = refused(town)
    correction.disagree(by=town.dana, words="Unbreakable" * 40)
    return {"asked": asked.pk, "correction": correction.pk, "customer": town.rivera.pk}


@pytest.mark.parametrize("address", ACCESS)
def test_the_coordinators_pages(look, findings, town, asked_for, address):
    page = look(address.format(**asked_for), who=town.dana, bypass_csp=True)
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


@pytest.mark.parametrize("address", ["/desk/records/requests/", "/desk/records/corrections/"])
def test_the_coordinators_empty_pages_teach(look, findings, town, address):
    page = look(address, who=town.dana, bypass_csp=True, width=320)

    assert page.locator("main h2").count() >= 1
    assert findings(page) == []


def test_an_export_reads_on_a_page(look, findings, town):
    town.case("Lamp")
    page = look(f"/desk/records/customers/{town.rivera.pk}/", who=town.dana, bypass_csp=True)

    page.get_by_role("button", name="To read and print").click()
    page.get_by_role("heading", name="Everything we hold about you").wait_for()

    assert findings(page) == []


REGISTERS = [
    "/desk/records/breaches/",
    "/desk/records/breaches/{breach}/",
    "/desk/records/breaches/{breach}/assess/",
    "/desk/records/disclosures/",
    "/desk/records/customers/{customer}/disclosure/",
    "/desk/records/assessments/",
    "/desk/records/assessments/noise/",
    "/desk/records/assessments/noise/write/",
]


@pytest.fixture
def registered(town):
    disclosed(town, to_whom="Unbreakable" * 10)
    an_assessment(town)
    return {"breach": assessed(town).pk, "customer": town.rivera.pk}


@pytest.mark.parametrize("address", REGISTERS)
def test_the_registers(look, findings, town, registered, address):
    page = look(address.format(**registered), who=town.dana, bypass_csp=True)
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


@pytest.mark.parametrize("address", ["/desk/records/breaches/", "/desk/records/disclosures/"])
def test_the_empty_registers_teach(look, findings, town, address):
    page = look(address, who=town.dana, bypass_csp=True, width=320)

    assert page.locator("main h2").count() >= 1
    assert findings(page) == []


@pytest.mark.parametrize("address", ["breaches/register/", "assessments/noise/write/", "requests/begin/"])
def test_mistakes_in_french(look, findings, town, address):
    User.objects.filter(pk=town.dana.pk).update(language="fr")
    page = look(f"/desk/records/{address}", who=town.dana, bypass_csp=True, width=320)

    page.locator("main form button").last.click()
    page.locator(".govuk-error-summary").wait_for()

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []
