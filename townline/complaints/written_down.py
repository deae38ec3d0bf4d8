"""A formal complaint that staff write down for a complainant: at a counter, on the phone, from a letter.

Written down, read back and confirmed is “in writing”. Whoever writes it down cannot open it afterwards.
"""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.forms import BY_STAFF
from townline.cases.models import Case
from townline.catalogue.models import Service
from townline.complaints.filing import Filing, file, must_be_named
from townline.complaints.forms import day_that_has_been, evidence_field, sealed_text
from townline.complaints.holding import Holding
from townline.complaints.models import Complaint, LettersBy
from townline.customers.models import ContactPoint
from townline.ui.forms import DateParts
from townline.ui.moments import day

PLAIN = (
    "about",
    "about_service",
    "what",
    "who",
    "outcome",
    "tried",
    "name",
    "email",
    "phone",
    "address",
    "language",
    "letters_by",
    "both_languages",
)


class WrittenDownForm(forms.Form):
    """The six contents, as the complainant says or writes them."""

    channel = forms.ChoiceField(label=_l("How did they reach us?"), choices=BY_STAFF)
    language = forms.ChoiceField(label=_l("Language"), choices=[("en", _l("English")), ("fr", _l("French"))])
    received_on = forms.DateField(
        label=_l("Received on"), required=False, widget=DateParts(),
        help_text=_l("For letters, the date stamp. The promises count from it. Leave it empty for now."),
    )  # fmt: skip
    about = forms.ChoiceField(
        label=_l("What is the complaint about?"), choices=Complaint.About.choices, widget=forms.RadioSelect
    )
    manner = forms.MultipleChoiceField(
        label=_l("If it is about staff: how were they?"), choices=Complaint.Manner.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    about_service = forms.ChoiceField(label=_l("Which service, program or facility was it?"), required=False)
    what = sealed_text(_l("What happened"))
    when_on = forms.DateField(label=_l("On which day did it happen?"), widget=DateParts())
    when_time = forms.CharField(label=_l("At what time?"), max_length=60)
    who = sealed_text(_l("Who was involved, and their dealings with staff"), rows=4)
    outcome = sealed_text(_l("What they would like to happen"), rows=3)
    tried = sealed_text(_l("What staff already tried"), rows=3, required=False)
    name = forms.CharField(label=_l("Name"), max_length=120)
    email = forms.EmailField(label=_l("E-mail address"), required=False)
    phone = forms.CharField(label=_l("Phone number"), max_length=40, required=False)
    address = forms.CharField(label=_l("Mailing address"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    letters_by = forms.ChoiceField(
        label=_l("How would they like our letters?"),
        choices=LettersBy.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    both_languages = forms.BooleanField(label=_l("Letters in English and in French"), required=False)
    add_files = evidence_field()
    is_read_back = forms.BooleanField(
        label=_l("I read it back, or it is their own letter, and they confirm it"),
        error_messages={"required": _l("Read it back and have it confirmed: then it is in writing.")},
    )

    def __init__(self, *args: Any, holding: Holding | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holding = holding
        services = Service.objects.filter(is_active=True).only("code", "name", "sort_key")
        field = self.fields["about_service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("None of these, or not known")), *((one.code, str(one.name)) for one in services)]
        self.fields["name"].required = self.fields["address"].required = must_be_named()

    def clean_received_on(self) -> date | None:
        """A day that has been."""
        on: date | None = self.cleaned_data["received_on"]
        if on and on > timezone.localdate():
            raise forms.ValidationError(_("It cannot have been received in the future."))
        return on

    def clean_when_on(self) -> date:
        """A day that has been."""
        return day_that_has_been(self.cleaned_data["when_on"])

    def clean(self) -> dict[str, Any] | None:
        """One way to reach them, where they must be named; a number that could be dialled."""
        cleaned = super().clean() or {}
        if cleaned.get("phone") and not ContactPoint.key_of("phone", cleaned["phone"]):
            self.add_error("phone", _("Enter a phone number with its area code, such as 905-555-0123."))
        reached = {"email", "phone"} & set(self.errors) or cleaned.get("email") or cleaned.get("phone")
        if must_be_named() and not reached:
            self.add_error("email", _("Enter an e-mail address or a phone number."))
        if cleaned.get("letters_by") == LettersBy.EMAIL and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter the e-mail address to which we send letters."))
        if self.holding and self.holding.refused:
            self.add_error("add_files", self.holding.refused)
        return cleaned

    def file(self, *, by: Any, came_from: Case | None = None) -> Complaint:
        """File it as it was written down; the plain case that it came from is sealed with it."""
        told = self.cleaned_data
        filing = Filing(
            **{name: told[name] for name in PLAIN},
            manner=tuple(told["manner"]),
            when=f"{day(told['when_on'])}, {told['when_time']}",
        )
        on = told["received_on"]
        at = timezone.make_aware(datetime.combine(on, time(8))) if on and on < timezone.localdate() else None
        evidence = self.holding.opened() if self.holding else ()
        made = file(
            filing, by=by, channel=told["channel"], received_at=at, is_read_back=True, evidence=evidence,
            came_from=came_from,
        )  # fmt: skip
        if self.holding:
            self.holding.destroy()
        return made
