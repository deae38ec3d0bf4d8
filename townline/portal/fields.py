"""Text as people type it on the portal: what cannot be shown is taken out, and nothing is cut."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.customers.models import ContactPoint
from townline.questions.clean import CONTROLS, SURROGATES

TOO_LONG = _l("This has %(show_value)d characters. Shorten it to %(limit_value)d or fewer.")
NOT_AN_ADDRESS = _l("Enter an e-mail address, such as name@example.com.")


class PlainText(forms.CharField):
    """Text stored as it was typed, without control characters, which nobody types.

    `missing` says what to do when it is empty and must not be.
    """

    is_one_line = True

    def __init__(self, *, missing: Any = "", **more: Any) -> None:
        said = {"max_length": TOO_LONG, **({"required": missing} if missing else {})}
        super().__init__(error_messages=said, **more)

    def to_python(self, value: Any) -> str:
        """The text with plain line ends, or on one line."""
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n").translate(CONTROLS)
        if self.is_one_line:
            text = text.replace("\n", " ").replace("\t", " ")
        return super().to_python(SURROGATES.sub("\ufffd", text)) or ""


class PlainLines(PlainText):
    """The same, on several lines."""

    widget = forms.Textarea
    is_one_line = False


class PhoneNumber(PlainText):
    """One telephone number that could be dialled, as it was typed."""

    widget = forms.TextInput

    def __init__(self, **more: Any) -> None:
        look = forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"})
        super().__init__(**{"max_length": 40, "required": False, "widget": look, **more})

    def clean(self, value: Any) -> str:
        """With its area code."""
        phone: str = super().clean(value)
        if phone and not ContactPoint.key_of(ContactPoint.Kind.PHONE, phone):
            raise forms.ValidationError(_("Enter a phone number with its area code, such as 905-555-0123."))
        return phone


class EmailAddress(PlainText, forms.EmailField):
    """One e-mail address."""

    widget = forms.EmailInput

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=254, **more)
        self.error_messages["invalid"] = NOT_AN_ADDRESS
