"""The second factor of staff: asked for, set up, lost, and never gone round."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from townline.accounts.models import User
from townline.accounts.tests.conftest import PASSWORD, App


def sign_in(browser, user, password=PASSWORD):
    """The first step, with a password."""
    return browser.post("/sign-in/login/", {"login": user.email, "password": password})


def test_staff_sign_in_with_a_password_and_the_app(stranger, town, with_app):
    app = with_app(town.ada)

    first = sign_in(stranger, town.ada)
    response = stranger.post(first.url, {"code": app.code})

    assert first.url == "/sign-in/2fa/authenticate/"
    assert response.url == "/desk/"
    assert stranger.get("/desk/").status_code == 200


def test_staff_sign_in_with_a_mailed_code_and_the_app(stranger, town, with_app, code):
    app = with_app(town.ada)
    stranger.post("/sign-in/login/", {"login": town.ada.email})

    first = stranger.post("/sign-in/login/code/confirm/", {"code": code()})
    response = stranger.post(first.url, {"code": app.code})

    assert first.url == "/sign-in/2fa/authenticate/"
    assert response.url == "/desk/"


def test_the_first_step_alone_opens_nothing(stranger, town, with_app):
    with_app(town.ada)

    sign_in(stranger, town.ada)

    assert stranger.get("/account/").status_code == 302
    assert stranger.get("/desk/").url.startswith("/sign-in/login/")


def test_a_code_of_the_app_works_once(stranger, client, town, with_app):
    app = with_app(town.ada)
    used = app.code
    sign_in(stranger, town.ada)
    stranger.post("/sign-in/2fa/authenticate/", {"code": used})

    sign_in(client, town.ada)
    response = client.post("/sign-in/2fa/authenticate/", {"code": used})

    assert "This code is not right" in response.content.decode()
    assert client.get("/desk/").status_code == 302


def test_codes_of_the_app_cannot_be_tried_without_end(stranger, town, with_app):
    app = with_app(town.ada)
    sign_in(stranger, town.ada)
    for wrong in ("000001", "000002", "000003", "000004", "000005"):
        stranger.post("/sign-in/2fa/authenticate/", {"code": wrong})

    response = stranger.post("/sign-in/2fa/authenticate/", {"code": app.code})

    assert "Wait five minutes" in response.content.decode()
    assert stranger.get("/desk/").status_code == 302


def test_a_recovery_code_helps_once_when_the_phone_is_lost(stranger, client, town, with_app):
    with_app(town.ada)
    recovery = RecoveryCodes(town.ada.authenticator_set.get(type="recovery_codes")).generate_codes()[0]
    sign_in(stranger, town.ada)

    response = stranger.post("/sign-in/2fa/authenticate/", {"code": recovery})

    assert response.url == "/desk/"
    sign_in(client, town.ada)
    assert client.post("/sign-in/2fa/authenticate/", {"code": recovery}).status_code == 200


def test_a_new_password_does_not_go_round_the_second_factor(stranger, town, with_app, code):
    with_app(town.ada)
    new = "another one to remember"
    stranger.post("/sign-in/password/reset/", {"email": town.ada.email})
    stranger.post("/sign-in/password/reset/confirm/", {"code": code()})
    stranger.post("/sign-in/password/reset/complete/", {"password1": new, "password2": new})

    first = sign_in(stranger, town.ada, new)

    assert first.url == "/sign-in/2fa/authenticate/"
    assert stranger.get("/desk/").status_code == 302


@pytest.fixture
def newcomer(stranger, town, with_app):
    """Ada's browser on her first day: signed in with a password, no app yet."""
    with_app(town.ada)
    town.ada.authenticator_set.all().delete()
    sign_in(stranger, town.ada)
    return stranger


def test_without_a_second_factor_staff_are_led_to_set_one_up(newcomer):
    response = newcomer.get("/desk/")

    assert response.url == "/sign-in/2fa/totp/activate/?next=%2Fdesk%2F"
    assert newcomer.get("/desk/cases/").status_code == 302


