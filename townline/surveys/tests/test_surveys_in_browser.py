"""The pages of questionnaires in Chromium, wide and narrow, in both languages, with a mistake, by keyboard."""

import pytest

from townline.portal.tests.browsing import is_wider_than_the_window
from townline.surveys.tests.doings import asked
from townline.surveys.tests.test_surveys import path

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def is_fine(findings):
    """Looks at a page wide and narrow."""

    def look_twice(page):
        found = findings(page)
        page.set_viewport_size({"width": 320, "height": 640})
        found += findings(page)
        return [*found, "wider than the window"] if is_wider_than_the_window(page) else found

    return look_twice


@pytest.mark.parametrize(("prefix", "word"), [("", "Thank you"), ("/fr", "Merci")])
def test_answering(look, is_fine, town, prefix, word):
    page = look(prefix + path(asked(town)))
    assert is_fine(page) == []
    with page.expect_navigation():
        page.click("main form button")
    assert is_fine(page) == []
    page.focus("[name=solved][value=yes]")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert word in page.inner_text("main")
    assert is_fine(page) == []


def test_opting_out_without_scripts(look, is_fine, town):
    page = look(path(asked(town), "no_more_surveys"))
    assert is_fine(page) == []
    assert is_fine(look("/survey/nothing/no-more/")) == []


def test_the_results(look, is_fine, town):
    page = look("/desk/surveys/", who=town.dana)
    assert is_fine(page) == []
    for _ in range(6):
        asked(town).answer(by=town.system, solved="yes", ease=4)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.reload()
    page.screenshot(path="/tmp/door-surveys.png", full_page=True)
    assert is_fine(page) == []
