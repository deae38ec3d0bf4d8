"""The pages of Council in Chromium: nothing for axe to find, nothing that scrolls sideways, in both languages."""

import pytest

from townline.accounts.models import User
from townline.council.tests.doings import inquiry, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/desk/council/",
    "/desk/council/ward-1/",
    "/desk/council/ward-1/print/",
    "/desk/council/ward-1/new/",
    "/desk/council/inquiries/{pk}/",
    "/desk/council/inquiries/{pk}/answer/",
    "/desk/council/inquiries/{pk}/consent/",
    "/desk/council/empty/",
]


@pytest.fixture
def asked(town):
    """One inquiry with a long answer; and a member who never asked."""
    made = inquiry(town, who=member(town, person="Unbreakable" * 9))
    made.answer(by=town.ada, text="Unbreakable" * 40, is_final=False)
    member(town, "empty")
    return made


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(look, findings, town, asked, address):
    page = look(address.format(pk=asked.pk), who=town.rita, bypass_csp=True)
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


def test_in_french_and_with_mistakes(look, findings, town, asked):
    User.objects.filter(pk=town.rita.pk).update(language="fr")
    page = look("/desk/council/ward-1/new/", who=town.rita, bypass_csp=True)

    page.locator("form.govuk-form button, form button").last.click()

    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator(".govuk-error-summary").count() == 1
    assert findings(page) == []


def test_an_inquiry_is_taken_in_by_the_keyboard_alone(look, town, asked):
    page = look("/desk/council/ward-1/new/", who=town.rita)

    page.locator("#id_whose_0").focus()
    page.keyboard.press("Space")
    page.locator("#id_service").focus()
    page.keyboard.type("Question")
    page.locator("#id_summary").focus()
    page.keyboard.type("When is the next meeting?")
    page.locator("button", has_text="Take it in").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/inquiries/*/")

    assert "Received as" in page.content()
