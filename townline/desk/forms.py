"""Shape of what staff type on the desk's own pages."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.forms import BY_STAFF, long_text
from townline.cases.intake import Contact
from townline.channels.models import Channel
from townline.customers.models import ContactPoint
from townline.desk.ending_forms import EndingForm
from townline.documents.forms import files_field
from townline.ui.forms import DateParts

SOMEBODY_NEW = "new"


class Waiting(forms.RadioSelect):
    """Choices of which the first has the keyboard as soon as the page is there."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Only one thing on a page can ask for the keyboard."""
        option = super().create_option(*args, **kwargs)
        index = int(option["index"])
        return option | {"attrs": option["attrs"] | ({"autofocus": True} if index == 0 else {})}


def shown_now(label: Any) -> forms.ChoiceField:
    """A choice among what a look-up has found."""
    wrong = {"invalid_choice": _l("Choose one of those that are shown.")}
    return forms.ChoiceField(label=label, required=False, widget=forms.RadioSelect, error_messages=wrong)


class TakingForm(EndingForm):
    """One contact while it is taken in: how it came, who, what, where, what was said.

    Nothing is judged until the contact ends with one of the buttons, so that a
    look-up in the middle of a sentence never complains.
    """

    channel = forms.ChoiceField(label=_l("How did they reach us?"), choices=BY_STAFF)
    language = forms.ChoiceField(label=_l("Language"), choices=[("en", _l("English")), ("fr", _l("French"))])
    received_on = forms.DateField(
        label=_l("Received on"),
        help_text=_l("For letters, the date stamp. The promises count from it. Leave it empty for now."),
        required=False,
        widget=DateParts(),
    )
    name = forms.CharField(label=_l("Name"), max_length=120, required=False)
    phone = forms.CharField(
        label=_l("Phone number"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=_l("E-mail address"), max_length=254, required=False)
    address = forms.CharField(
        label=_l("Mailing address"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    customer = shown_now(_l("Is it one of them?"))
    is_borrowed = forms.BooleanField(
        label=_l("It is somebody else’s number or address: do not keep it with the customer"), required=False
    )
    words = forms.CharField(label=_l("What is it about? Two words will do"), max_length=100, required=False)
    service = shown_now(_l("Which service?"))
    wrap_up = forms.CharField(
        label=_l("Answered at once? Its two keys, then Enter"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"list": "wrap-ups", "autocomplete": "off", "autocapitalize": "none"}),
    )
    place = forms.CharField(
        label=_l("Where is it?"),
        help_text=_l("An address, a corner, or a description."),
        max_length=200,
        required=False,
    )
    near = shown_now(_l("Is it one of these cases close by?"))
    summary = long_text(_l("What was said"), _l("In a few words."))
    add_files = files_field(_l("Photos and documents"))
    case = shown_now(_l("Is it about one of their open cases?"))
    reference = forms.CharField(label=_l("Reference of the case it is about"), max_length=60, required=False)

    def __init__(self, data: Any = None, *, ending: str = "", **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.ending = ending
        self.fields["summary"].required = False
        self.fields["summary"].widget.attrs["rows"] = 3

    def full_clean(self) -> None:
        """Judge what was typed only when the contact ends."""
        if self.ending:
            super().full_clean()
        else:
            self._errors, self.cleaned_data = ErrorDict(), {}

    def typed(self, name: str) -> str:
        """What stands in a field now, as it was typed."""
        value = self[name].value()
        return value.strip() if isinstance(value, str) else ""

    def wait_at(self, name: str) -> None:
        """The keyboard goes to the first of these choices."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        choices: Any = field.choices
        field.widget = Waiting(choices=choices)

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """The choices of a field that are known only now."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_phone(self) -> str:
        """A number that could be dialled."""
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not ContactPoint.key_of(ContactPoint.Kind.PHONE, phone):
            raise forms.ValidationError(_("Enter a phone number with its area code, such as 905-555-0123."))
        return phone

    def clean_received_on(self) -> Any:
        """Today or earlier."""
        on = self.cleaned_data["received_on"]
        if on and on > timezone.localdate():
            raise forms.ValidationError(_("It cannot have been received in the future."))
        return on

    def clean(self) -> dict[str, Any]:
        """A letter and a fax bear a date; with it their promises begin."""
        cleaned = super().clean() or {}
        dated = cleaned.get("channel") in (Channel.LETTER, Channel.FAX)
        if dated and not cleaned.get("received_on") and "received_on" not in self.errors:
            self.add_error("received_on", _("Enter the date on which the letter or fax was received."))
        return cleaned

    def contact(self) -> Contact:
        """Who it is, as it was typed."""
        typed = {name: self.cleaned_data[name] for name in ("name", "phone", "email", "address")}
        if self.cleaned_data["is_borrowed"] and self.cleaned_data["customer"] not in ("", SOMEBODY_NEW):
            typed = {"name": typed["name"]}
        return Contact(**typed, is_new=self.cleaned_data["customer"] == SOMEBODY_NEW)
