"""Forms of the pages where staff and calendars are looked after."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Department, Position, Role
from townline.core.localized import Localized
from townline.ui.forms import DateParts


class AppointForm(forms.Form):
    """Which roles somebody has, and where."""

    roles = forms.ModelMultipleChoiceField(
        Role.objects.order_by("code"), label=_l("Roles"), to_field_name="code", widget=forms.CheckboxSelectMultiple
    )
    departments = forms.ModelMultipleChoiceField(
        Department.objects.filter(is_active=True),
        label=_l("Departments"),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class PersonForm(AppointForm):
    """Roles, departments, and the chair somebody sits in."""

    position = forms.ModelChoiceField(
        Position.objects.filter(is_active=True).order_by("department__sort_key", "pk"),
        label=_l("Position"),
        help_text=_l("The chair in the reporting line. Warnings and formal complaints find their way by it."),
        to_field_name="code",
        required=False,
        empty_label=_l("None"),
    )


class InviteForm(AppointForm):
    """Who is asked to become staff."""

    name = forms.CharField(label=_l("Name"), max_length=120)
    address = forms.EmailField(
        label=_l("E-mail address at work"), help_text=_l("They sign in with this address."), max_length=254
    )
    language = forms.ChoiceField(label=_l("Language"), choices=settings.LANGUAGES, initial="en")
    field_order = ("name", "address", "language", "roles", "departments")


class AcceptForm(forms.Form):
    """What a new member of staff says of themselves."""

    name = forms.CharField(
        label=_l("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_l("Password"),
        required=False,
        strip=False,
        help_text=_l("At least 10 characters. Without a password, we send a code to your e-mail each time."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> Any:
        """A password that is not on the list of common ones."""
        password = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password


class DayForm(forms.Form):
    """Which day."""

    on = forms.DateField(label=_l("Which day?"), widget=DateParts())


class CloseOnForm(DayForm):
    """A day that is closed, and why, in both languages."""

    name_en = forms.CharField(
        label=_l("Reason in English"), help_text=_l("The public reads it. For example, Staff training."), max_length=100
    )
    name_fr = forms.CharField(
        label=_l("Reason in French"),
        help_text=_l("For example, Formation du personnel."),
        max_length=100,
    )

    def clean(self) -> dict[str, Any]:
        """The name in both languages as one."""
        typed = super().clean() or {}
        name = Localized(en=typed.pop("name_en", ""), fr=typed.pop("name_fr", ""))
        return {**typed, "name": name}


class YearForm(forms.Form):
    """Of which year."""

    year = forms.IntegerField(min_value=1, max_value=9999)
