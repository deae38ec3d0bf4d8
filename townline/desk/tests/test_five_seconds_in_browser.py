"""An inquiry that is answered at once is logged in five seconds and eight keys after its words are typed."""

import time

import pytest

from townline.catalogue.models import Kind, WrapUp
from townline.channels.models import Interaction

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEYS = ["Enter", "Space", "Tab", "g", "i", "Enter"]
PACE = 0.2
"""Seconds between two keys: a hand that is not in a hurry."""


@pytest.fixture
def busy(town):
    """A town with many services, and as many wrap-ups as a pack may have."""
    for number in range(80):
        town.service(f"service-{number}", f"Service number {number}", Kind.INQUIRY, town.front)
    for number in range(39):
        WrapUp.objects.create(
            code=f"w{number}", keys=f"{number:02}", name={"en": f"About {number}", "fr": f"De {number}"}
        )
    WrapUp.objects.create(code="general", keys="gi", name={"en": "General information", "fr": "Renseignements"})
    return town


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_answered_inquiry_is_logged_in_five_seconds_and_eight_keys(look, busy, scripts):
    look("/desk/interactions/new/", who=busy.rita).close()
    page = look("/desk/interactions/new/", who=busy.rita, java_script_enabled=scripts)
    page.focus("[name=words]")
    page.keyboard.type("pothole")

    began = time.monotonic()
    for key in KEYS[:1]:
        page.keyboard.press(key)
    page.wait_for_selector("[name=service]:focus")
    for key in KEYS[1:]:
        time.sleep(PACE)
        page.keyboard.press(key)
    page.wait_for_selector("text=Counted as answered")
    took = time.monotonic() - began

    one = Interaction.objects.get()
    assert (one.service, one.wrap_up.code, one.outcome) == (busy.pothole, "general", "answered")
    assert len(KEYS) <= 8
    assert took <= 5, f"{took:.1f} s"


@pytest.mark.parametrize(
    "address", ["/desk/interactions/new/", "/desk/interactions/", "/desk/interactions/?wrap_up=gi"]
)
def test_the_pages_with_wrap_ups_are_in_order(look, findings, busy, address):
    page = look(address, who=busy.rita, bypass_csp=True)
    assert findings(page) == []

    page.set_viewport_size({"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert findings(page) == []
