"""What all tests share: the town, its people at the keyboard, a stopped clock, and a browser that looks at pages."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from pytest_django.live_server_helper import LiveServer

from townline.accounts.models import User
from townline.timeline.triggers import writable

AXE = Path(__file__).resolve().parents[1] / "node_modules/axe-core/axe.min.js"
VIOLATIONS = """async (rules) => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  return found.violations.map((each) => [each.id, each.nodes.map((node) => node.target)]);
}"""
"""Only what is wrong is worked out in full and handed over: what passes is ten times as much."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks a database: only that says something new when it is run on another one."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or names & {"db", "transactional_db", "django_db_setup"}:
            item.add_marker("database")


class StaffClient(Client):
    """A browser; staff who sign in through `force_login` have given their second factor."""

    def force_login(self, user: Any, backend: str | None = None) -> None:
        """Sign in at once."""
        super().force_login(user, backend or "allauth.account.auth_backends.AuthenticationBackend")
        if getattr(user, "kind", "") == User.Kind.STAFF:
            session = self.session
            # Whoever signs in has just been seen; noting it, once a minute, is no part of what a page costs.
            User.objects.saw(user)
            session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0}]
            session["account_authentication_methods_user"] = user_id_to_str(user)
            session.save()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Each test begins in the first language; a page in the other one leaves its language behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def client() -> Client:
    """A browser with nobody signed in."""
    return StaffClient()


@pytest.fixture
def town(db: None) -> Any:
    """The invented town with its cast."""
    from townline.site.town import Town

    return Town()


@pytest.fixture
def as_member(town: Any) -> Callable[[str], Client]:
    """A browser in which this member of the cast is signed in."""

    def signed_in(key: str) -> Client:
        browser = StaffClient()
        browser.force_login(getattr(town, key))
        return browser

    return signed_in


@pytest.fixture
def call(town: Any) -> Callable[..., Any]:
    """Ask the API with the key of a member of the cast: `call("ada", f"cases/{reference}/close", outcome="done")`."""
    from townline.accounts.models import ApiKey

    def answer(key: str, address: str, *, method: str = "post", **body: Any) -> Any:
        secret = ApiKey.issue(getattr(town, key), "a test")
        given = {"data": body} if method == "get" else {"data": body, "content_type": "application/json"}
        return getattr(Client(), method)(f"/api/v1/{address}", headers={"Authorization": f"Bearer {secret}"}, **given)

    return answer


@pytest.fixture
def work(db: None) -> Callable[[], int]:
    """Let the worker do everything that is due, here and now."""
    from townline.jobs.worker import run_due

    return run_due


@pytest.fixture
def way_of(db: None) -> Callable[[Any], str]:
    """How the database would answer these rows if its tables were big: PostgreSQL reads a small one through."""

    def explained(rows: Any) -> str:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        return str(rows.explain())

    return explained


@pytest.fixture(scope="session", autouse=True)
def emptying_reaches_the_events() -> Iterator[None]:
    """Lift the guard of the events while Django empties the tables after a test that committed."""
    plain = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def empty(self: TransactionTestCase) -> None:
        with writable():
            plain(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


class OneAtATime(StaticFilesHandler):
    """Answers one request after the other: an SQLite in memory is one connection for all threads."""

    turn = threading.Lock()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Wait for the one before."""
        with self.turn:
            return super().__call__(environ, start_response)


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, django_db_blocker: Any) -> Iterator[LiveServer]:
    """The site, served from the tests' own database, whichever that is."""
    with django_db_blocker.unblock():
        server = LiveServer("127.0.0.1", start=False)
        if server.thread.connections_override:
            server.thread.static_handler = OneAtATime
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, started once: `TOWNLINE_CHROMIUM`, else the one on the path."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = os.environ.get("TOWNLINE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Any, live_server: LiveServer) -> Iterator[Callable[..., Any]]:
    """Opens an address of the running site: `look("/track/", width=320)`, signed in as `who` if that is given."""
    contexts = []

    def open_page(address: str, width: int = 1280, who: User | None = None, **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url, **options)
        contexts.append(context)
        if who:
            keys = StaffClient()
            keys.force_login(who)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": keys.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def findings() -> Callable[[Any], list[Any]]:
    """What axe finds on a page: WCAG 2.2 A and AA, and its best practices."""

    def found(page: Any) -> list[Any]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text())
        return [tuple(each) for each in page.evaluate(VIOLATIONS, RULES)]

    return found
