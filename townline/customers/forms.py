"""Shape of what is typed about a customer."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.customers.models import Accommodation, Consent, ContactPoint, Customer
from townline.ui.forms import DateParts

WAYS = [("", _l("No preference")), *Customer.Way.choices]
FORMATS = [("", _l("No special format")), *Customer.Format.choices]

BY_THEMSELVES = (ContactPoint.Proof.ACCOUNT, ContactPoint.Proof.LINK)
"""How customers prove an address without staff."""


class RenameForm(forms.Form):
    """How the customer is called."""

    name = forms.CharField(label=_l("Name"), max_length=120)


class PreferForm(forms.Form):
    """How they like to be answered."""

    language = forms.ChoiceField(label=_l("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=_l("How they like to be answered"), choices=WAYS, required=False, widget=forms.RadioSelect
    )
    text_format = forms.ChoiceField(
        label=_l("In which format"), choices=FORMATS, required=False, widget=forms.RadioSelect
    )


class AccommodateForm(forms.Form):
    """What they need to be served."""

    kind = forms.ChoiceField(
        label=_l("What do they need?"), choices=Accommodation.Kind.choices, widget=forms.RadioSelect
    )
    what_helps = forms.CharField(
        label=_l("What helps"),
        help_text=_l("Only what helps, such as the language of the interpreter. Never why it is needed."),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """“Something else” says what."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Accommodation.Kind.OTHER and not cleaned.get("what_helps"):
            self.add_error("what_helps", _("Say what helps."))
        return cleaned


class ConsentForm(forms.Form):
    """What they agreed to, or who may act for them."""

    kind = forms.ChoiceField(label=_l("What was agreed?"), choices=Consent.Kind.choices, widget=forms.RadioSelect)
    to_whom = forms.CharField(label=_l("Who is it?"), help_text=_l("The person or office."), max_length=120)
    what = forms.CharField(
        label=_l("About what?"), help_text=_l("What may be told, or done for the customer."), max_length=300
    )
    ground = forms.ChoiceField(label=_l("On which ground?"), choices=Consent.Ground.choices, widget=forms.RadioSelect)
    proof = forms.CharField(
        label=_l("Which proof was seen"),
        help_text=_l("Needed when somebody acts for the customer: the paper and its date, not its number."),
        max_length=300,
        required=False,
    )
    from_on = forms.DateField(label=_l("From"), widget=DateParts(), initial=timezone.localdate)
    until_on = forms.DateField(
        label=_l("Until"),
        help_text=_l("Leave it empty when it holds until they withdraw it."),
        required=False,
        widget=DateParts(),
    )

    def clean(self) -> dict[str, Any]:
        """Who acts for a customer has shown a proof, and nothing ends before it begins."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Consent.Kind.ACT and not cleaned.get("proof"):
            self.add_error("proof", _("Say which proof was seen that they may act for the customer."))
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", _("It cannot end before it begins."))
        return cleaned


class PointForm(forms.Form):
    """Another number or address."""

    kind = forms.ChoiceField(label=_l("What is it?"), choices=ContactPoint.Kind.choices, widget=forms.RadioSelect)
    value = forms.CharField(label=_l("The number or address"), max_length=320, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        """Something that could be dialled or written to."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") and cleaned.get("value"):
            _demand_good(self, cleaned["kind"], cleaned["value"])
        return cleaned


class CorrectForm(forms.Form):
    """What it should have been."""

    value = forms.CharField(
        label=_l("The right number or address"),
        help_text=_l("What was sent to the old one keeps saying where it went."),
        max_length=320,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        """Something that could be dialled or written to."""
        cleaned = super().clean() or {}
        if cleaned.get("value"):
            _demand_good(self, self.kind, cleaned["value"])
        return cleaned


class VerifyForm(forms.Form):
    """How we know that it is theirs."""

    how = forms.ChoiceField(
        label=_l("How do we know that it is theirs?"),
        choices=[one for one in ContactPoint.Proof.choices if one[0] not in BY_THEMSELVES],
        widget=forms.RadioSelect,
    )


def _demand_good(form: forms.Form, kind: str, value: str) -> None:
    if kind == ContactPoint.Kind.PHONE and not ContactPoint.key_of(kind, value):
        form.add_error("value", _("Enter a phone number with its area code, such as 905-555-0123."))
    if kind == ContactPoint.Kind.EMAIL:
        try:
            forms.EmailField(max_length=254).clean(value)
        except forms.ValidationError as error:
            form.add_error("value", error)
