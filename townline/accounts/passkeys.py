"""Passkeys: signing in with the lock of one's own device, for everybody.

Each is bound to the installation's address (a copied page gets nothing), is
kept on the device so that no address need be typed, and is used only after the
device has checked who holds it; so one passkey is both steps for staff.
For customers it is another way in and locks no other.
"""

import json
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import auto_generate_recovery_codes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn import views
from allauth.mfa.webauthn.internal import auth, flows
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import User

METHOD = "mfa"
LONGEST_NAME = 60
WRONG = _l("This passkey did not work. Try again, or sign in another way.")
NOT_UNDERSTOOD = (TypeError, ValueError, KeyError, AttributeError)


def options_of(begun: dict[str, Any]) -> str:
    """What the browser is asked, as the page carries it."""
    return json.dumps(begun)


def has_passkey(user: Any) -> bool:
    """Can this person be asked for a passkey?"""
    return bool(is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]))


def asked_of(user: Any) -> str:
    """What the browser is asked when this person is to use a passkey now; empty if they have none."""
    return options_of(auth.begin_authentication(user)) if has_passkey(user) else ""


def is_last_factor(authenticator: Authenticator) -> bool:
    """Would a member of staff be left with no second step at all?"""
    steps = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return authenticator.user.is_employee and not steps.exclude(pk=authenticator.pk).exists()


def forget_given(request: HttpRequest, **which: Any) -> None:
    """What is taken away was not given: the session loses the steps that were made with it."""
    given = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    left = [one for one in given if any(one.get(key) != value for key, value in which.items())]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = left


def demand_own_origin(response: Any) -> None:
    """Only a page of this installation's own address asks; not even one of a neighbour below the same name."""
    made = response.client_data.origin
    ours = urlsplit(settings.BASE_URL)
    if made != f"{ours.scheme}://{ours.netloc}".lower():
        raise ValueError(made)


class SecondStepStage(AuthenticateStage):  # type: ignore[misc]
    """The second step when signing in; a customer's passkey is another way in, not another lock.

    Nor is it asked for again where the identity provider's counts.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        if user and user.is_customer and not is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            return False
        if any(given.get("type") == "oidc" for given in get_authentication_records(request, user)):
            return False
        return bool(super()._should_handle(request))


class Presented:
    """A form with what a passkey answered: anything that is not in order gets one sentence."""

    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["credential"].error_messages |= {"required": WRONG, "invalid": WRONG}  # type: ignore[attr-defined]

    def clean_credential(self) -> Any:
        """The passkey that was used."""
        try:
            demand_own_origin(auth.parse_authentication_response(self.cleaned_data["credential"]).response)
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError as refused:
            if refused.code != "incorrect_code":
                raise
        except NOT_UNDERSTOOD:
            pass
        raise ValidationError(WRONG, code="incorrect_code")


class SignInWith(Presented, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in with a passkey alone."""


class SecondStepWith(Presented, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step."""


class AgainWith(Presented, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey, before something sensitive."""


class NewPasskey(webauthn.SignupWebAuthnForm):  # type: ignore[misc]
    """A name for it, and what the device made."""

    name = forms.CharField(
        label=_l("Name of the passkey"),
        help_text=_l("So that you know it later, for instance “My phone”."),
        max_length=LONGEST_NAME,
        required=False,
    )
    field_order: ClassVar[list[str]] = ["name", "credential"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["credential"].error_messages |= {"required": WRONG, "invalid": WRONG}

    def clean(self) -> dict[str, Any]:
        """Made for this address, by a device that checked who holds it."""
        credential = self.cleaned_data.get("credential")
        try:
            if credential:
                demand_own_origin(auth.parse_registration_response(credential).response)
            given: dict[str, Any] = super().clean()
            return given
        except (ValidationError, *NOT_UNDERSTOOD) as refused:
            raise ValidationError(_("This passkey was not added. Please try again.")) from refused


class PasskeyName(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for it."""

    name = forms.CharField(label=_l("Name of the passkey"), max_length=LONGEST_NAME)


class AddView(views.AddWebAuthnView):  # type: ignore[misc]
    """Making a passkey; for staff it is the second step of this session at once."""

    form_class = NewPasskey

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """A new challenge each time the page is shown."""
        context: dict[str, Any] = super(views.AddWebAuthnView, self).get_context_data(**more)
        return context | {"passkey": options_of(auth.begin_registration(self.request.user, True))}

    def form_valid(self, form: NewPasskey) -> HttpResponse:
        """Keep it, tell by mail, and lead staff to their recovery codes, which customers do not need."""
        request, told = self.request, form.cleaned_data
        made = flows.signup_authenticator(request, request.user, told["name"], told["credential"])
        get_adapter(request).send_notification_mail("mfa/email/webauthn_added", request.user)
        if not request.user.is_employee:
            return redirect("mfa_list_webauthn")
        codes = auto_generate_recovery_codes(request)
        record_authentication(request, request.user, method=METHOD, type="webauthn", id=made.pk)
        request.session.cycle_key()
        return redirect("mfa_view_recovery_codes" if codes else "mfa_list_webauthn")


class RenameView(views.EditWebAuthnView):  # type: ignore[misc]
    """Calling it something else."""

    form_class = PasskeyName


class RemoveView(views.RemoveWebAuthnView):  # type: ignore[misc]
    """Taking one away; not the last second step of staff."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Say beforehand when it stays."""
        context: dict[str, Any] = super().get_context_data(**more)
        return context | {"is_last": is_last_factor(self.object)}

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Two at once could both leave the other: one after the other they cannot."""
        passkey = self.get_object()
        User.objects.select_for_update().get(pk=self.request.user.pk)
        if is_last_factor(passkey):
            refused: HttpResponse = self.render_to_response(self.get_context_data(), status=409)
            return refused
        which = passkey.pk
        flows.remove_authenticator(self.request, passkey)
        forget_given(self.request, method=METHOD, id=which)
        return redirect(self.get_success_url())


class SignInView(views.LoginWebAuthnView):  # type: ignore[misc]
    """Signing in with a passkey, back to where somebody wanted to go."""

    form_class = SignInWith

    def form_valid(self, form: SignInWith) -> HttpResponse:
        """The usual way in: who is switched off stays out."""
        passkey = form.cleaned_data["credential"]
        onward = get_next_redirect_url(self.request)
        response: HttpResponse = flows.perform_passwordless_login(
            self.request, passkey, Login(user=passkey.user, redirect_url=onward)
        )
        return response


class AgainView(views.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey, once more, before something sensitive."""

    form_class = AgainWith

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """What is asked of the browser."""
        context: dict[str, Any] = super().get_context_data(**more)
        return {**context, **more, "passkey": options_of(context["js_data"]["request_options"])}

    def form_invalid(self, form: AgainWith) -> HttpResponse:
        """Say so, and let them try again."""
        for sentence in form.errors.get("credential", []):
            messages.error(self.request, sentence)
        again: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return again
