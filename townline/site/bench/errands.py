"""Customers at the last page of a request: drafts made beforehand, and browsers that send them.

Each draft has a browser session of its own, as in life, and stands at the
check page with everything answered.
"""

import re
import secrets
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from email.message import Message
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone

from townline.cases.intake import Contact, Place
from townline.cases.models import Draft
from townline.catalogue.models import Service
from townline.portal.asking import CHECK, Asking
from townline.site.bench.house import HOST
from townline.site.demo_town import plausible

SERVICE = "pothole"
PLACES = count(1)
SENTENCE = "An invented text for a measurement. It has been like this for about a week, on both sides of the road."


@dataclass(frozen=True)
class Errand:
    """One draft to send: where, with which cookies and which token."""

    draft_id: int
    check: str
    done: str
    cookie: str
    body: str


def prepare(many: int) -> list[Errand]:
    """So many drafts that are ready to be sent."""
    service = Service.objects.select_related("questions").get(code=SERVICE)
    assert service.questions
    answers = plausible(service.questions.parsed, timezone.localdate() - timedelta(days=1), SENTENCE)
    keys = [secrets.token_urlsafe(24) for _ in range(many)]
    begun = [_draft(service, answers, key, next(PLACES)) for key in keys]
    steps = Asking(begun[0], AnonymousUser(), "en").steps
    for draft in begun:
        draft.done = steps[:-1]
    drafts = Draft.objects.bulk_create(begun)
    return [_errand(draft, session) for draft, session in zip(drafts, _sessions(keys), strict=True)]


def _draft(service: Service, answers: dict[str, Any], key: str, number: int) -> Draft:
    """Each at a place of its own, 110 metres from the next: who reports what is known already is asked to follow it."""
    north, east = 43.88 + number % 200 / 1000, -78.95 + number // 200 % 300 * 0.0015
    contact = Contact(name=f"Invented Person {key[:6]}", email=f"{key[:12].lower()}@townline.example")
    return Draft(
        session_key=key, service=service, form_version=service.questions, answers=answers,
        place=asdict(Place(f"{number} Invented Street, Bowmanville", north, east)), contact=asdict(contact),
    )  # fmt: skip


def _sessions(keys: list[str]) -> list[str]:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    expires = timezone.now() + timedelta(days=1)
    rows = [
        Session(session_key=secrets.token_hex(16), session_data=store.encode({"drafter": key}), expire_date=expires)
        for key in keys
    ]
    return [row.session_key for row in Session.objects.bulk_create(rows)]


def _errand(draft: Draft, session: str) -> Errand:
    secret = secrets.token_hex(16)
    page = HttpRequest()
    page.META["CSRF_COOKIE"] = secret
    return Errand(
        draft_id=draft.pk,
        check=reverse("portal:ask", args=[draft.token, CHECK]),
        done=reverse("portal:done", args=[draft.token]),
        cookie=f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={secret}",
        body=urlencode({"csrfmiddlewaretoken": get_token(page)}),
    )


@dataclass(frozen=True)
class Answer:
    """What came back, with its bytes as they were sent; status 0 when nothing did."""

    status: int
    headers: Message
    body: bytes


NOTHING = Answer(0, Message(), b"")


class Browser:
    """One customer's browser: keeps its connection, and opens a new one when that breaks."""

    def __init__(self, port: int, timeout: float = 30) -> None:
        self.connection = HTTPConnection(HOST, port, timeout=timeout)

    def get(self, path: str, cookie: str = "", **headers: str) -> Answer:
        """A page."""
        return self._ask("GET", path, None, {"Cookie": cookie, **headers})

    def post(self, path: str, cookie: str, body: str) -> Answer:
        """Send a form."""
        return self._ask("POST", path, body, {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})

    def send(self, errand: Errand) -> bool:
        """Press “Send”; True when the answer leads to the page with the reference."""
        answer = self.post(errand.check, errand.cookie, errand.body)
        return answer.status == 302 and answer.headers.get("Location") == errand.done

    def read(self, errand: Errand) -> str:
        """The page with the reference; empty when it does not come."""
        answer = self.get(errand.done, errand.cookie)
        return answer.body.decode() if answer.status == 200 else ""

    def sign_in(self, key: str) -> str:
        """Become somebody of the demonstration's cast; the cookie that says so."""
        page = self.get("/demo/")
        csrf = page.headers["Set-Cookie"].split(";")[0]
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)
        assert token
        answer = self.post("/demo/", csrf, urlencode({"who": key, "csrfmiddlewaretoken": token[1].decode()}))
        found = re.findall(rf"{settings.SESSION_COOKIE_NAME}=\w+", ", ".join(answer.headers.get_all("Set-Cookie", [])))
        return str(found[0])

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        except (OSError, HTTPException):
            self.connection.close()
            return NOTHING


def timed(browser: Browser, errand: Errand, since: float | None = None) -> float:
    """Send it, and the seconds that took; counted from when it was due, when that is given."""
    began = time.perf_counter() if since is None else since
    if not browser.send(errand):
        raise RuntimeError(f"{errand.check} was not taken.")
    return time.perf_counter() - began
