"""Following what others reported, and writing on it: on a phone, in either language, with and without scripts."""

import pytest

from townline.cases.intake import Contact, Matter, Place, take_in
from townline.cases.models import Case, Follower
from townline.catalogue.models import Service
from townline.portal.tests.browsing import is_wider_than_the_window, press
from townline.portal.tests.keyboard import go_to

pytestmark = pytest.mark.browser

WAYS = [("", 1280, True), ("/fr", 320, False)]
MAIN_BUTTON = "main form .govuk-button"


@pytest.fixture
def known(town, pothole, transactional_db):
    Service.objects.filter(pk=pothole.pk).update(shares="place")
    matter = Matter(Service.objects.get(pk=pothole.pk), place=Place("12 Main Street"))
    case = take_in(matter, by=town.rita, channel="phone", contact=Contact(name="Jo First", email="first@example.org"))
    case.take(by=town.ada)
    return case


def is_well(page, findings):
    return findings(page) == [] and not is_wider_than_the_window(page)


@pytest.mark.parametrize(("prefix", "width", "scripts"), WAYS, ids=["wide", "phone, French, no scripts"])
def test_somebody_follows_instead_of_reporting_again(look, findings, known, prefix, width, scripts):
    page = look(f"{prefix}/services/pothole/", width=width, java_script_enabled=scripts)
    press(page, MAIN_BUTTON)
    page.fill("#id_label", "12 main st")
    press(page, MAIN_BUTTON)
    page.screenshot(path=f"/tmp/matter-near-{width}.png", full_page=True)
    assert "/near/" in page.url
    press(page, MAIN_BUTTON)
    assert page.locator(".govuk-error-summary").count() == 1
    page.locator("input[name=which]").first.check()
    press(page, MAIN_BUTTON)
    assert "/follow/" in page.url
    press(page, MAIN_BUTTON)
    assert page.locator(".govuk-error-summary").count() == 1
    page.fill("#id_words", "Deeper now.")
    page.fill("#id_email", "second@example.org")
    page.screenshot(path=f"/tmp/matter-join-{width}.png", full_page=True)
    press(page, MAIN_BUTTON)
    assert known.reference in page.content()
    press(page, ".govuk-button-group a")
    page.screenshot(path=f"/tmp/matter-followed-{width}.png", full_page=True)

    assert "Deeper now." in page.content()
    assert Follower.objects.count() == 1
    assert not is_wider_than_the_window(page)


@pytest.mark.parametrize(("prefix", "width"), [("", 1280), ("/fr", 320)])
def test_every_page_of_the_way_is_accessible(look, findings, known, prefix, width):
    page = look(f"{prefix}/services/pothole/", width=width)
    press(page, MAIN_BUTTON)
    page.fill("#id_label", "12 main st")
    press(page, MAIN_BUTTON)
    seen = [is_well(page, findings)]
    press(page, MAIN_BUTTON)
    seen.append(is_well(page, findings))
    page.locator("input[name=which]").first.check()
    press(page, MAIN_BUTTON)
    seen.append(is_well(page, findings))
    press(page, MAIN_BUTTON)
    seen.append(is_well(page, findings))
    page.fill("#id_words", "Long " * 400)
    page.fill("#id_email", "second@example.org")
    press(page, MAIN_BUTTON)
    seen.append(is_well(page, findings))
    press(page, ".govuk-button-group a")
    seen.append(is_well(page, findings))

    assert seen == [True] * 6


@pytest.mark.parametrize(("prefix", "width"), [("", 1280), ("/fr", 320)])
def test_the_page_of_a_case_and_that_it_is_not_solved(look, findings, known, town, prefix, width):
    page = look(f"{prefix}/track/?reference={known.reference}", width=width)
    page.fill("#id_proof", "first@example.org")
    press(page, MAIN_BUTTON)
    seen = [is_well(page, findings)]
    press(page, "#add .govuk-button")
    seen.append(is_well(page, findings))
    page.fill("#id_text", "x" * 300)
    press(page, "#add .govuk-button")
    seen.append(is_well(page, findings))
    Case.objects.get().close(by=town.ada, outcome="done", words="Done.")
    page.reload()
    seen.append(is_well(page, findings))
    page.screenshot(path=f"/tmp/matter-closed-{width}.png", full_page=True)
    press(page, "a[href*=not-solved]")
    seen.append(is_well(page, findings))
    press(page, MAIN_BUTTON)
    seen.append(is_well(page, findings))
    page.fill("#id_text", "Still there.")
    press(page, MAIN_BUTTON)
    page.goto(page.url + "not-solved/")
    seen.append(is_well(page, findings))

    assert seen == [True] * 7


def test_by_keyboard_alone(look, known):
    page = look("/services/pothole/")
    go_to(page, MAIN_BUTTON, key="Enter")
    go_to(page, "#id_label", typed="12 main st", key="Enter")
    go_to(page, "input[name=which]")
    page.keyboard.press("Space")
    go_to(page, MAIN_BUTTON, key="Enter")
    go_to(page, "#id_email", typed="second@example.org")
    go_to(page, MAIN_BUTTON, key="Enter")

    assert Follower.objects.get().contact_point.value == "second@example.org"
