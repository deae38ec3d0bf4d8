"""Shape of what staff type about members of Council and what they ask."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.forms import BY_STAFF, LANGUAGES, long_text
from townline.cases.intake import Contact
from townline.catalogue.models import Kind, Service
from townline.core.localized import Localized
from townline.council.models import Inquiry, Member
from townline.customers.models import ContactPoint
from townline.ui.forms import DateParts

NONE_OF_THEM = "none"
MEMBER = "member"


class ReceiveForm(forms.Form):
    """One inquiry as it is taken in: who asked, for whom, and about what."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    asked_by = forms.ChoiceField(label=_l("Who asks?"), widget=forms.RadioSelect)
    channel = forms.ChoiceField(label=_l("How did they reach us?"), choices=BY_STAFF)
    language = forms.ChoiceField(label=_l("Language"), choices=LANGUAGES)
    received_on = forms.DateField(
        label=_l("Received on"), required=False, widget=DateParts(),
        help_text=_l("Leave it empty for today. The promise to the member counts from it."),
    )  # fmt: skip
    whose = forms.ChoiceField(label=_l("For whom?"), choices=Inquiry.Whose, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_l("Name of the constituent"), max_length=120, required=False,
        help_text=_l("Only when the member gave it. It is kept apart from the case."),
    )  # fmt: skip
    phone = forms.CharField(label=_l("Phone number of the constituent"), max_length=40, required=False)
    email = forms.EmailField(label=_l("E-mail address of the constituent"), max_length=254, required=False)
    consent = forms.ChoiceField(
        label=_l("May the member be told about the constituent?"), required=False, widget=forms.RadioSelect,
        choices=Inquiry.Consent,
    )  # fmt: skip
    reference = forms.CharField(
        label=_l("Reference of the case it is about, if there is one"), max_length=60, required=False
    )
    service = forms.ModelChoiceField(
        label=_l("Which service?"), queryset=Service.objects.none(), required=False, to_field_name="code",
        empty_label=_l("Choose a service"),
    )  # fmt: skip
    place = forms.CharField(label=_l("Where is it?"), max_length=200, required=False)
    near = forms.CharField(
        label=_l("Is it one of these cases?"), max_length=60, required=False, widget=forms.RadioSelect
    )
    summary = long_text(
        _l("What do they ask?"), _l("Without the constituent’s name: staff of other departments read it.")
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["asked_by"]
        helpers = [(one["code"], str(Localized(one["name"]))) for one in member.assistants]
        who.choices = [(MEMBER, str(member.name)), *helpers]
        self.initial.setdefault("asked_by", MEMBER)
        service: Any = self.fields["service"]
        service.queryset = Service.objects.filter(is_active=True).exclude(kind=Kind.FORMAL_COMPLAINT)
        self.fields["summary"].widget.attrs["rows"] = 4

    def offer_near(self, choices: list[tuple[str, Any]]) -> None:
        """The cases that may be about the same thing; or that it is none of them."""
        near: Any = self.fields["near"].widget
        near.choices = [*choices, (NONE_OF_THEM, _("None of them: it is new"))] if choices else []

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
        """For a constituent, whether they agreed; and either a case that is known or a service."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("whose") == Inquiry.Whose.CONSTITUENT and not given.get("consent"):
            self.add_error("consent", _("Say whether the constituent agreed. “Not asked yet” is an answer too."))
        if not given.get("reference") and not given.get("service") and "service" not in self.errors:
            self.add_error("service", _("Choose the service, or enter the reference of the case it is about."))
        service = given.get("service")
        if service and not given.get("reference") and service.needs_place and not given.get("place"):
            self.add_error("place", _("Enter where it is."))
        return given

    def constituent(self) -> Contact | None:
        """Who it is for, when that was said."""
        given = self.cleaned_data
        if given["whose"] == Inquiry.Whose.OWN:
            return None
        return Contact(name=given["name"], phone=given["phone"], email=given["email"])


class AnswerForm(forms.Form):
    """A reply to a member of Council."""

    text = long_text(_l("Your reply to the member"), _l("It goes to the member and to nobody else."))
    is_final = forms.BooleanField(
        label=_l("This is the whole answer: the promise to the member is kept with it"), required=False, initial=True
    )


class ConsentForm(forms.Form):
    """What the constituent said."""

    consent = forms.ChoiceField(
        label=_l("May the member be told about the constituent?"), widget=forms.RadioSelect, choices=Inquiry.Consent
    )
    on = forms.DateField(label=_l("Said on"), widget=DateParts(), initial=timezone.localdate)
    way = forms.ChoiceField(label=_l("How did they say so?"), choices=BY_STAFF)

    def clean_on(self) -> Any:
        """Today or earlier."""
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_("It cannot have been said in the future."))
        return self.cleaned_data["on"]


class MemberForm(forms.Form):
    """Who holds an office, and how they are reached."""

    person = forms.CharField(label=_l("Who holds the office"), max_length=120, required=False)
    email = forms.EmailField(
        label=_l("E-mail address for replies"), max_length=254, required=False,
        help_text=_l("Without one, replies are read out or printed."),
    )  # fmt: skip
    phone = forms.CharField(label=_l("Phone number"), max_length=40, required=False)
    is_active = forms.BooleanField(label=_l("They can ask now"), required=False)

    def clean_phone(self) -> str:
        """A number that could be dialled."""
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not ContactPoint.key_of(ContactPoint.Kind.PHONE, phone):
            raise forms.ValidationError(_("Enter a phone number with its area code, such as 905-555-0123."))
        return phone