def test_setting_up_the_app_opens_the_desk_at_once_and_shows_recovery_codes(newcomer):
    page = newcomer.get("/sign-in/2fa/totp/activate/").content.decode()
    app = App(re.search(r"<code>([A-Z2-7]+)</code>", page)[1])
    before = newcomer.cookies["session"].value

    response = newcomer.post("/sign-in/2fa/totp/activate/", {"code": app.code}, follow=True)

    assert len(re.findall(r"<code>\d{8}</code>", response.content.decode())) == 10
    assert newcomer.cookies["session"].value != before
    assert newcomer.get("/desk/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_new_app_is_told_by_mail(newcomer, mailoutbox):
    page = newcomer.get("/sign-in/2fa/totp/activate/").content.decode()
    app = App(re.search(r"<code>([A-Z2-7]+)</code>", page)[1])

    newcomer.post("/sign-in/2fa/totp/activate/", {"code": app.code})

    assert "second step" in mailoutbox[-1].subject


def test_the_picture_to_scan_needs_no_other_server_and_no_inline_style(newcomer):
    page = newcomer.get("/sign-in/2fa/totp/activate/").content.decode()

    assert 'src="data:image/svg+xml;base64,' in page
    assert " style=" not in page
    assert "<script>" not in page


def test_a_wrong_first_code_sets_nothing_up(newcomer, town):
    newcomer.get("/sign-in/2fa/totp/activate/")

    newcomer.post("/sign-in/2fa/totp/activate/", {"code": "000000"})

    assert not Authenticator.objects.filter(user=town.ada).exists()
    assert newcomer.get("/desk/").status_code == 302


def test_the_secret_of_an_app_is_not_kept_in_the_clear(town, with_app):
    app = with_app(town.ada)

    kept = town.ada.authenticator_set.get(type="totp")

    assert app.secret not in str(kept.data)
    assert kept.wrap().validate_code(app.code)


def test_the_only_second_step_of_staff_is_replaced_and_never_just_removed(stranger, town, with_app):
    app = with_app(town.ada)
    sign_in(stranger, town.ada)
    stranger.post("/sign-in/2fa/authenticate/", {"code": app.code})

    refused = stranger.post("/sign-in/2fa/totp/deactivate/").content.decode()
    page = stranger.get("/sign-in/2fa/totp/activate/").content.decode()
    new = App(re.search(r"<code>([A-Z2-7]+)</code>", page)[1])
    stranger.post("/sign-in/2fa/totp/activate/", {"code": new.code})

    assert "Set up a new one before you remove it" in refused
    assert town.ada.authenticator_set.get(type="totp").wrap().validate_code(new.code)
    assert new.secret != app.secret
    assert stranger.get("/desk/").status_code == 200


def test_a_customer_may_remove_their_app(client, marie, with_app):
    with_app(marie)
    client.force_login(marie)
    client.post("/sign-in/reauthenticate/", {"password": PASSWORD})

    client.post("/sign-in/2fa/totp/deactivate/")

    assert not marie.authenticator_set.exists()


def test_an_app_set_up_elsewhere_is_asked_for_here(client, town, with_app):
    app = with_app(town.ada)
    client.force_login(town.ada)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()

    asked = client.get("/desk/")
    response = client.post(asked.url, {"code": app.code})

    assert asked.url.startswith("/sign-in/2fa/reauthenticate/")
    assert response.url == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_staff_sign_in_anew_each_day_and_customers_every_two_weeks(stranger, client, town, marie, with_app):
    app = with_app(town.ada)
    sign_in(stranger, town.ada)
    stranger.post("/sign-in/2fa/authenticate/", {"code": app.code})
    marie.set_password(PASSWORD)
    marie.save()
    sign_in(client, marie)

    assert stranger.session.get_expiry_age() <= 12 * 3600
    assert client.session.get_expiry_age() > 13 * 24 * 3600


def test_a_customer_may_have_an_app_too(client, stranger, marie, with_app):
    app = with_app(marie)

    first = sign_in(stranger, marie)
    response = stranger.post(first.url, {"code": app.code})

    assert response.url == "/fr/account/"
    assert User.objects.get(pk=marie.pk).has_second_factor


def test_staff_set_their_second_step_up_in_the_language_they_prefer(newcomer, town):
    User.objects.filter(pk=town.ada.pk).update(language="fr")

    page = newcomer.get("/sign-in/2fa/totp/activate/").content.decode()

    assert '<html lang="fr">' in page


def test_customers_set_an_app_up_in_the_language_of_the_address(stranger, marie):
    User.objects.filter(pk=marie.pk).update(language="fr")
    stranger.force_login(marie)

    page = stranger.get("/sign-in/2fa/").content.decode()

    assert '<html lang="en">' in page
