"""Signing in: by code or password, for customers; what attackers try."""

import re
import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend

from townline.accounts.models import User
from townline.accounts.tests.conftest import ADDRESS, PASSWORD


def test_a_customer_signs_in_with_a_code_from_the_mail(stranger, marie, code):
    stranger.post("/sign-in/login/", {"login": ADDRESS})

    response = stranger.post("/sign-in/login/code/confirm/", {"code": code().lower().replace("-", " ")})

    assert response.url == "/fr/account/"
    assert stranger.get("/account/").status_code == 200


def test_a_code_is_mailed_in_the_language_of_the_account(stranger, marie, mailoutbox, monkeypatch):
    from django.utils import translation

    spoken = []
    plain = EmailBackend.send_messages
    monkeypatch.setattr(
        EmailBackend, "send_messages", lambda *a: spoken.append(translation.get_language()) or plain(*a)
    )

    stranger.post("/sign-in/login/", {"login": ADDRESS})

    assert spoken == ["fr"]
    assert mailoutbox[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_customer_with_a_password_may_use_it(stranger, marie):
    marie.set_password(PASSWORD)
    marie.save()

    response = stranger.post("/sign-in/login/", {"login": ADDRESS.upper(), "password": PASSWORD})

    assert response.url == "/fr/account/"


def seen(browser, login, password=""):
    """What a browser shows after asking for a code or giving a password, the address itself apart."""
    response = browser.post("/sign-in/login/", {"login": login, "password": password}, follow=True)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return response.redirect_chain, text.replace(login, "somebody")


@pytest.mark.parametrize("password", ["", "not the right one"], ids=["code", "password"])
def test_known_staff_and_unknown_addresses_look_alike(client, stranger, town, marie, mailoutbox, password):
    unknown = seen(client, "nobody@example.org", password)

    assert seen(stranger, town.ada.email, password) == unknown
    assert seen(stranger.__class__(), marie.email, password) == unknown


def test_an_unknown_address_is_told_in_the_mail_and_gets_no_code(stranger, mailoutbox):
    stranger.post("/sign-in/login/", {"login": ADDRESS})

    assert "There is no account" in mailoutbox[0].body
    assert not re.search("[A-Z]{4}-[A-Z]{4}", mailoutbox[0].body)


def test_the_code_of_one_person_opens_no_other_account(client, stranger, marie, town, code):
    stranger.post("/sign-in/login/", {"login": ADDRESS})
    maries = code()

    client.post("/sign-in/login/", {"login": town.ada.email})
    client.post("/sign-in/login/code/confirm/", {"code": maries})

    assert client.get("/account/").status_code == 302


def test_a_code_works_once(client, stranger, marie, code):
    stranger.post("/sign-in/login/", {"login": ADDRESS})
    used = code()
    stranger.post("/sign-in/login/code/confirm/", {"code": used})

    stranger.logout()
    stranger.post("/sign-in/login/code/confirm/", {"code": used})

    assert stranger.get("/account/").status_code == 302


def test_after_three_wrong_codes_even_the_right_one_is_too_late(stranger, marie, code):
    stranger.post("/sign-in/login/", {"login": ADDRESS})
    for wrong in ("BBBB-BBBB", "CCCC-CCCC", "DDDD-DDDD"):
        stranger.post("/sign-in/login/code/confirm/", {"code": wrong})

    stranger.post("/sign-in/login/code/confirm/", {"code": code()})

    assert stranger.get("/account/").status_code == 302


def test_after_five_wrong_passwords_the_right_one_has_to_wait_but_a_code_does_not(stranger, marie, code):
    marie.set_password(PASSWORD)
    marie.save()
    for _ in range(5):
        stranger.post("/sign-in/login/", {"login": ADDRESS, "password": "wrong"})

    response = stranger.post("/sign-in/login/", {"login": ADDRESS, "password": PASSWORD})

    assert "Wait five minutes" in response.content.decode()
    stranger.post("/sign-in/login/", {"login": ADDRESS})
    assert stranger.post("/sign-in/login/code/confirm/", {"code": code()}).url == "/fr/account/"


def test_too_many_attempts_from_one_place_get_a_page_that_says_so(stranger):
    for _ in range(30):
        stranger.post("/sign-in/login/", {"login": "not an address"})

    response = stranger.post("/sign-in/login/", {"login": "not an address"})

    assert response.status_code == 429
    assert "Please wait a little" in response.content.decode()


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example"],
)
def test_signing_in_leads_to_no_other_site(stranger, marie, code, target):
    stranger.post("/sign-in/login/", {"login": ADDRESS, "next": target})

    response = stranger.post("/sign-in/login/code/confirm/", {"code": code(), "next": target})

    assert response.url == "/fr/account/"


