"""The pages of staff as customers in Chromium: nothing for axe to find, nothing that scrolls sideways."""

import pytest

from townline.accounts.models import User
from townline.cases.models import Outcome
from townline.colleagues.tests.doings import asked, repair

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lived_in(town):
    """A request with long words on both sides, and one that has ended."""
    case, ended = asked(town, text="Unbreakable" * 40), asked(town)
    for one in (case, ended):
        one.take(by=town.ada)
    case.message(by=town.ada, text="Unbreakable" * 40)
    ended.close(by=town.ada, outcome=Outcome.DONE, words="Mended.")
    return {"open": case.reference, "ended": ended.reference}


@pytest.mark.parametrize("address", ["", "new/", "new/repair/", "{open}/", "{ended}/"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(look, findings, town, lived_in, address):
    page = look("/desk/requests/" + address.format(**lived_in), who=town.otto, bypass_csp=True)
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


@pytest.mark.parametrize("address", ["", "new/"])
def test_when_there_is_nothing(look, findings, town, address):
    page = look(f"/desk/requests/{address}", 320, who=town.otto, bypass_csp=True)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


def test_in_french_with_mistakes_by_the_keyboard(look, findings, town):
    repair(town)
    User.objects.filter(pk=town.otto.pk).update(language="fr")
    page = look("/desk/requests/new/repair/", who=town.otto, bypass_csp=True)

    page.locator("main form button").last.focus()
    page.keyboard.press("Enter")
    page.locator(".govuk-error-summary").wait_for()

    assert page.locator("html").get_attribute("lang") == "fr"
    assert findings(page) == []
