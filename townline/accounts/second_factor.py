"""The second factor of staff: codes from an app (TOTP), with recovery codes for a lost phone."""

import base64
import hashlib
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from cryptography.fernet import Fernet, MultiFernet
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Municipality

METHOD = "mfa"


def is_given(request: HttpRequest, user: Any) -> bool:
    """Has this user given their second factor in this session?"""
    return any(record["method"] == METHOD for record in get_authentication_records(request, user))


def _cipher() -> MultiFernet:
    secrets = [force_bytes(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(b"townline.second-factor:" + secret).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Where our house differs from allauth's."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _l("This code is not right. The app shows a new one every half minute."),
        "unverified_email": _l("First confirm your e-mail address."),
    }

    def get_totp_issuer(self) -> str:
        """What the app shows: the name of the front door."""
        municipality = Municipality.objects.first()
        return str(municipality.service_name) if municipality else "Townline"

    def encrypt(self, text: str) -> str:
        """The shared secret is not kept in the clear: a copy of the database makes no codes."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """With the installation's secret key, or one it had before."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


class WaysView(IndexView):  # type: ignore[misc]
    """All the ways somebody can sign in, and where to change each."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Phones only where texts can be sent."""
        context: dict[str, Any] = super().get_context_data(**more)
        return context | {"texts": settings.SMS_URL}


@method_decorator(csp_update({"img-src": ["'self'", "data:"]}), name="dispatch")
class SetUpView(ActivateTOTPView):  # type: ignore[misc]
    """Scanning the picture and typing a first code; that code is the second factor of this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remember the factor as given, in a session with a new key."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method=METHOD, type="totp")
        self.request.session.cycle_key()
        return response


class TakeDownView(DeactivateTOTPView):  # type: ignore[misc]
    """Leaving an app, for instance for a new phone: at the desk the session starts again without a second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Forget that it was given."""
        response: HttpResponse = super().form_valid(form)
        given = self.request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        self.request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in given if one["method"] != METHOD]
        return response
