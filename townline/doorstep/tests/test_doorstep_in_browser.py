"""The doorstep in Chromium: at the desk, and for whoever waits or confirms; wide and narrow, in both languages."""

from urllib.parse import urlsplit

import pytest

from townline.cases.intake import Contact, Matter, take_in
from townline.doorstep.confirming import link_of
from townline.doorstep.tests.doings import held
from townline.portal.tests.browsing import is_wider_than_the_window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Donaudampfschifffahrtsgesellschaft" * 3


@pytest.fixture
def is_fine(findings):
    """Looks at a page wide and narrow."""

    def look_twice(page):
        found = findings(page)
        page.set_viewport_size({"width": 320, "height": 640})
        found += findings(page)
        return [*found, "wider than the window"] if is_wider_than_the_window(page) else found

    return look_twice


@pytest.mark.parametrize("query", ["", "?state=discarded", "?source=library"])
def test_the_list_full_and_empty(look, is_fine, town, query):
    page = look(f"/desk/doorstep/{query}", who=town.rita)
    assert is_fine(page) == []

    held(town, source="library", name=LONG)
    held(town, source="flood")
    held(town, source="flood").discard(by=town.rita)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.reload()

    assert is_fine(page) == []


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_confirming(look, is_fine, town, prefix):
    contact = Contact(name="Nadia", email="nadia@example.org")
    case = take_in(Matter(town.question), by=town.system, channel="web", contact=contact)
    for record in (case, held(town)):
        page = look(prefix + urlsplit(link_of(record)).path, java_script_enabled=True)
        assert is_fine(page) == []
        with page.expect_navigation():
            page.click("main form button")
        assert is_fine(page) == []


def test_a_link_that_does_not_work(look, is_fine, town):
    assert is_fine(look("/confirm/nothing/")) == []


def test_whoever_waits(look, is_fine, town, settings):
    settings.HOLD_AFTER = 1
    page = look("/services/question/")
    for _ in range(2):
        page.goto("/services/question/")
        with page.expect_navigation():
            page.click("main form button")
        page.fill("#id_name", LONG)
        page.fill("#id_email", "nadia@example.org")
        for _step in range(2):
            with page.expect_navigation():
                page.click("main form .govuk-button")

    assert "Nothing is lost" in page.inner_text("main")
    assert is_fine(page) == []
    reference = page.inner_text(".done .reference")
    page.goto(f"/track/{reference}/")
    assert is_fine(page) == []
