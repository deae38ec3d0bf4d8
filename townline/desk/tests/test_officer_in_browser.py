"""The pages of an officer and of the kinds of case in Chromium: in order at every width, in French, and on paper."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.cases.models import Case
from townline.catalogue.models import Body, Kind, Step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/desk/today/",
    "/desk/voices/",
    "/desk/cases/{case}/",
    "/desk/cases/{case}/step/",
    "/desk/cases/{case}/step/?step=order",
    "/desk/cases/{case}/refile/",
    "/desk/cases/{case}/redirect/",
    "/desk/cases/{case}/redirect/?body=courts",
    "/doors/voice/",
]


@pytest.fixture
def out_there(town):
    """A complaint that Otto has, with a visit and an order, late by now."""
    town.officer_steps(Kind.BYLAW_COMPLAINT)
    town.otto.roles.add(town.roles["deputy_clerk"])
    text = {"en": "A matter that is before a court or a tribunal", "fr": "Une affaire devant un tribunal"}
    Body.objects.create(code="courts", name=text, matter=text, reach=text, say=text, is_door=True)
    case = town.case("Noise at the corner of a very long street name", service=town.noise, assignee=town.otto)
    case.step(by=town.otto, step=Step.objects.get(code="visit"), choice="violation", note="Heard from the road. " * 9)
    case.step(by=town.otto, step=Step.objects.get(code="order"), on=timezone.localdate() + timedelta(days=14))
    late = timezone.now() - timedelta(hours=5)
    Case.objects.filter(pk=case.pk).update(due_at=late, place_label="12 Invented Street, behind the yellow house")
    return case


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(look, findings, town, out_there, address, language):
    town.otto.language = language
    town.otto.save()
    page = look(address.format(case=out_there.reference), who=town.otto, bypass_csp=True)
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []


def test_the_buttons_of_today_are_large_enough_for_a_thumb_and_stay_off_the_paper(look, town, out_there):
    page = look("/desk/today/", width=320, who=town.otto, java_script_enabled=False)

    heights = [box.bounding_box()["height"] for box in page.query_selector_all(".errand__door")]
    page.emulate_media(media="print")

    assert min(heights) >= 44
    assert not page.is_visible(".errand__door")
    assert page.is_visible("text=12 Invented Street")


def test_an_officer_records_an_order_without_a_script(look, town, out_there):
    page = look(f"/desk/cases/{out_there.reference}/step/", width=320, who=town.otto, java_script_enabled=False)
    page.click("main a:text-is('Re-inspection')")
    page.fill("[name=note]", "Quiet now.")
    page.click("button:text-is('Record the step')")

    assert page.is_visible("text=The step is recorded")
    assert out_there.steps.filter(step__code="look-again").exists()


def test_from_today_a_photo_is_taken_with_the_camera(look, town, out_there):
    page = look("/desk/today/", width=320, who=town.otto, java_script_enabled=False)
    page.click("main a:text('Photo')")

    assert f"{out_there.reference}/attach/" in page.url
    assert page.is_visible("input[type=file][capture]")
