"""Calls that are owed and the endings that lead there, in Chromium: wide and narrow, in both languages, by keyboard."""

import pytest

from townline.accounts.models import User
from townline.callbacks.models import Callback
from townline.callbacks.tests.doings import about_a_case
from townline.catalogue.models import Body
from townline.portal.tests.browsing import is_wider_than_the_window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def is_fine(findings):
    """Looks at a page wide and narrow."""

    def look_twice(page):
        found = findings(page)
        page.set_viewport_size({"width": 320, "height": 640})
        found += findings(page)
        found += ["wider than the window"] if is_wider_than_the_window(page) else []
        page.set_viewport_size({"width": 1280, "height": 900})
        return found

    return look_twice


@pytest.mark.parametrize(("language", "none"), [("en", "Nobody waits for a call"), ("fr", "Personne n’attend d’appel")])
def test_calling_back(look, is_fine, town, language, none):
    User.objects.filter(pk=town.ada.pk).update(language=language)
    page = look("/desk/callbacks/", who=town.ada)
    assert none in page.inner_text("main")
    assert is_fine(page) == []

    one = about_a_case(town)
    one.customer.accommodate(by=town.rita, kind="interpreter", what_helps="A long text " * 20)
    page.reload()
    assert is_fine(page) == []
    page.goto(one.get_absolute_url())
    with page.expect_navigation():
        page.click("form[action$='attempt/'] button")
    assert is_fine(page) == []
    page.focus("[name=result][value=reached]")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert Callback.objects.get().state == "reached"


def test_both_endings_on_the_screen_of_a_contact(look, is_fine, town):
    Body.objects.create(
        code="region", name={"en": "The Region", "fr": "La Région"}, matter={"en": "Water."},
        reach={"en": "905-555-0199"}, say={"en": "The Region looks after it."},
    )  # fmt: skip
    User.objects.filter(pk=town.rita.pk).update(language="fr")
    page = look("/desk/interactions/new/", who=town.rita)
    with page.expect_navigation():
        page.click("button[value=call-back]")
    assert is_fine(page) == []
    page.focus("[name=body]")
    page.keyboard.type("La")
    with page.expect_navigation():
        page.click("#body button[value=show]")
    assert "905-555-0199" in page.inner_text("#body")
    assert is_fine(page) == []
    page.focus("[name=agrees]")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "La Région" in page.inner_text("main")
    assert is_fine(page) == []
