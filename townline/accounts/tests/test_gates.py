"""Who gets through which gate: every address of the site, as every kind of visitor."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from townline.accounts.models import User

SAMPLES = {"int": "1", "slug": "x", "str": "x", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}


def addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """All addresses there are, with something in the place of each argument."""
    for entry in (resolver or get_resolver()).url_patterns:
        part = str(entry.pattern)
        for converter in entry.pattern.converters.items():
            name, kind = converter[0], type(converter[1]).__name__.removesuffix("Converter").lower()
            sample = SAMPLES.get({"integer": "int", "string": "str"}.get(kind, kind), "x")
            for written in (f"<{kind}:{name}>", f"<int:{name}>", f"<str:{name}>", f"<slug:{name}>", f"<{name}>"):
                part = part.replace(written, sample)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, before + part)
        elif isinstance(entry, URLPattern):
            yield before + part.lstrip("^").rstrip("$")


DESK = sorted({found for found in addresses() if found.startswith("/desk/")})
ACCOUNT = sorted({found for found in addresses() if found.startswith("/account/")})


def test_there_are_addresses_behind_both_gates():
    assert "/desk/people/1/deactivate/" in DESK
    assert "/account/preferences/" in ACCOUNT


@pytest.mark.parametrize("address", DESK + ACCOUNT)
def test_nobody_gets_in_without_signing_in(db, address):
    response = Client().get(address)

    assert response.status_code == 302
    assert response.url.startswith("/sign-in/login/?next=")


def test_the_desk_does_not_exist_for_customers(db, marie):
    browser = Client()
    browser.force_login(marie)

    assert {browser.get(address).status_code for address in DESK} == {404}
    assert {browser.post(address).status_code for address in DESK} == {404}


def test_staff_without_a_second_factor_get_nowhere_at_the_desk(town):
    browser = Client()
    browser.force_login(town.ada)

    assert {browser.get(address).url.split("?")[0] for address in DESK} == {"/sign-in/2fa/totp/activate/"}


def test_another_system_without_a_key_gets_an_answer_and_not_a_page(db, town):
    case = town.case()

    response = Client().post(f"/api/v1/cases/{case.reference}/close", {}, "application/json")

    assert response.status_code == 401
    assert response["Content-Type"].startswith("application/problem+json")


def test_the_portal_is_open(town):
    assert Client().get("/").status_code == 200
    assert Client().get("/fr/").status_code == 200


def test_what_somebody_signed_in_saw_is_kept_by_no_cache(client, marie, town):
    client.force_login(marie)

    assert "no-store" in client.get("/account/")["Cache-Control"]
    assert "no-store" in client.get("/")["Cache-Control"]


@pytest.mark.parametrize("kind", ["customer", "staff"])
def test_who_is_switched_off_is_out_at_the_next_request(client, town, marie, kind):
    user = {"customer": marie, "staff": town.ada}[kind]
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert client.get("/account/").status_code == 302


def test_signing_out_ends_the_session(client, marie):
    client.force_login(marie)

    client.post("/sign-in/logout/")

    assert client.get("/account/").status_code == 302
