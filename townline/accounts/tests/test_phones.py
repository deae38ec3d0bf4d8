"""Codes by text, for an installation that has a gateway."""

import re

import pytest

from townline.accounts.models import User
from townline.accounts.phones import e164
from townline.accounts.tests.gateway import Gateway

NUMBER = "+19055550123"


@pytest.fixture
def gateway(settings):
    """A gateway that listens, and the settings that name it."""
    found = Gateway()
    settings.SMS_URL, settings.SMS_TOKEN = found.url, "key-of-the-gateway"
    settings.ACCOUNT_LOGIN_METHODS = {"email", "phone"}
    settings.ACCOUNT_SIGNUP_FIELDS = ["email*", "phone"]
    yield found
    found.close()


def code_in(gateway):
    """The code in the text that came last."""
    return re.search("[A-Z]{4}-[A-Z]{4}", gateway.texts[-1]["text"])[0]


@pytest.fixture
def customer(db):
    """Somebody with a phone and no e-mail address."""
    user = User.objects.create_user("x@example.org")
    User.objects.filter(pk=user.pk).update(email=None, phone=NUMBER, phone_verified_at="2026-01-01T00:00Z")
    return user


def test_an_account_is_made_with_a_phone_alone(stranger, gateway):
    asked = stranger.post("/sign-in/signup/", {"phone": "905 555 0123"})

    response = stranger.post(asked.url, {"code": code_in(gateway)})

    user = User.objects.get(phone=NUMBER)
    assert gateway.texts[0]["to"] == NUMBER
    assert gateway.keys == ["Bearer key-of-the-gateway"]
    assert (user.kind, user.email) == (User.Kind.CUSTOMER, None)
    assert response.url == "/account/"
    assert stranger.get("/account/").status_code == 200


def test_two_people_without_an_address_can_both_have_an_account(stranger, client, gateway):
    for browser, number in ((stranger, "905 555 0123"), (client, "905 555 0124")):
        asked = browser.post("/sign-in/signup/", {"phone": number})
        browser.post(asked.url, {"code": code_in(gateway)})

    assert User.objects.filter(email=None).count() == 2


def test_a_customer_signs_in_with_a_texted_code(stranger, gateway, customer):
    stranger.post("/sign-in/login/", {"login": "(905) 555-0123"})

    response = stranger.post("/sign-in/login/code/confirm/", {"code": code_in(gateway)})

    assert response.url == "/account/"


def test_either_an_address_or_a_number_but_not_both(stranger, gateway):
    both = stranger.post("/sign-in/signup/", {"email": "m@example.org", "phone": "905 555 0123"})
    neither = stranger.post("/sign-in/signup/", {})

    assert "Enter either your e-mail address" in both.content.decode()
    assert "Enter either your e-mail address" in neither.content.decode()
    assert not User.objects.filter(kind="customer").exists()


def test_a_known_number_looks_like_an_unknown_one_and_is_told_by_text(stranger, client, gateway, customer):
    def seen(browser, number):
        response = browser.post("/sign-in/signup/", {"phone": number}, follow=True)
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
        return response.redirect_chain, text.replace(e164(number), "somebody")

    unknown = seen(client, "905 555 0199")

    assert seen(stranger, NUMBER) == unknown
    assert "you have an account" in gateway.texts[-1]["text"]


def test_a_number_that_cannot_be_one_is_refused_in_words(stranger, gateway):
    response = stranger.post("/sign-in/signup/", {"phone": "12345"})

    assert "with its area code" in response.content.decode()
    assert not gateway.texts


@pytest.mark.parametrize("answer", [500, 302])
def test_a_gateway_that_refuses_is_said_and_is_followed_nowhere(stranger, gateway, customer, answer):
    gateway.answer = answer

    response = stranger.post("/sign-in/login/", {"login": NUMBER}, follow=True)

    assert "We cannot send text messages at the moment" in response.content.decode()
    assert len(gateway.texts) == 1


def test_a_gateway_that_is_away_is_said_and_not_a_fault(stranger, gateway, customer):
    gateway.close()

    response = stranger.post("/sign-in/login/", {"login": NUMBER}, follow=True)

    assert "We cannot send text messages at the moment" in response.content.decode()


def test_a_phone_is_added_to_an_account_with_a_code(client, gateway, marie):
    client.force_login(marie)
    client.post("/sign-in/phone/change/", {"phone": "905 555 0123"})
    assert User.objects.get(pk=marie.pk).phone is None

    client.post("/sign-in/phone/verify/", {"code": code_in(gateway)})

    assert User.objects.get(pk=marie.pk).phone == NUMBER


def test_without_a_gateway_there_are_no_phones(client, marie):
    client.force_login(marie)

    assert client.get("/sign-in/phone/change/").status_code == 404
    assert "phone" not in client.get("/sign-in/2fa/").content.decode().lower().split("<footer")[0].split("<main")[1]
