"""Shape of what is typed about conduct."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.forms import long_text
from townline.conduct.limits import LONGEST, REVIEWED_WITHIN, is_reviewed_in_time, is_short_enough, months_after
from townline.conduct.models import Behaviour, Intervention, Restriction
from townline.ui.forms import Choice, DateParts


class BehaviourForm(forms.Form):
    """What was said or done, and when."""

    grade = forms.ChoiceField(
        label=_l("Which of the two was it?"), choices=Behaviour.Grade.choices, widget=forms.RadioSelect
    )
    what = long_text(
        _l("What was said and done"),
        _l("Only what you saw and heard, in their words where you can. The customer may ask to read it."),
    )
    impact = long_text(_l("What it did to staff or others"), _l("Leave it empty when there was none."))
    reference = forms.CharField(
        label=_l("Reference of the case it belongs to"), max_length=60, required=False, help_text=_l("If there is one.")
    )
    happened_on = forms.DateField(label=_l("When was it?"), widget=DateParts(), initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["impact"].required = False

    def clean_happened_on(self) -> Any:
        """Today or earlier."""
        on = self.cleaned_data["happened_on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("It cannot have happened in the future."))
        return on


class InterventionForm(forms.Form):
    """What is done for safety."""

    what = forms.CharField(
        label=_l("What do we do?"),
        help_text=_l("Such as: two of us go; we meet at the counter; a supervisor stays near."),
        max_length=300,
    )
    place = forms.CharField(label=_l("Where?"), max_length=200, required=False)
    why = long_text(_l("Why?"), _l("What happened, or what may happen."))
    until_on = forms.DateField(label=_l("Until when?"), widget=DateParts())

    def clean_until_on(self) -> Any:
        """Today or later."""
        return _still_to_come(self.cleaned_data["until_on"])


class InterventionReviewForm(forms.Form):
    """Until when it holds now."""

    until_on = forms.DateField(label=_l("Until when?"), widget=DateParts())

    def clean_until_on(self) -> Any:
        """Today or later."""
        return _still_to_come(self.cleaned_data["until_on"])


class InterventionEndForm(forms.Form):
    """Whether it helped."""

    helped = forms.ChoiceField(label=_l("Did it help?"), choices=Intervention.Helped.choices, widget=forms.RadioSelect)
    how_it_went = long_text(_l("How it went"), _l("What the next person should know."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how_it_went"].required = False


class RestrictionForm(forms.Form):
    """A limit on contact, with everything it needs before anybody may approve it."""

    kind = forms.ChoiceField(label=_l("What is limited?"), choices=Restriction.Kind.choices, widget=forms.RadioSelect)
    terms = forms.CharField(
        label=_l("The terms, in one sentence"),
        help_text=_l("Staff see this before they answer. Such as: writes to one address, answered once a week."),
        max_length=300,
    )
    reason = long_text(_l("Why is it needed?"), _l("The effect on staff or service, and what was tried before."))
    evidence = forms.ModelMultipleChoiceField(
        label=_l("On which records does it rest?"),
        queryset=Behaviour.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = forms.DateField(label=_l("First day"), widget=DateParts(), initial=timezone.localdate)
    ends_on = forms.DateField(
        label=_l("Last day"), help_text=_l("At most twelve months after the first."), widget=DateParts()
    )
    review_on = forms.DateField(
        label=_l("Day of the review"), help_text=_l("At most six months after the first day."), widget=DateParts()
    )
    notice = long_text(
        _l("What the customer is told"),
        _l("What is limited, why, until when, what stays open to them, and how to appeal."),
    )

    def __init__(self, *args: Any, behaviours: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["evidence"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = behaviours
        field.label_from_instance = _named  # type: ignore[method-assign, assignment]

    def clean(self) -> dict[str, Any]:
        """The limits of time."""
        cleaned = super().clean() or {}
        starts_on, ends_on, review_on = (cleaned.get(name) for name in ("starts_on", "ends_on", "review_on"))
        if starts_on and ends_on and not is_short_enough(starts_on, ends_on):
            latest = months_after(starts_on, LONGEST)
            self.add_error("ends_on", _("Enter a day from the first day to %(latest)s.") % {"latest": latest})
        elif starts_on and ends_on and review_on and not is_reviewed_in_time(starts_on, review_on, ends_on):
            latest = min(months_after(starts_on, REVIEWED_WITHIN), ends_on)
            self.add_error("review_on", _("Enter a day from the first day to %(latest)s.") % {"latest": latest})
        return cleaned


class ReviewForm(forms.Form):
    """When it is looked at next."""

    review_on = forms.DateField(
        label=_l("Day of the next review"), help_text=_l("At most six months from today."), widget=DateParts()
    )


class WhyForm(forms.Form):
    """Why it was decided so."""

    why = long_text(_l("Why?"), _l("Kept with the record."))


class AppealForm(forms.Form):
    """What the customer says against it."""

    text = long_text(_l("What the customer says"), _l("In their own words."))


class DecideForm(forms.Form):
    """The answer to the appeal."""

    outcome = forms.ChoiceField(
        label=_l("What becomes of it?"), choices=Restriction.Appeal.choices, widget=forms.RadioSelect
    )
    ends_on = forms.DateField(
        label=_l("Last day now"), help_text=_l("Only when it ends earlier."), required=False, widget=DateParts()
    )
    words = long_text(_l("What the customer is told"), _l("The decision and the reasons."))


def _still_to_come(on: Any) -> Any:
    if on < timezone.localdate():
        raise forms.ValidationError(_("It must last at least until today."))
    return on


def _named(behaviour: Behaviour) -> Choice:
    """By grade and day; what was said stands in the record alone."""
    return Choice(behaviour.get_grade_display(), timezone.localdate(behaviour.happened_at).isoformat())
