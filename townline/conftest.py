"""What all tests share: the town, its people at the keyboard, and a stopped clock."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from townline.accounts.models import User


class StaffClient(Client):
    """A browser; staff who sign in through `force_login` have given their second factor."""

    def force_login(self, user: Any, backend: str | None = None) -> None:
        """Sign in at once."""
        super().force_login(user, backend or "allauth.account.auth_backends.AuthenticationBackend")
        if getattr(user, "kind", "") == User.Kind.STAFF:
            session = self.session
            session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0}]
            session["account_authentication_methods_user"] = user_id_to_str(user)
            session.save()


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
def work(db: None) -> Callable[[], int]:
    """Let the worker do everything that is due, here and now."""
    from townline.jobs.worker import run_due

    return run_due
