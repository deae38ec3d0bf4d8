"""Signing up and in with a code to a mobile phone, for an installation that can send texts.

`TOWNLINE_SMS_URL` names a gateway that takes a POST of `{"to": "+19055550123",
"text": "…"}` as JSON and answers 2xx; without it there are no phone codes.
"""

import json
import logging
import urllib.request
from typing import Any

import phonenumbers
from django import forms
from django.conf import settings
from django.contrib import messages
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Municipality, User

log = logging.getLogger(__name__)
SECONDS = 10


class NotSent(Exception):
    """The gateway is away or refused."""


class Straight(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a text goes to the gateway that was set, or nowhere."""

    def redirect_request(self, *args: Any) -> None:
        """Never another address."""


def e164(number: str) -> str:
    """A number as it is kept and compared, such as +19055550123; empty when it cannot be one."""
    try:
        found = phonenumbers.parse(number, "CA")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(found):
        return ""
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def send_text(to: str, text: str) -> None:
    """Hand one text to the gateway."""
    headers = {"Content-Type": "application/json", "User-Agent": "Townline"}
    if settings.SMS_TOKEN:
        headers["Authorization"] = f"Bearer {settings.SMS_TOKEN}"
    body = json.dumps({"to": to, "text": text}).encode()
    request = urllib.request.Request(settings.SMS_URL, data=body, headers=headers, method="POST")
    try:
        urllib.request.build_opener(Straight).open(request, timeout=SECONDS).close()
    except OSError as error:
        raise NotSent(type(error).__name__) from None


class PhoneField(forms.CharField):
    """A phone number, typed as people write it; kept as E.164."""

    def __init__(self, **options: Any) -> None:
        attrs = {"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
        defaults = {"label": _l("Mobile phone number"), "max_length": 40, "widget": forms.TextInput(attrs=attrs)}
        super().__init__(**{**defaults, **options})

    def clean(self, value: Any) -> str:
        """The number, or a sentence on how to write it."""
        typed = super().clean(value)
        number = e164(typed) if typed else ""
        if typed and not number:
            raise forms.ValidationError(_("Enter a phone number with its area code, such as 905-555-0123."))
        return number


class Phones:
    """What allauth asks of us about phones; part of the account adapter."""

    request: Any

    def phone_form_field(self, **options: Any) -> PhoneField:
        """The field of every form that asks for a number."""
        return PhoneField(**options)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """The number of an account, and whether it was confirmed."""
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Keep a number with an account."""
        user.phone = phone
        user.phone_verified_at = timezone.now() if verified else None
        user.save(update_fields=["phone", "phone_verified_at"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """A code sent to this number came back."""
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> User | None:
        """Whose number this is."""
        number = e164(phone)
        return User.objects.filter(phone=number).first() if number else None

    def send_verification_code_sms(self, user: User, phone: str, code: str, **more: Any) -> None:
        """The code, in the language of the account."""
        with translation.override(user.language):
            self._text(phone, _("%(service)s: your code is %(code)s. Tell it to nobody.") % self._words(code=code))

    def send_unknown_account_sms(self, phone: str, **more: Any) -> None:
        """Told on the phone, not on the page, which looks the same for everybody."""
        self._text(phone, _("%(service)s: there is no account with this number.") % self._words())

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Told on the phone, not on the page, which looks the same for everybody."""
        self._text(phone, _("%(service)s: you have an account with this number. Sign in instead.") % self._words())

    def _words(self, **more: str) -> dict[str, str]:
        municipality = Municipality.objects.first()
        return {"service": str(municipality.service_name) if municipality else "Townline", **more}

    def _text(self, to: str, text: str) -> None:
        try:
            send_text(to, text)
        except NotSent as error:
            log.warning("The gateway for texts did not take one: %s", error)
            sentence = _("We cannot send text messages at the moment. Use your e-mail address, or call us.")
            messages.error(self.request, sentence)
