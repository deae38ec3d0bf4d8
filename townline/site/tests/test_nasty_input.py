"""Every address of the house, asked by everybody with what no person types: nothing breaks.

Whatever comes, the answer is ours: a page, a refusal, a redirect; never a
fault. Each request is taken back, so that the next one finds the same town.
"""

import json
import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from townline.accounts.invitations import invite
from townline.accounts.models import ApiKey, User
from townline.cases.drafting import Drafter
from townline.channels.models import Mail
from townline.jobs.models import Job

BY_DESIGN = ("ui/", "readyz")
"""The style guide shows the page of a fault with its own status; readiness says 503 when the worker is away."""

PIECES = [
    "%00", "a%00b", "%D9%A3", "-1", "9" * 19, "9" * 30, "9" * 4400, "%FF%FE", "%ED%A0%80", "%0d%0aX:%20y",
    "..%2f..%2fetc", "%3Cscript%3E", "%C3%A9" * 300,
]  # fmt: skip
VALUES = [
    "a\x00b", "\ud800", "٣", "-1", "9" * 19, "9" * 4400, "9999-12-31", "0001-01-01T00:00:00-23:59_1",
    "9999-12-31T23:59:59+00:00_" + "9" * 18, "9999-12-31T23:59:59-12:00~1", "0001-01-01T00:00:00~1",
    "2026-01-01T00:00:00+00:00~" + "9" * 40, "\r\nX: y", "<é\u202e\x1b%>" * 99, "//evil.example/",
]  # fmt: skip
TYPED = ["a\x00b", "\ud800", "9" * 30, "٣", "9999", "\r\nX: é" * 999, "-1"]
ASKED = ["after", "before", "q", "next", "reference", "state", "status", "service", "kind", "channel", "only",
         "department", "mine", "whose", "which", "code", "page", "lang"]  # fmt: skip
PLAUSIBLE: dict[str, str] = {
    "text": "words", "words": "words", "outcome": "done", "channel": "phone", "reason": "weather", "language": "en",
    "until_on_day": "1", "until_on_month": "2", "until_on_year": "2099", "seen": "1", "name": "Elena Rivera",
    "email": "elena.rivera@example.org", "phone": "905 555 0123", "address": "1 Main Street", "label": "Here",
    "proof": "elena.rivera@example.org", "login": "elena.rivera@example.org", "password": "correct horse battery",
    "code": "123456", "service": "pothole", "summary": "words", "place": "Here", "customer": "new", "case": "",
    "received_on_day": "1", "received_on_month": "2", "received_on_year": "2020", "draft": "A" * 22, "do": "raise",
    "again": "x", "next": "/desk/", "to": "1", "roles": "1", "departments": "1", "action_add": "", "oldpassword": "x",
    "password1": "correct horse battery", "password2": "correct horse battery", "resend": "",
}  # fmt: skip
BODIES: dict[str, Any] = {
    "text": "words", "words": "words", "outcome": "done", "to": "ada@townline.example", "channel": "phone",
    "reason": "weather", "until_on": "2099-01-01", "received_at": "2026-01-05T12:00:00Z", "name": "Elena Rivera",
}  # fmt: skip
PARTS = {"note": ["text"], "close": ["outcome", "words"], "assign": ["to"], "contact": ["channel", "received_at"],
         "wait": ["reason", "until_on"], "rename": ["name"]}  # fmt: skip
SENT = ["\x00", "\ud800", 9**99, -1, 1.5, None, [], {"a": {}}, "9999-12-31", "0001-01-01", "9999-12-31T23:59:59",
        "0001-01-01T00:00:00", "0001-01-01T00:00:00+23:59", "٣", "", True]  # fmt: skip
NAMES = re.compile(r' name="([^"]+)"')
STRAIGHT = {"Sec-Fetch-Site": "same-origin"}
FORM = {"content_type": "application/x-www-form-urlencoded", "headers": STRAIGHT}


def _form(fields: dict[str, str]) -> bytes:
    return urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in fields.items()}).encode()


def addresses() -> Iterator[str]:
    """Every address there is, as its pattern writes it."""

    def walk(resolver: Any, before: str) -> Iterator[str]:
        for one in resolver.url_patterns:
            address = before + str(one.pattern)
            if isinstance(one, URLPattern):
                yield address
            else:
                yield from walk(one, address)

    yield from dict.fromkeys(address for address in walk(get_resolver(), "") if not address.startswith(BY_DESIGN))


ADDRESSES = list(addresses())
PIECE = re.compile(r"<(?:(\w+):)?(\w+)>")


