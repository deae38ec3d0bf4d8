"""Shape of what is typed into the registers: breaches, disclosures, privacy assessments."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.records.forms import words
from townline.records.models import Breach, Disclosed
from townline.ui.forms import DateParts


def past_day(label: Any) -> forms.DateField:
    """Today or earlier; the verb refuses what is later."""
    return PastDay(label=label, widget=DateParts(), initial=timezone.localdate)


class PastDay(forms.DateField):
    """A day that has come."""

    def clean(self, value: Any) -> Any:
        """Not in the future."""
        on = super().clean(value)
        if on and on > timezone.localdate():
            raise forms.ValidationError(_("It cannot have happened in the future."))
        return on


def yes_or_no(label: Any, hint: Any = "") -> forms.TypedChoiceField:
    """A question that must be answered."""
    return forms.TypedChoiceField(
        label=label, help_text=hint, choices=[("yes", _l("Yes")), ("no", _l("No"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip


class RegisterForm(forms.Form):
    """What is known at first."""

    what = words(_l("What happened?"), _l("Name nobody: not who it is about, and not who did it."))
    cause = forms.ChoiceField(
        label=_l("How did it come about?"), choices=Breach.Cause.choices, widget=forms.RadioSelect
    )
    holds = forms.MultipleChoiceField(
        label=_l("Which kinds of information?"), choices=Breach.Holds.choices, widget=forms.CheckboxSelectMultiple
    )
    people = forms.IntegerField(
        label=_l("How many people is it about?"),
        help_text=_l("An estimate will do."),
        min_value=0,
        max_value=10_000_000,
    )
    discovered_on = past_day(_l("When was it discovered?"))


class ContainForm(forms.Form):
    """How it was stopped."""

    on = past_day(_l("From which day does it go no further?"))
    how = words(_l("What was done to stop it?"))


class AssessForm(forms.Form):
    """The factors, and what follows from them."""

    sensitivity = forms.ChoiceField(
        label=_l("How sensitive is the information?"), choices=Breach.Degree.choices, widget=forms.RadioSelect
    )
    misuse = forms.ChoiceField(
        label=_l("How likely is it to be misused?"), choices=Breach.Degree.choices, widget=forms.RadioSelect
    )
    is_reduced = yes_or_no(_l("Were steps taken that reduce the harm?"), _l("Such as: it came back unopened."))
    is_real_risk = yes_or_no(
        _l("Is there a real risk of significant harm to somebody?"),
        _l("Then the Commissioner and the people are told. This duty is new: verify that it is in force."),
    )
    why = words(_l("Why?"))


class ReportForm(forms.Form):
    """When the Commissioner was told."""

    on = past_day(_l("When was it reported to the Information and Privacy Commissioner?"))


class TellForm(forms.Form):
    """When the people were told."""

    on = past_day(_l("When were the people told?"))
    how = words(_l("How, and what were they told?"))


class CloseForm(forms.Form):
    """What was changed."""

    remedy = words(_l("What was changed so that it does not happen again?"))


class DisclosedForm(forms.Form):
    """To whom, what, on which ground, until when."""

    to_whom = forms.CharField(label=_l("To whom?"), max_length=120)
    what = forms.CharField(label=_l("What was given?"), max_length=300)
    ground = forms.ChoiceField(label=_l("On which ground?"), choices=Disclosed.Ground.choices, widget=forms.RadioSelect)
    on = past_day(_l("When?"))
    until_on = forms.DateField(
        label=_l("Until when may more be given?"), help_text=_l("Leave it empty when it was once."), required=False,
        widget=DateParts(),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """It ends after it began."""
        cleaned = super().clean() or {}
        on, until = cleaned.get("on"), cleaned.get("until_on")
        if on and until and until < on:
            self.add_error("until_on", _("It cannot end before it begins."))
        return cleaned


class ReviewForm(forms.Form):
    """When it is looked at next."""

    review_on = forms.DateField(label=_l("Day of the next review"), widget=DateParts())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].initial = timezone.localdate() + timedelta(days=365)

    def clean_review_on(self) -> Any:
        """After today."""
        on = self.cleaned_data["review_on"]
        if on <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day after today."))
        return on


class AssessmentForm(ReviewForm):
    """A privacy assessment."""

    purpose = words(_l("Why is it collected?"))
    authority = words(_l("Which law or by-law allows it?"))
    kinds = words(_l("Which kinds of information?"))
    who_sees = words(_l("Who sees it, and why they need to"))
    limits = words(_l("What is not collected, and how use is limited"))
    safeguards = words(_l("How is it protected?"))
    retention = words(_l("How long is it kept?"))
    mitigation = words(_l("What could go wrong, and what is done about it?"))

    field_order = (
        "purpose", "authority", "kinds", "who_sees", "limits", "safeguards", "retention", "mitigation", "review_on",
    )  # fmt: skip
