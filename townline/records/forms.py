"""Shape of what is typed about records."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Case
from townline.catalogue.models import Service
from townline.records.knowing import case_named
from townline.records.models import EarlyConsent, Hold
from townline.ui.forms import DateParts

LONGEST = 4000


def words(label: Any, hint: Any = "", required: bool = True) -> forms.CharField:
    """Some sentences."""
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=LONGEST, widget=area)


class CaseNamed(forms.CharField):
    """A case by its reference; a formal complaint by its pseudonym, so that nothing more has to be known."""

    def __init__(self, user: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)
        self.user = user

    def clean(self, value: Any) -> Case | None:
        """The case; one that this reader may not know of is as good as not there."""
        typed = super().clean(value)
        if not typed:
            return None
        found = case_named(typed, self.user)
        if found is None:
            raise forms.ValidationError(_("There is no case with this reference. Check each letter and digit."))
        return found


class HoldForm(forms.Form):
    """What is to be kept, for whom and why."""

    kind = forms.ChoiceField(label=_l("Who needs it kept?"), choices=Hold.Kind.choices, widget=forms.RadioSelect)
    about = forms.ChoiceField(
        label=_l("What is to be kept?"),
        choices=[
            ("case", _l("One case")),
            ("customer", _l("Everything of the customer of one case")),
            ("service", _l("Everything of one service")),
            ("all", _l("All records there are")),
        ],
        widget=forms.RadioSelect,
    )
    service = forms.ModelChoiceField(
        label=_l("Service"), queryset=Service.objects.order_by("sort_key"), required=False, empty_label=_l("None")
    )
    reason = words(_l("Why?"), _l("The matter, and since when. Name nobody."))

    field_order = ("kind", "about", "case", "service", "reason")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"] = CaseNamed(
            user,
            label=_l("Reference of the case"),
            required=False,
            help_text=_l("For a formal complaint its pseudonym, such as K7-402."),
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """What is meant, and nothing else."""
        cleaned = super().clean() or {}
        about, case, service = cleaned.get("about"), cleaned.get("case"), cleaned.get("service")
        if about in ("case", "customer") and case is None and "case" not in self.errors:
            self.add_error("case", _("Enter the reference of the case."))
        if about == "customer" and case is not None and case.customer is None:
            self.add_error("case", _("This case has no customer. Choose “One case”."))
        if about == "service" and service is None:
            self.add_error("service", _("Choose the service."))
        return cleaned

    @property
    def meant(self) -> dict[str, Any]:
        """As the verb takes it."""
        typed = self.cleaned_data
        about, case = typed["about"], typed["case"]
        return {
            "kind": typed["kind"],
            "reason": typed["reason"],
            "case": case if about == "case" else None,
            "customer": case.customer if about == "customer" else None,
            "service": typed["service"] if about == "service" else None,
        }


class LiftForm(forms.Form):
    """Why it is not needed any more."""

    why = words(_l("Why is it not needed any more?"))


class ConsentForm(forms.Form):
    """The person's yes."""

    how = forms.ChoiceField(label=_l("How did they agree?"), choices=EarlyConsent.How.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_l("When?"), widget=DateParts(), initial=timezone.localdate)

    field_order = ("case", "how", "on")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"] = CaseNamed(user, label=_l("Reference of the case"))
        self.order_fields(self.field_order)

    def clean_on(self) -> Any:
        """Today or earlier."""
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("It cannot have happened in the future."))
        return on


class ProposeForm(forms.Form):
    """What was found, for a class whose records are looked at first."""

    what_review_found = words(
        _l("What did the review find?"), _l("Needed for this class. Name nobody."), required=False
    )

    def __init__(self, *args: Any, needs_review: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_review:
            del self.fields["what_review_found"]
        else:
            self.fields["what_review_found"].required = True
