"""The pages of the night in Chromium: nothing for axe to find, nothing that scrolls sideways, in both languages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.accounts.models import User
from townline.afterhours.models import Call
from townline.afterhours.paging import token_of
from townline.afterhours.tests.doings import call, night, plain_script, rota, script

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BY_NIGHT = ["log/", "log/pothole/", "log/else/", "log/calls/{call}/", "log/calls/{lost}/"]
BY_DAY = [
    "", "handover/", "handover/print/", "roster/roads/", "roster/roads/{week}/",
]  # fmt: skip


@pytest.fixture
def lived_in(town):
    """A call that waits, one that nobody answered, one that was taken over."""
    plain_script(town)
    found = {
        "call": call(town).pk,
        "lost": call(town, place="Unbreakable" * 18).pk,
        "week": rota(town).week_of(timezone.now()),
    }
    Call.objects.filter(pk=found["lost"]).update(next_at=None)
    call(town).take_over(by=town.ada)
    return found


def looked_at(look, findings, address, who):
    page = look(address, who=who, bypass_csp=True)
    wide = findings(page)
    page.set_viewport_size({"width": 320, "height": 640})
    return wide, page.evaluate("document.documentElement.scrollWidth"), findings(page)


@pytest.mark.parametrize("address", BY_NIGHT)
def test_the_answering_service(look, findings, town, lived_in, address):
    assert looked_at(look, findings, "/desk/after-hours/" + address.format(**lived_in), night(town)) == ([], 320, [])


@pytest.mark.parametrize("address", BY_DAY)
def test_by_day(look, findings, town, lived_in, address):
    assert looked_at(look, findings, "/desk/after-hours/" + address.format(**lived_in), town.lea) == ([], 320, [])


@pytest.mark.parametrize("address", ["scripts/", "scripts/pothole/"])
def test_the_setup(look, findings, town, lived_in, address):
    assert looked_at(look, findings, f"/desk/after-hours/{address}", town.dana) == ([], 320, [])


@pytest.mark.parametrize("address", ["", "handover/"])
def test_when_there_is_nothing(look, findings, town, address):
    assert looked_at(look, findings, f"/desk/after-hours/{address}", town.lea) == ([], 320, [])


def test_the_answering_service_with_nothing(look, findings, town):
    assert looked_at(look, findings, "/desk/after-hours/log/", night(town)) == ([], 320, [])


def test_the_page_behind_the_link_before_and_after(look, findings, town, lived_in):
    made = Call.objects.get(pk=lived_in["call"])
    page = look(f"/on-call/{token_of(made.pages.get())}/", 320, bypass_csp=True)
    before = findings(page)

    page.get_by_role("button", name="I have it").click()

    page.get_by_text("You have it").wait_for()
    assert (before, findings(page)) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_in_french_and_with_mistakes(look, findings, town, lived_in):
    User.objects.filter(pk=night(town).pk).update(language="fr")
    page = look("/desk/after-hours/log/pothole/", who=night(town), bypass_csp=True)

    page.locator("main form button").last.click()

    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator(".govuk-error-summary").count() == 1
    assert findings(page) == []


def test_a_call_is_written_down_by_the_keyboard_alone(look, town):
    script(town)
    page = look("/desk/after-hours/log/pothole/", who=night(town))

    page.locator("#id_is_urgent_0").focus()
    page.keyboard.press("Space")
    for words in ("Main Street 5", "Carl Caller", "905-555-0166"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("A deep hole.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/log/calls/*/")

    made = Call.objects.get()
    assert made.is_urgent
    assert made.next_at > timezone.now() + timedelta(minutes=13)
