"""The pages of conduct in Chromium: nothing for axe to find, nothing that scrolls sideways, in both languages."""

import pytest
from django.utils import timezone

from townline.accounts.models import User
from townline.catalogue.models import Definition
from townline.conduct.models import SupportivePhrase
from townline.conduct.tests.doings import appealed, behaviour, intervention

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/desk/customers/{customer}/",
    "/desk/customers/{customer}/conduct/",
    "/desk/customers/{customer}/conduct/behaviour/",
    "/desk/customers/{customer}/conduct/intervention/",
    "/desk/customers/{customer}/conduct/restriction/",
    "/desk/behaviours/{behaviour}/",
    "/desk/interventions/{intervention}/end/",
    "/desk/restrictions/{restriction}/",
    "/desk/restrictions/{restriction}/notice/",
    "/desk/restrictions/{restriction}/review/",
    "/desk/conduct/",
    "/desk/cases/{case}/",
]


@pytest.fixture
def lived_in(town):
    """Everything that can be on record of a customer, with long words."""
    text = {"en": "A customer shouts or threatens.", "fr": "Une personne crie ou menace."}
    Definition.objects.create(code="abusive-behaviour", term={"en": "Abusive behaviour"}, text=text, clause="4.1")
    SupportivePhrase.objects.create(code="hear", moment={"en": "When they shout"}, text={"en": "I want to help you."})
    made = behaviour(town, what="Unbreakable" * 40)
    case = town.case("Lamp", assignee=town.ada)
    town.rivera.accommodate(by=town.rita, kind="interpreter", what_helps="Portuguese")
    return {
        "customer": town.rivera.pk, "behaviour": made.pk, "intervention": intervention(town).pk,
        "restriction": appealed(town).pk, "case": case.reference,
    }  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(look, findings, town, lived_in, address):
    page = look(address.format(**lived_in), who=town.lea, bypass_csp=True)
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


def test_in_french_and_with_mistakes(look, findings, town, lived_in):
    User.objects.filter(pk=town.lea.pk).update(language="fr")
    page = look(f"/desk/customers/{lived_in['customer']}/conduct/restriction/", who=town.lea, bypass_csp=True)

    page.locator("form.govuk-form button, form button").last.click()

    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator(".govuk-error-summary").count() == 1
    assert findings(page) == []


def test_somebody_records_what_was_said_by_the_keyboard_alone(look, town):
    page = look(f"/desk/customers/{town.rivera.pk}/conduct/behaviour/", who=town.rita)
    today = timezone.localdate()

    page.locator("#id_grade_0").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("She hung up on us twice.")
    page.locator("#id_happened_on_day").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(str(today.day))
    page.keyboard.press("Enter")
    page.wait_for_url("**/conduct/")

    assert "It is on record" in page.content()