def test_signing_in_leads_to_the_page_that_was_asked_for(stranger, marie, code):
    asked = stranger.get("/account/preferences/")
    sent = stranger.post(asked.url, {"login": ADDRESS})

    response = stranger.post(sent.url, {"code": code()})

    assert asked.url == "/sign-in/login/?next=%2Faccount%2Fpreferences%2F"
    assert response.url == "/account/preferences/"


def test_a_session_given_beforehand_is_worth_nothing_afterwards(stranger, marie, code):
    stranger.post("/sign-in/login/", {"login": ADDRESS})
    before = stranger.cookies["session"].value

    stranger.post("/sign-in/login/code/confirm/", {"code": code()})

    assert stranger.cookies["session"].value != before
    stranger.cookies["session"] = before
    assert stranger.get("/account/").status_code == 302


def test_somebody_whose_account_is_switched_off_gets_no_code(stranger, marie, mailoutbox):
    User.objects.filter(pk=marie.pk).update(is_active=False)

    stranger.post("/sign-in/login/", {"login": ADDRESS})

    assert not re.search("[A-Z]{4}-[A-Z]{4}", mailoutbox[0].body)


def test_nobody_signs_in_as_the_system(stranger, code):
    townline = User.objects.system()

    stranger.post("/sign-in/login/", {"login": townline.email})
    response = stranger.post("/sign-in/login/code/confirm/", {"code": code()}, follow=True)

    assert "switched off" in response.content.decode()
    assert stranger.get("/account/").status_code == 302


def test_a_password_is_set_anew_with_a_code(stranger, marie, code):
    stranger.post("/sign-in/password/reset/", {"email": ADDRESS})
    stranger.post("/sign-in/password/reset/confirm/", {"code": code()})

    stranger.post("/sign-in/password/reset/complete/", {"password1": PASSWORD, "password2": PASSWORD})

    marie.refresh_from_db()
    assert marie.check_password(PASSWORD)
    assert stranger.get("/account/").status_code == 302


def test_a_new_password_ends_the_sessions_on_other_devices(client, stranger, marie, code):
    client.force_login(marie)

    stranger.post("/sign-in/password/reset/", {"email": ADDRESS})
    stranger.post("/sign-in/password/reset/confirm/", {"code": code()})
    stranger.post("/sign-in/password/reset/complete/", {"password1": PASSWORD, "password2": PASSWORD})

    assert client.get("/account/").status_code == 302


def test_asking_for_a_new_password_tells_nothing(client, stranger, marie, mailoutbox):
    def page(browser, address):
        response = browser.post("/sign-in/password/reset/", {"email": address}, follow=True)
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
        return response.redirect_chain, text.replace(address, "somebody")

    assert page(client, ADDRESS) == page(stranger, "nobody@example.org")


def test_a_mail_server_that_is_away_is_said_and_not_a_fault(stranger, marie, monkeypatch):
    def away(*_):
        raise smtplib.SMTPConnectError(421, "away")

    monkeypatch.setattr(EmailBackend, "send_messages", away)

    response = stranger.post("/sign-in/login/", {"login": ADDRESS}, follow=True)

    assert response.status_code == 200
    assert "We cannot send e-mail at the moment" in response.content.decode()


def test_an_address_is_changed_with_a_code_and_the_old_one_is_told(client, marie, code, mailoutbox):
    client.force_login(marie)
    client.post("/sign-in/email/", {"email": "new@example.org", "action_add": "1"})

    client.post("/sign-in/confirm-email/", {"code": code()})

    marie.refresh_from_db()
    assert marie.email == "new@example.org"
    assert User.objects.get(pk=marie.pk).verified_addresses == ["new@example.org"]
    assert any(mail.to == [ADDRESS] and "was changed" in mail.body for mail in mailoutbox)


def test_the_address_of_staff_cannot_be_taken_over_by_changing_to_it(client, marie, town, code):
    client.force_login(marie)
    client.post("/sign-in/email/", {"email": town.ada.email, "action_add": "1"})

    response = client.post("/sign-in/confirm-email/", {"code": code()})

    marie.refresh_from_db()
    assert "This address cannot be used." in response.content.decode()
    assert marie.email == ADDRESS
