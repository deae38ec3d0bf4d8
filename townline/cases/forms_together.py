"""Shape of what staff type when they bring cases together."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Department, Municipality
from townline.cases.forms import BY_STAFF, long_text
from townline.cases.intake import Contact
from townline.cases.models import Case
from townline.core.access import visible
from townline.core.references import read
from townline.customers.models import Customer

MOST = 20


class LinkForm(forms.Form):
    """The other case, by its reference."""

    other = forms.CharField(label=_l("Reference of the other case"), max_length=100)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_other(self) -> Case:
        """One that this person may see."""
        return case_seen(self.user, self.cleaned_data["other"])


def case_seen(user: Any, typed: str) -> Case:
    """The case with this reference; what somebody may not see is as if it were not there."""
    prefix = Municipality.objects.values_list("prefix", flat=True).first()
    found = visible(user, Case.objects.filter(reference=read(typed, prefix) or "")).first()
    if found is None:
        raise forms.ValidationError(_("There is no case with this reference that you may see."))
    return found


class MergeForm(forms.Form):
    """Which of the customer's open cases it goes on in."""

    other = forms.ModelChoiceField(
        label=_l("In which case does it go on?"), queryset=Case.objects.none(), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, case: Case, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        family = Customer.objects.family([case.customer.standing.pk]) if case.customer else Customer.objects.none()
        open_ones = Case.objects.open().filter(customer__in=family, parent=None).exclude(pk=case.pk)
        rows = visible(user, open_ones).order_by("-id").values_list("pk", flat=True)
        field = self.fields["other"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Case.objects.filter(pk__in=list(rows[:MOST])).order_by("-id")
        field.empty_label = None


class SplitForm(forms.Form):
    """Which departments do a part of it, and what they are asked for."""

    departments = forms.ModelMultipleChoiceField(
        label=_l("Which departments have a part in it?"),
        queryset=Department.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    text = long_text(
        _l("What are they asked to do?"),
        _l("Each gets a case of its own with this as its first note. The customer does not see it."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["departments"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        others = Department.objects.filter(is_active=True).exclude(pk=case.department_id)
        field.queryset = others.order_by("sort_key")


class FollowForm(forms.Form):
    """Who else told us of it, and what they said."""

    channel = forms.ChoiceField(label=_l("How did they reach us?"), choices=BY_STAFF)
    language = forms.ChoiceField(label=_l("Language"), choices=[("en", _l("English")), ("fr", _l("French"))])
    name = forms.CharField(label=_l("Name"), max_length=120)
    email = forms.EmailField(
        label=_l("E-mail address"), max_length=254, required=False, help_text=_l("News of the case goes there.")
    )
    phone = forms.CharField(
        label=_l("Phone number"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    text = long_text(_l("What was said"), _l("It is kept as theirs. The first customer does not see it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False

    def clean(self) -> dict[str, Any] | None:
        """One way to tell them how it goes on."""
        cleaned = super().clean() or {}
        if not cleaned.get("email") and not cleaned.get("phone") and "email" not in self.errors:
            self.add_error("email", _("Ask for an e-mail address or a phone number."))
        return cleaned

    def contact(self) -> Contact:
        """Who they say they are."""
        return Contact(**{name: self.cleaned_data[name] for name in ("name", "email", "phone")})
