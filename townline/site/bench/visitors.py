"""Sessions of staff who have signed in with their second factor, for browsers of a measurement."""

from importlib import import_module
from typing import Any

from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from townline.accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def second_factor_of(user: User) -> dict[str, Any]:
    """What a session holds of somebody who gave their second factor."""
    return {
        "account_authentication_methods": [{"method": "mfa", "at": 0.0}],
        "account_authentication_methods_user": user_id_to_str(user),
    }


def sign_in_all(users: list[User]) -> list[str]:
    """A cookie for each."""
    return [_signed_in(user) for user in users]


def _signed_in(user: User) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update(
        {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: user.get_session_auth_hash()}
        | second_factor_of(user)
    )
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
