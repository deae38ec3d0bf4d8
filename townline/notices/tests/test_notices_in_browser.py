"""The pages of notices in Chromium, wide and narrow, empty and full, with mistakes, in both languages."""

import pytest

from townline.notices.tests.doings import a_notice, both, disruption, published, season
from townline.portal.tests.browsing import is_wider_than_the_window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Donaudampfschifffahrtsgesellschaft" * 4


@pytest.fixture
def is_fine(findings):
    """Looks at a page wide and narrow."""

    def look_twice(page):
        found = findings(page)
        page.set_viewport_size({"width": 320, "height": 640})
        found += findings(page)
        return [*found, "wider than the window"] if is_wider_than_the_window(page) else found

    return look_twice


def some_notices(town):
    """One of each kind, with long words, and a case."""
    notice = published(town, name=both(LONG), text=both(LONG), area=both(LONG), streets=[LONG])
    notice.gather(by=town.ada, case=town.case("Lamp"))
    disruption(town)
    season(town, "01-01", "12-31", name=both("All year"))
    a_notice(town, name=both("Draft"))


@pytest.mark.parametrize("address", ["/", "/fr/", "/services/pothole/", "/fr/services/question/"])
def test_the_portal(look, is_fine, town, address):
    some_notices(town)
    page = look(address)
    page.screenshot(path=f"/tmp/door-notice{address.replace('/', '-')}.png", full_page=True)

    assert is_fine(page) == []


@pytest.mark.parametrize(
    "address", ["", "new/", f"{LONG[:50].lower()}/", f"{LONG[:50].lower()}/change/", "draft/", "the-lift-is-out/"]
)
def test_the_desk(look, is_fine, town, address):
    some_notices(town)
    page = look(f"/desk/notices/{address}", who=town.lea)
    page.screenshot(path=f"/tmp/door-desk-notice{address.replace('/', '-')[:20]}.png", full_page=True)

    assert is_fine(page) == []


def test_an_empty_list_and_a_form_with_mistakes(look, is_fine, town):
    page = look("/desk/notices/", who=town.dana)
    assert is_fine(page) == []

    page.goto("/desk/notices/new/")
    page.click("main form .govuk-button")
    page.wait_for_selector(".govuk-error-summary")

    assert is_fine(page) == []
