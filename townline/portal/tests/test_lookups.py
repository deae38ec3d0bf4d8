"""A look-up tells a stranger nothing: the same words, and the same questions to the database."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from townline.accounts.models import User
from townline.core.references import make
from townline.doorstep.tests.doings import held

CHANGES = re.compile(r'csrfmiddlewaretoken" value="[^"]+"|TV-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]|\d+')
PLUMBING = re.compile("SAVEPOINT|accounts_count")
"""Boundaries of transactions, whose names differ, and the shared cache in which wrong tries are counted."""


def asked(address, **typed):
    """The words of the answer, and what was asked of the database for it."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = Client().post(address, typed)
    said = [one["sql"].split(" WHERE ")[0] for one in queries if not PLUMBING.search(one["sql"])]
    return CHANGES.sub("", answer.content.decode()), said


@pytest.mark.parametrize("kind", ["case", "held", "confidential"])
def test_a_reference_that_exists_and_one_that_does_not_are_answered_alike(town, kind):
    case = town.case("Lamp")
    known = held(town).reference if kind == "held" else case.reference
    type(case).objects.update(is_confidential=kind == "confidential")
    stranger = "stranger@example.org"
    asked("/track/", reference=make("TV"), proof=stranger)  # The first ever makes what later ones compare with.

    there = asked("/track/", reference=known, proof=stranger)
    nowhere = asked("/track/", reference=make("TV"), proof=stranger)

    assert there[0] == nowhere[0]
    assert there[1] == nowhere[1]


def test_an_address_with_an_account_and_one_without_are_answered_alike(town, mailoutbox):
    for email in ("known@example.org", town.ada.email):
        user = User.objects.filter(email=email).first() or User.objects.create_user(email)
        user.emailaddress_set.get_or_create(email=email, verified=True, primary=True)

    answers = [
        Client().post("/sign-in/login/code/", {"email": email})
        for email in ("known@example.org", town.ada.email, "unknown@example.org")
    ]
    signed_up = [
        Client().post("/sign-in/signup/", {"email": email})
        for email in ("known@example.org", town.ada.email, "new@example.org")
    ]

    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert len({(answer.status_code, answer["Location"]) for answer in signed_up}) == 1
    assert User.objects.get(email=town.ada.email).is_employee
