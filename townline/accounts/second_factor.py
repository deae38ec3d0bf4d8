"""The second factor of staff: a passkey, or codes from an app (TOTP), with recovery codes for a lost phone."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.internal.flows.add import redirect_if_add_not_allowed
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from cryptography.fernet import Fernet, MultiFernet
from csp.decorators import csp_update
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Municipality, User
from townline.accounts.passkeys import METHOD, asked_of, forget_given, has_passkey, is_last_factor, options_of


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
        "cannot_delete_authenticator": _l("This is your only second step. Set up a new one before you remove it."),
    }

    def get_totp_issuer(self) -> str:
        """What the app shows: the name of the front door."""
        municipality = Municipality.objects.first()
        return str(municipality.service_name) if municipality else "Townline"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep at least one second step."""
        return not is_last_factor(authenticator)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """What a passkey is called until somebody calls it something."""
        before = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)d") % {"number": before + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the installation's address, whichever name a request came by."""
        return {"id": urlsplit(settings.BASE_URL).hostname or "localhost", "name": self.get_totp_issuer()}

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


class SecondStepView(AuthenticateView):  # type: ignore[misc]
    """The second step when signing in: whichever of the two somebody has."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The passkey first, because it is the quicker."""
        context: dict[str, Any] = super().get_context_data(**more)
        if has_passkey(self.stage.login.user):
            context["passkey"] = options_of(context["js_data"]["request_options"])
        return context


class SecondStepAgainView(ReauthenticateView):  # type: ignore[misc]
    """The second step before something sensitive, or of a session that has not given it."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The passkey as well."""
        context: dict[str, Any] = super().get_context_data(**more)
        return context | {"passkey": asked_of(self.request.user)}


@method_decorator(csp_update({"img-src": ["'self'", "data:"]}), name="dispatch")
class SetUpView(ActivateTOTPView):  # type: ignore[misc]
    """Scanning the picture and typing a first code; that code is the second factor of this session.

    Whoever has an app already sets up another in its place, for instance on a
    new phone: at no moment is there none.
    """

    @method_decorator(redirect_if_add_not_allowed)
    @method_decorator(reauthentication_required(app="allauth.mfa"))
    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Also for whoever has one, which allauth sends away."""
        response: HttpResponse = super(ActivateTOTPView, self).dispatch(request, *args, **options)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        """Put it in the place of the old one; remember it as given, in a session with a new key."""
        with transaction.atomic():
            Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.TOTP).delete()
            response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method=METHOD, type="totp")
        self.request.session.cycle_key()
        return response


class TakeDownView(DeactivateTOTPView):  # type: ignore[misc]
    """Leaving an app; not the last second step of staff."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Forget that it was given. What was taken away elsewhere in this moment counts."""
        User.objects.select_for_update().get(pk=self.request.user.pk)
        if is_last_factor(self.authenticator):
            return redirect("mfa_deactivate_totp")
        response: HttpResponse = super().form_valid(form)
        forget_given(self.request, method=METHOD, type="totp")
        return response
