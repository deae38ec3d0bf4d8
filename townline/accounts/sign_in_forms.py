"""The forms of the sign-in pages, in the house's words and without placeholders, which vanish when needed."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.passkeys import AgainWith
from townline.accounts.phones import e164
from townline.accounts.sign_in import shorten_session

Words = dict[str, Any]

LABELS: Words = {
    "login": _l("E-mail address"),
    "email": _l("E-mail address"),
    "phone": _l("Mobile phone number"),
    "code": _l("Code"),
    "password": _l("Password"),
    "oldpassword": _l("The password you have now"),
    "password1": _l("New password"),
    "password2": _l("New password, once more"),
}
HINTS: Words = {
    "code": _l("8 letters. Capital or small, with or without the dash."),
    "password": "",
    "oldpassword": "",
    "password1": _l("At least 10 characters. Three or four words that you remember are good."),
}
APP_CODE: Words = {"code": _l("6 digits from the app on your phone. One of your recovery codes works as well.")}
DIGITS = {"inputmode": "numeric"}
RECOVERY_CODE: Words = {"code": _l("One of the recovery codes that you saved, if your passkey is not at hand.")}
NO_STEP_HERE = _l("You have no second step here yet. First set one up under “How you sign in”.")
FIRST_CODE: Words = {"code": _l("6 digits. The app shows new ones every half minute.")}


class Worded:
    """Puts our labels and hints on a form of allauth's."""

    fields: dict[str, forms.Field]
    labels: ClassVar[Words] = {}
    hints: ClassVar[Words] = {}
    typing: ClassVar[dict[str, str]] = {"spellcheck": "false", "autocapitalize": "characters"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels, hints = LABELS | self.labels, HINTS | self.hints
        for name, field in self.fields.items():
            if name in labels:
                field.label = labels[name]
            if name in hints:
                field.help_text = hints[name]
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs |= self.typing


class SignIn(Worded, account.LoginForm):  # type: ignore[misc]
    """An address and, for those who have one, a password; without it a code is sent."""

    hints: ClassVar[Words] = {"password": _l("Only if you have set one. Leave it empty, and we send you a code.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if settings.SMS_URL:
            self.fields["login"].label = _("E-mail address or mobile phone number")
        widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        hint = self.hints["password"]
        self.fields["password"] = forms.CharField(
            label=LABELS["password"], help_text=hint, widget=widget, required=False, strip=False
        )

    def clean_login(self) -> str:
        """A phone number in the form it is kept in."""
        typed: str = super().clean_login()
        return (e164(typed) if settings.SMS_URL and "@" not in typed else "") or typed

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in, or send the code."""
        response: HttpResponse = super().login(request, redirect_url=redirect_url)
        shorten_session(request)
        return response


class SignUp(Worded, account.SignupForm):  # type: ignore[misc]
    """An address, or a phone number; never both at once, because only one of them is proved."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "phone" in self.fields:
            self.fields["email"].required = False

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        given: dict[str, Any] = super().clean()
        if "phone" in self.fields and not self.errors and bool(given.get("email")) == bool(given.get("phone")):
            raise forms.ValidationError(_("Enter either your e-mail address or your mobile phone number."))
        return given


class RequestCode(Worded, account.RequestLoginCodeForm):  # type: ignore[misc]
    """Where to send a code to."""


class SignInCode(Worded, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code that was sent, to sign in."""


class AddressCode(Worded, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that was sent, to confirm an address."""


class PhoneCode(Worded, account.VerifyPhoneForm):  # type: ignore[misc]
    """The code that was sent, to confirm a number."""


class ResetCode(Worded, account.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    """The code that was sent, to set a new password."""


class ForgottenPassword(Worded, account.ResetPasswordForm):  # type: ignore[misc]
    """Whose password it is."""


class ResetPassword(Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password, after a code."""


class ChangePassword(Worded, account.ChangePasswordForm):  # type: ignore[misc]
    """The new password, with the old one."""


class SetPassword(Worded, account.SetPasswordForm):  # type: ignore[misc]
    """A first password."""


class Reauthenticate(Worded, account.ReauthenticateForm):  # type: ignore[misc]
    """The password, once more, before something sensitive."""


class NewAddress(Worded, account.AddEmailForm):  # type: ignore[misc]
    """Another address to sign in with."""

    labels: ClassVar[Words] = {"email": _l("New e-mail address")}


class NewPhone(Worded, account.ChangePhoneForm):  # type: ignore[misc]
    """Another number to sign in with."""


class FromTheApp(Worded):
    """A code from the app, or a recovery code; without an app only the latter."""

    typing = DIGITS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = set(self.user.authenticator_set.values_list("type", flat=True))  # type: ignore[attr-defined]
        if not kinds:
            self.fields["code"].help_text = NO_STEP_HERE
        elif Authenticator.Type.TOTP not in kinds:
            self.fields["code"].help_text = RECOVERY_CODE["code"]
        else:
            self.fields["code"].help_text = APP_CODE["code"]


class SecondFactor(FromTheApp, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step when signing in."""


class SecondFactorAgain(FromTheApp, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The same, before something sensitive."""


class FreshSecondFactor(SecondFactorAgain):
    """A code or a passkey, given now, beside other questions; it counts only when all of these are answered."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["credential"] = forms.JSONField(required=False, widget=forms.HiddenInput)
        if self.data.get("credential"):
            self.fields["code"].required = False

    def clean_code(self) -> str:
        """Only when all else is right: a code counts once, and is not wasted on a form that comes back."""
        if self.errors or self.data.get("credential"):
            return ""
        return str(super().clean_code())

    def clean_credential(self) -> None:
        """The passkey, if that was used."""
        if self.errors or not self.data.get("credential"):
            return
        presented = AgainWith({"credential": self.data["credential"]}, user=self.user)
        if presented.is_valid():
            self.authenticator = presented.cleaned_data["credential"]
        else:
            self.add_error("code", presented.errors["credential"].as_data())


class FirstCode(Worded, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that was just set up."""

    labels: ClassVar[Words] = {"code": _l("The code that the app shows")}
    hints = FIRST_CODE
    typing = DIGITS
