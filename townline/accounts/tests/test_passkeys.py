"""Passkeys, with a real browser and its virtual device: made, used, asked for at the desk, and never all removed."""

import json
import time

import pytest
from allauth.mfa.models import Authenticator

from townline.accounts.tests.device import device as device
from townline.accounts.tests.test_pages_in_browser import examine

pytestmark = pytest.mark.django_db


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_customer_adds_a_passkey_and_signs_in_with_it_without_typing_anything(
    device, findings, marie, mailoutbox, settings
):
    device.become(marie)
    empty = examine(device.go("/fr/sign-in/2fa/webauthn/"), findings)
    page = device.go("/fr/sign-in/2fa/webauthn/add/")
    found = examine(page, findings)
    page.fill("[name=name]", "Mon téléphone")
    device.press("Créer la clé")
    page.wait_for_url("**/fr/sign-in/2fa/webauthn/")
    listed = examine(page, findings)
    name = page.inner_text("tbody td")
    page.context.clear_cookies()

    device.go("/sign-in/login/?next=/account/preferences/")
    device.press("Sign in with a passkey")
    page.wait_for_url("**/account/preferences/")
    page.context.clear_cookies()
    device.go("/sign-in/login/")
    settings.BASE_URL = "http://localhost:1"
    device.press("Sign in with a passkey")
    page.wait_for_selector("text=This passkey did not work")

    assert name == "Mon téléphone"
    assert (empty, found, listed) == ([], [], [])
    assert "Mon téléphone" not in str(mailoutbox[-1].message())
    assert mailoutbox[-1].to == [marie.email]
    assert not marie.authenticator_set.filter(type="recovery_codes").exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_staff_pass_the_gate_with_a_passkey_and_keep_the_last_one(device, findings, town, with_app):
    device.become(town.ada)
    page = device.go("/sign-in/2fa/webauthn/add/")
    device.press("Make the passkey")
    page.wait_for_url("**/2fa/recovery-codes/")
    passkey = town.ada.authenticator_set.get(type="webauthn")
    refusal = device.go(f"/sign-in/2fa/webauthn/keys/{passkey.pk}/remove/").inner_text("main")
    kept = examine(page, findings)
    with_app(town.ada)
    town.ada.authenticator_set.filter(type="totp").delete()
    page.context.clear_cookies()

    device.go("/sign-in/login/")
    page.fill("[name=login]", town.ada.email)
    page.fill("[name=password]", "quatre mots dont on se souvient")
    page.click("main button:text-is('Sign in')")
    page.wait_for_url("**/2fa/authenticate/")
    asked = examine(page, findings)
    device.press("Use your passkey")
    page.wait_for_url("**/desk/")

    assert "This is your only second step" in refusal
    assert (kept, asked) == ([], [])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_that_is_cancelled_or_not_there_says_so_and_axe_has_nothing_to_say(device, findings):
    device.lock()
    page = device.go("/fr/sign-in/login/")

    device.press("Se connecter avec une clé d’accès")
    page.wait_for_selector("townline-passkey [role=alert]:visible")

    assert "Rien ne s’est passé" in page.inner_text("townline-passkey")
    assert examine(page, findings) == []


def test_without_javascript_the_page_says_what_else_there_is(client, marie):
    page = client.get("/sign-in/login/").content.decode()

    assert "<noscript>" in page
    assert "The other ways work without it." in page


@pytest.mark.parametrize("sent", ["", "x", "{}", "[]", '{"response": {}}', json.dumps({"id": "AA", "rawId": "AA"})])
def test_what_is_no_passkey_is_refused_with_a_sentence(stranger, sent):
    stranger.get("/sign-in/2fa/webauthn/login/", headers={"Accept": "application/json"})

    response = stranger.post("/sign-in/2fa/webauthn/login/", {"credential": sent}, follow=True)

    assert "This passkey did not work" in response.content.decode()
    assert response.wsgi_request.user.is_anonymous


def test_the_last_second_step_stays_and_one_beside_an_app_goes(client, town):
    passkey = Authenticator.objects.create(user=town.ada, type="webauthn", data={"name": "My phone"})
    client.force_login(town.ada)
    address = f"/sign-in/2fa/webauthn/keys/{passkey.pk}/remove/"
    session = client.session
    session["account_authentication_methods"][0]["at"] = time.time()
    session.save()

    refused = client.post(address)
    Authenticator.objects.create(user=town.ada, type="totp", data={})
    client.post(address)

    assert refused.status_code == 409
    assert not Authenticator.objects.filter(pk=passkey.pk).exists()
