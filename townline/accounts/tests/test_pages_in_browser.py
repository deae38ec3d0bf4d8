"""The sign-in pages in a browser: nothing for axe to find, nothing that the policy blocks, and the whole way in."""

import re

import pytest
from django.utils import timezone

from townline.accounts.invitations import invite
from townline.accounts.models import User
from townline.accounts.tests.conftest import ADDRESS, App

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPEN = ["login/", "login/code/", "signup/", "password/reset/", "inactive/", "back/", "password/reset/done/"]
SIGNED_IN = ["logout/", "email/", "password/set/", "2fa/", "2fa/totp/activate/"]


def examine(page, findings):
    """What axe finds at 1280 and at 320 pixels, and whether anything scrolls sideways."""
    found = findings(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    return found + findings(page)


@pytest.mark.parametrize("address", [f"{start}{end}" for start in ("/sign-in/", "/fr/sign-in/") for end in OPEN])
def test_axe_finds_nothing_before_signing_in(look, findings, town, address):
    assert examine(look(address, bypass_csp=True), findings) == []


@pytest.mark.parametrize("address", [f"/sign-in/{end}" for end in SIGNED_IN] + ["/account/preferences/"])
def test_axe_finds_nothing_when_signed_in(look, findings, town, marie, address):
    assert examine(look(address, bypass_csp=True, who=marie), findings) == []


@pytest.mark.parametrize("address", ["/desk/people/", "/desk/people/invite/"])
def test_axe_finds_nothing_where_staff_are_looked_after(look, findings, town, address):
    invite(by=town.ines, address="n@townline.example", name="N", roles=[], departments=[], by_mail=False)

    assert examine(look(address, bypass_csp=True, who=town.ines), findings) == []


@pytest.mark.parametrize("address", ["/desk/calendars/", "/desk/calendars/office/"])
def test_axe_finds_nothing_where_calendars_are_looked_after(look, findings, town, address):
    town.calendar.seed(by=town.dana, year=timezone.localdate().year + 1)

    assert examine(look(address, bypass_csp=True, who=town.dana), findings) == []


def test_axe_finds_nothing_when_something_was_wrong(look, findings, town, marie):
    page = look("/sign-in/login/", bypass_csp=True)
    page.fill("[name=login]", ADDRESS)
    page.fill("[name=password]", "not the right one")
    page.click("main button")

    assert "There is a problem" in page.content()
    assert examine(page, findings) == []


def test_an_invitation_is_accepted_from_link_to_desk(look, findings, town):
    made = invite(
        by=town.ines,
        address="nadia@townline.example",
        name="Nadia Sample",
        roles=[town.roles["officer"]],
        departments=[town.roads],
        by_mail=False,
    )
    blocked = []
    page = look("/sign-in/back/")
    page.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)

    page.goto(made.renew(by=town.ines).partition(":8000")[2])
    page.click("text=Accept")
    page.click("text=I cannot scan the picture")
    picture = page.evaluate("document.querySelector('main img').naturalWidth")
    page.fill("[name=code]", App(page.inner_text("code")).code)
    page.click("text=Continue")
    codes = re.findall(r"^\d{8}$", page.inner_text("main"), re.M)
    page.click("text=Go to the desk")

    assert picture > 0
    assert len(codes) == 10
    assert page.url.endswith("/desk/")
    assert User.objects.get(email="nadia@townline.example").has_second_factor
    assert blocked == []


def test_a_text_waits_while_somebody_signs_in_beside_it_and_arrives_at_the_first_press(look, marie, code):
    page = look("/account/preferences/", who=marie)
    page.fill("[name=name]", "Marie-Ève Tremblay")
    page.context.clear_cookies(name="session")
    page.click("main button:has-text('Save')")
    assert "Your text is still here" in page.inner_text("main")

    with page.context.expect_page() as opened:
        page.click("text=Sign in (opens in a new tab)")
    beside = opened.value
    beside.fill("[name=login]", ADDRESS)
    beside.click("main button")
    beside.wait_for_url("**/login/code/confirm/**")
    beside.fill("[name=code]", code())
    beside.click("main button:has-text('Continue')")
    beside.wait_for_url("**/sign-in/back/")
    page.click("button:has-text('Send it again')")
    page.wait_for_url("**/fr/account/preferences/")

    marie.refresh_from_db()
    assert marie.name == "Marie-Ève Tremblay"
