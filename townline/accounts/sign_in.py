"""Signing in and up: customers by a code to their e-mail or phone, staff with a second factor besides.

Sign-up makes customers only. Staff come from an invitation, the pack's demo or
an identity provider, and never by matching a customer's account. A page says
the same whether or not an address is known; what is so stands in the mail.
"""

import time
from datetime import timedelta
from ipaddress import ip_address, ip_network
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import EmailVerificationStage
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts import oidc
from townline.accounts.models import Municipality, User
from townline.accounts.passkeys import SecondStepStage
from townline.accounts.phones import Phones

STAFF_SESSION = timedelta(hours=12)
PAGES = {"sign_in_url": "account_login", "sign_up_url": "account_signup", "password_url": "account_reset_password"}


def shorten_session(request: HttpRequest) -> None:
    """Staff sign in anew each working day; customers stay signed in for two weeks."""
    if request.user.is_authenticated and request.user.is_employee:
        request.session.set_expiry(int(STAFF_SESSION.total_seconds()))


class EmailStage(EmailVerificationStage):  # type: ignore[misc]
    """Asks for a code from an e-mail address, unless the account lives on a phone number, or the provider vouches."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Pass on whoever has no address, and whoever the identity provider knows."""
        user = self.login.user
        if user and (not user.email or oidc.has_come(self.request, user)):
            return None, True
        handled: tuple[HttpResponse | None, bool] = super().handle()
        return handled


class AccountAdapter(Phones, DefaultAccountAdapter):  # type: ignore[misc]
    """Where our house differs from allauth's."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _l("The e-mail address or the password is not right."),
        "phone_password_mismatch": _l("The phone number or the password is not right."),
        "incorrect_code": _l("This code is not right. Check it, or ask for a new one."),
        "incorrect_password": _l("This password is not right."),
        "enter_current_password": _l("This is not the password you have now."),
        "email_taken": _l("This address cannot be used."),
        "phone_taken": _l("This number cannot be used."),
        "same_as_current": _l("This is the one you have now."),
        "duplicate_email": _l("This is the address you have now."),
        "too_many_login_attempts": _l("Too many wrong tries. Wait five minutes, then try again."),
        "rate_limited": _l("Wait half a minute before you ask for another code."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Whoever signs up is a customer."""
        user.kind = User.Kind.CUSTOMER
        user.language = (get_language() or "en")[:2]
        form.cleaned_data["email"] = form.cleaned_data.get("email") or None
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def get_login_stages(self) -> list[str]:
        """As usual, but with our own way of asking for the e-mail address and for the second step."""
        ours = {"EmailVerificationStage": EmailStage, "AuthenticateStage": SecondStepStage}
        stages = [(path, ours.get(path.rpartition(".")[2])) for path in super().get_login_stages()]
        return [f"{own.__module__}.{own.__name__}" if own else path for path, own in stages]

    def pre_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse | None:
        """Nobody signs in as the system, and staff who are kept to the identity provider only through it."""
        if user.kind == User.Kind.SYSTEM:
            refused: HttpResponse = self.respond_user_inactive(request, user)
            return refused
        if oidc.is_kept_to_provider(user) and not oidc.has_come(request, user):
            clear_login(request)
            sentence = _("Staff sign in with their work account here. Use the button “%(button)s”.")
            messages.error(request, sentence % {"button": oidc.label()})
            return redirect("account_login")
        response: HttpResponse | None = super().pre_login(request, user, **more)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, for as long as it suits this kind of user."""
        super().login(request, user)
        shorten_session(request)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Who signed in a moment ago has just proved who they are."""
        given = get_authentication_records(self.request, self.request.user)
        if given and time.time() - given[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **more))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to the desk, customers to their requests, in their language."""
        if request.user.is_authenticated and request.user.is_employee:
            return reverse("desk:home")
        with translation.override(request.user.language if request.user.is_authenticated else get_language()):
            return reverse("portal:account")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The same after signing up."""
        return self.get_login_redirect_url(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The portal's first page, in the language of the page they were on."""
        return reverse("portal:home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where the ways to sign in are listed."""
        return reverse("mfa_index")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """After a change of address the same; after signing up, where everybody goes."""
        if self.request.user.is_authenticated:
            return reverse("mfa_index")
        return reverse("account_login")

    def is_safe_url(self, url: str) -> bool:
        """Only our own pages; not even another host that serves us."""
        request = self.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where attempts are counted: whoever has one IPv6 address has the whole /64 around it."""
        address = ip_address(super().get_client_ip(request))
        if address.version == 4:
            return str(address)
        return str(address.ipv4_mapped or ip_network((int(address), 64), strict=False))

    def get_from_email(self) -> str:
        """The municipality's own address."""
        municipality = Municipality.objects.first()
        own = settings.MAIL_FROM or (municipality and municipality.email)
        return own or f"townline@{urlsplit(settings.BASE_URL).hostname}"

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """Answers to such mail are read by no machine."""
        marked = {"Auto-Submitted": "auto-generated", **(headers or {})}
        written: EmailMessage = super().render_mail(template_prefix, email, context, headers=marked)
        return written

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send now, in the language of the account; when the mail server is away, say so instead of failing."""
        known = User.objects.filter(email=email).first()
        with translation.override(known.language if known else get_language()):
            pages = {name: settings.BASE_URL + reverse(page) for name, page in PAGES.items()}
            words = {**context, **pages, "municipality": Municipality.objects.first()}
            try:
                super().send_mail(template_prefix, email, words)
                return
            except (SMTPException, OSError):
                pass
        sentence = _("We cannot send e-mail at the moment. Please try again in a few minutes, or call us.")
        messages.error(self.request, sentence)
