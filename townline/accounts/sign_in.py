"""Signing in and up: customers by a code to their e-mail, staff with a second factor besides.

Sign-up makes customers only. Staff come from an invitation, the pack's demo or
an identity provider, and never by matching a customer's account.
"""

from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from townline.accounts.models import Municipality, User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Where our house differs from allauth's."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Whoever signs up is a customer."""
        user.kind = User.Kind.CUSTOMER
        user.language = (get_language() or "en")[:2]
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to the desk, customers to their requests."""
        if request.user.is_authenticated and request.user.is_employee:
            return reverse("desk:home")
        return reverse("portal:account")

    def get_from_email(self) -> str:
        """The municipality's own address."""
        municipality = Municipality.objects.first()
        found: str = (municipality and municipality.email) or super().get_from_email()
        return found

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a code now; when the mail server is away, say so instead of failing."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            messages.error(
                self.request,
                _("We cannot send e-mail at the moment. Please try again in a few minutes, or call us."),
            )
