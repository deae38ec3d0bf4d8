"""Creating an account: customers only, and nothing told to a stranger."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from townline.accounts.models import User
from townline.accounts.tests.conftest import ADDRESS


def test_an_account_is_made_with_a_code_and_no_password(stranger, code):
    stranger.post("/sign-in/signup/", {"email": ADDRESS})

    response = stranger.post("/sign-in/confirm-email/", {"code": code()})

    user = User.objects.get(email=ADDRESS)
    assert response.url == "/account/"
    assert user.kind == User.Kind.CUSTOMER
    assert not user.has_usable_password()
    assert user.verified_addresses == [ADDRESS]
    assert stranger.get("/account/").status_code == 200


def test_who_signs_up_in_french_gets_french_mail_and_a_french_account(stranger, mailoutbox, code):
    stranger.post("/fr/sign-in/signup/", {"email": ADDRESS})

    response = stranger.post("/fr/sign-in/confirm-email/", {"code": code()})

    assert User.objects.get(email=ADDRESS).language == "fr"
    assert response.url == "/fr/account/"


@pytest.mark.parametrize("smuggled", [{"kind": "staff"}, {"is_staff": "on", "roles": "1"}, {"password1": "x" * 12}])
def test_nothing_else_can_be_signed_up_for(stranger, code, smuggled):
    stranger.post("/sign-in/signup/", {"email": ADDRESS, **smuggled})
    stranger.post("/sign-in/confirm-email/", {"code": code(), **smuggled})

    user = User.objects.get(email=ADDRESS)
    assert (user.kind, user.is_staff, user.roles.count()) == ("customer", False, 0)
    assert not user.has_usable_password()


def seen(stranger, address):
    """What a browser shows after signing up with this address, the address itself apart."""
    response = stranger.post("/sign-in/signup/", {"email": address}, follow=True)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return response.redirect_chain, text.replace(address, "somebody")


def test_signing_up_with_the_address_of_staff_looks_like_any_sign_up(client, stranger, town, mailoutbox):
    unknown = seen(client, ADDRESS)

    known = seen(stranger, town.ada.email)

    assert known == unknown
    assert "You have one already" in mailoutbox[-1].body
    assert not re.search("[A-Z]{4}-[A-Z]{4}", mailoutbox[-1].body)


def test_signing_up_with_the_address_of_staff_changes_nothing_for_them(stranger, town, mailoutbox):
    stranger.post("/sign-in/signup/", {"email": town.ada.email})
    stranger.post("/sign-in/confirm-email/", {"code": "BCDF-GHJK"})

    town.ada.refresh_from_db()
    assert town.ada.kind == User.Kind.STAFF
    assert User.objects.filter(email=town.ada.email).count() == 1
    assert not EmailAddress.objects.filter(user=town.ada).exists()
    assert stranger.get("/account/").status_code == 302


def test_signing_up_with_another_customers_address_gives_no_way_in(stranger, marie, mailoutbox):
    stranger.post("/sign-in/signup/", {"email": marie.email})

    response = stranger.post("/sign-in/confirm-email/", {"code": ""})

    assert response.status_code == 200
    assert stranger.get("/account/").status_code == 302


def test_after_three_wrong_codes_even_the_right_one_is_too_late(stranger, code):
    stranger.post("/sign-in/signup/", {"email": ADDRESS})
    right = code()
    for wrong in ("BBBB-BBBB", "CCCC-CCCC", "DDDD-DDDD"):
        stranger.post("/sign-in/confirm-email/", {"code": wrong})

    response = stranger.post("/sign-in/confirm-email/", {"code": right})

    assert response.url == "/sign-in/login/"
    assert stranger.get("/account/").status_code == 302


def test_the_true_owner_takes_over_a_sign_up_that_somebody_else_began(client, stranger, code):
    stranger.post("/sign-in/signup/", {"email": ADDRESS})

    client.post("/sign-in/login/", {"login": ADDRESS})
    client.post("/sign-in/login/code/confirm/", {"code": code()})

    assert client.get("/account/").status_code == 200
    assert stranger.get("/account/").status_code == 302


def test_a_sign_up_that_never_came_back_is_forgotten_after_a_week(stranger, marie, town, mailoutbox):
    from townline.accounts.schedule import forget_what_has_expired

    stranger.post("/sign-in/signup/", {"email": "unfinished@example.org"})
    long_ago = timezone.now() - timedelta(days=8)
    User.objects.update(joined_at=long_ago)

    forget_what_has_expired.func()

    assert not User.objects.filter(email="unfinished@example.org").exists()
    assert User.objects.filter(pk__in=[marie.pk, town.ada.pk]).count() == 2
