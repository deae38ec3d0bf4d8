"""What the tests of signing in share: fresh counts, the code in the latest mail, the app on a phone."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from townline.accounts.models import User

ADDRESS = "marie.tremblay@example.org"
PASSWORD = "quatre mots dont on se souvient"


@pytest.fixture(autouse=True)
def fresh_counts(db: None) -> Iterator[None]:
    """Nobody has tried anything yet."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def stranger() -> Client:
    """A browser with nobody signed in."""
    return Client()


@pytest.fixture
def code(mailoutbox: Any) -> Callable[[], str]:
    """The code in the mail that came last."""
    return lambda: re.findall(r"^[A-Z]{4}-[A-Z]{4}$", mailoutbox[-1].body, re.M)[0]


@pytest.fixture
def marie(db: None) -> User:
    """A customer with an account and a confirmed address."""
    user = User.objects.create_user(ADDRESS, name="Marie Tremblay", language="fr")
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=True)
    return user


class App:
    """The app on somebody's phone that makes codes."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    @property
    def code(self) -> str:
        """What it shows now."""
        return format_hotp_value(hotp_value(self.secret, int(time.time()) // 30))


@pytest.fixture
def with_app() -> Callable[[User], App]:
    """Give a member of staff a confirmed address, a password and an app."""

    def given(user: User) -> App:
        EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
        user.set_password(PASSWORD)
        user.save()
        app = App(generate_totp_secret())
        TOTP.activate(user, app.secret)
        user.authenticator_set.filter(type="recovery_codes").delete()
        RecoveryCodes.activate(user)
        return app

    return given
