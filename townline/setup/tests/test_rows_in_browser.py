"""The pages of the setup in Chromium: nothing for axe to find, wide and narrow, in both languages, also when wrong."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/desk/setup/", "/desk/setup/services/", "/desk/setup/services/?words=zebra", "/desk/setup/services/new/",
    "/desk/setup/services/pothole/", "/desk/setup/standards/outcome/", "/desk/setup/steps/", "/desk/setup/steps/new/",
    "/desk/setup/calendars/office/", "/desk/setup/collection_notices/general/",
    "/desk/setup/municipality/testville/", "/desk/setup/positions/new/", "/desk/setup/road_standards/new/",
]  # fmt: skip


def examine(page, findings):
    """What axe finds at 1280 and at 320 pixels, and whether anything scrolls sideways."""
    found = findings(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    return found + findings(page)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_finds_nothing_in_the_setup(look, findings, town, language):
    town.dana.language = language
    town.dana.save()
    town.pothole.retire(by=town.dana)
    page = look(PAGES[0], who=town.dana, bypass_csp=True)

    for address in PAGES:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(page.url.partition("/desk/")[0] + address)
        page.screenshot(path=f"/tmp/setup{address.replace('/', '-')}{language}.png", full_page=True)
        assert examine(page, findings) == [], address
    page.screenshot(path=f"/tmp/setup-narrow-{language}.png", full_page=True)


def test_what_is_wrong_is_said_at_its_field_by_keyboard(look, findings, town):
    page = look("/desk/setup/wrap_ups/new/", who=town.dana, bypass_csp=True)
    page.focus("[name=name_en]")
    page.keyboard.type("Parking question")
    page.keyboard.press("Enter")

    page.wait_for_selector(".govuk-error-summary")
    assert page.input_value("[name=name_en]") == "Parking question"
    assert examine(page, findings) == []
    page.screenshot(path="/tmp/setup-error.png", full_page=True)
    page.click(".govuk-error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.name") == "name_en"
    page.fill("[name=name_fr]", "Question de stationnement")
    page.fill("[name=keys]", "pq")
    page.keyboard.press("Enter")
    page.wait_for_url("**/wrap_ups/parking-question/")
