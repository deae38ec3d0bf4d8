"""The notifications in Chromium: nothing for axe to find, with some and with none, also small and in French."""

import pytest

from townline.cases.notifying import notify

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("has_some", [True, False], ids=["some", "none"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(look, findings, town, has_some, language):
    case = town.case("Broken street lamp at the corner of Main Street and Church Street", assignee=town.ada)
    notify([town.ada] if has_some else [], case, "overdue", key="clock:1")
    notify([town.ada] if has_some else [], case, "mentioned", key="note:1", by=town.ben)
    town.ada.prefer(by=town.ada, language=language)
    page = look("/desk/notifications/", who=town.ada, bypass_csp=True)
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []
    page.screenshot(path=f"/tmp/clocks-told-{language}-{has_some}.png")
