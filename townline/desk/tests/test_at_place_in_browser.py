"""The pages of a place in Chromium: in order at every width, in French, empty, wrong, and with long words."""

import pytest

from townline.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "12 Invented Street, behind the yellow house with the Rindfleischetikettierungsüberwachungsaufgabe"


@pytest.fixture
def lying(town):
    """Three cases at one place with a long name, one of them closed."""
    made = [town.case(f"Lamp {number} " * 9, assignee=town.ada) for number in range(3)]
    made[0].close(by=town.ada, outcome="done", words="Done.")
    for case in made:
        case.place_label, case.latitude, case.longitude = LONG, 43.9128, -78.6879
        case.save()
    Case.objects.filter(pk=made[1].pk).update(place_key="the yellow bench")
    return made[2]


def in_order(page, findings):
    """What axe finds, wide and narrow, and how wide the narrow page is."""
    found = findings(page)
    page.set_viewport_size({"width": 320, "height": 640})
    return found + findings(page), page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_place_and_one_that_is_unknown_are_in_order(look, findings, town, lying, language):
    nowhere = town.case("Nowhere")
    Case.objects.filter(pk=nowhere.pk).update(place_label="", place_key="")
    town.ada.language = language
    town.ada.save()

    for case in (lying, nowhere):
        page = look(f"/desk/places/{case.reference}/", who=town.ada, bypass_csp=True)
        page.screenshot(path=f"/tmp/ends-place-{language}-{case.pk}.png")
        assert in_order(page, findings) == ([], 320)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("typed", ["", "12 inv", "zz nowhere", "1"])
def test_looking_for_a_place_is_in_order_whatever_comes_of_it(look, findings, town, lying, language, typed):
    town.ada.language = language
    town.ada.save()
    page = look("/desk/places/", who=town.ada, bypass_csp=True)
    page.fill("[name=begins]", typed)
    page.press("[name=begins]", "Enter")

    assert in_order(page, findings) == ([], 320)


def test_from_a_case_to_its_place_and_on_to_another_by_keyboard_without_a_script(look, town, lying):
    page = look(f"/desk/cases/{lying.reference}/", who=town.ada, java_script_enabled=False)
    page.click("main a:text-is('Everything at this place')")
    page.click("main a:text-is('Another place')")
    page.focus("[name=begins]")
    page.keyboard.type("12 invented")
    page.keyboard.press("Enter")
    page.screenshot(path="/tmp/ends-places.png")

    assert "invented" not in page.url.lower()
    page.click("main li a")
    assert page.is_visible("text=All cases at this place")