class House:
    """A town in which there is one of everything, and the browsers of those who come."""

    def __init__(self, town: Any) -> None:
        self.case = town.case(assignee=town.ada)
        mail = Mail.objects.order_by("-id").first()
        key = ApiKey.issue(town.lea, "a test")
        invitation = invite(by=town.ines, address="new@townline.example", name="New", roles=[], departments=[])
        customer = User.objects.create_user("elena.rivera@example.org", name="Elena Rivera")
        draft = Drafter("", customer).begin({}, town.pothole, "en")
        self.api = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {key}"})
        self.browsers = {"nobody": self._browser(None), "customer": self._browser(customer)}
        self.browsers |= {name: self._browser(getattr(town, name)) for name in ("lea", "rita", "ines")}
        self.known = {
            "reference": self.case.reference, "code": "pothole", "which": "newest", "whose": "all", "door": "report",
            "token": draft.token, "step": "where", "mail": mail.pk if mail else 1, "customers": town.rivera.pk,
            "people": town.ben.pk, "invitations": invitation.pk, "jobs": Job.objects.values_list("pk", flat=True)[0],
        }  # fmt: skip

    def _browser(self, user: Any) -> Client:
        from townline.conftest import StaffClient

        browser = StaffClient(raise_request_exception=False)
        if user:
            browser.force_login(user)
        return browser

    def visitors(self, pattern: str) -> list[Client]:
        """Those who have something to look for there."""
        if pattern.startswith("api/"):
            return [self.api]
        if pattern.startswith("desk/people"):
            return [self.browsers["ines"]]
        if pattern.startswith("desk/"):
            return [self.browsers[name] for name in ("ines" if "jobs" in pattern else "rita", "customer")]
        return [self.browsers[name] for name in ("customer", "nobody")]

    def address(self, pattern: str, **nasty: str) -> str:
        """The address with what is really there, but for the pieces that are given."""

        def piece(found: re.Match[str]) -> str:
            name = found[2]
            kind = pattern.split("/<")[0].split("/")[-1] if name == "pk" else name
            return nasty.get(name, quote(str(self.known.get(kind, 1))))

        return "/" + PIECE.sub(piece, pattern)

    def status(self, browser: Client, method: str, pattern: str) -> int:
        """How an address answers when nothing is odd; taken back."""
        mark = transaction.savepoint()
        cookies = browser.cookies.copy()
        answer = getattr(browser, method)(self.address(pattern), headers=STRAIGHT)
        transaction.savepoint_rollback(mark)
        browser.cookies = cookies
        return int(answer.status_code)

    def holds(self, browser: Client, method: str, address: str, **sent: Any) -> str:
        """What went wrong with this request, if anything did; everything else about it is taken back."""
        cache.clear()
        mark = transaction.savepoint()
        cookies = browser.cookies.copy()
        try:
            response = getattr(browser, method)(address, **sent)
        except Exception as error:
            return f"{method} {address[:90]} {str(sent)[:150]}: {error!r}"
        finally:
            transaction.savepoint_rollback(mark)
            browser.cookies = cookies
        is_fault = response.status_code >= 500
        return f"{method} {address[:90]} {str(sent)[:150]}: {response.status_code}" if is_fault else ""


@pytest.fixture
def house(town: Any) -> House:
    """One of everything."""
    return House(town)


def test_no_piece_of_an_address_breaks_anything(house):
    broken = [
        house.holds(browser, "get", house.address(pattern, **{name: piece}))
        for pattern in ADDRESSES
        for _kind, name in PIECE.findall(pattern)
        for piece in PIECES
        for browser in house.visitors(pattern)
    ]

    assert [one for one in broken if one] == []


def test_no_question_in_an_address_breaks_anything(house):
    shown = [(one, house.visitors(one)[0]) for one in ADDRESSES]
    shown = [(house.address(one), browser) for one, browser in shown if house.status(browser, "get", one) == 200]
    values = [value.encode("utf-8", "surrogatepass") for value in VALUES]
    broken = [
        house.holds(browser, "get", f"{address}?{urlencode(dict.fromkeys(ASKED, value))}")
        for address, browser in shown
        for value in values
    ]

    assert len(shown) > 30
    assert [one for one in broken if one] == []


@pytest.mark.parametrize("part", range(4))
def test_no_field_of_a_form_breaks_anything(house, part):
    broken = []
    for pattern in [one for one in ADDRESSES if not one.startswith("api/")][part::4]:
        address = house.address(pattern)
        first, *others = house.visitors(pattern)
        if house.status(first, "post", pattern) == 405:
            continue
        fields = NAMES.findall(first.get(address, headers=STRAIGHT).content.decode())
        forms = [{**PLAUSIBLE, name: value} for name, value in zip(dict.fromkeys(fields), cycle(TYPED), strict=False)]
        forms += [dict.fromkeys([*PLAUSIBLE, *fields, "who"], value) for value in TYPED]
        broken += [house.holds(first, "post", address, data=_form(form), **FORM) for form in forms]
        broken += [house.holds(one, "post", address, data=_form(forms[-2]), **FORM) for one in others]

    assert [one for one in broken if one] == []


def test_no_field_of_a_document_breaks_anything(house):
    whole = ["null", "[]", "{", '"x"', "[" * 100_000, b"\xff\xfe", '{"text": "\\ud800"}', '{"until_on": 1e400}']
    verbs = [one for one in ADDRESSES if one.startswith("api/") and one.count("/") > 3]
    sent = [(verb, body) for verb in verbs for body in whole]
    for verb, names in PARTS.items():
        address = next(one for one in verbs if one.endswith(f"/{verb}"))
        sent += [(address, json.dumps({**BODIES, name: value})) for name in names for value in SENT]

    broken = [
        house.holds(house.api, "post", house.address(pattern), data=body, content_type="application/json")
        for pattern, body in sent
    ]

    assert [one for one in broken if one] == []
