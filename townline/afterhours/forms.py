"""Shape of what is typed about calls after hours and about who is on call."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import User
from townline.afterhours.models import Rota, Script, Shift
from townline.cases.forms import LANGUAGES, long_text
from townline.cases.intake import Contact
from townline.core.localized import Localized
from townline.customers.models import ContactPoint
from townline.ui.moments import day

PLACES = 4
"""So many people of a week are asked for on its page."""


def diallable(typed: str) -> str:
    """The number, or a refusal of one that could not be dialled."""
    number = typed.strip()
    if number and not ContactPoint.key_of(ContactPoint.Kind.PHONE, number):
        raise forms.ValidationError(_("Enter a phone number with its area code, such as 905-555-0123."))
    return number


class LogForm(forms.Form):
    """One call, in the order in which it is taken."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    is_urgent = forms.TypedChoiceField(
        label=_l("Is it urgent?"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", _l("Yes: page somebody now")), ("no", _l("No: it waits for the morning"))],
    )  # fmt: skip
    place = forms.CharField(label=_l("Where is it?"), max_length=200, required=False)
    name = forms.CharField(label=_l("Name of the caller"), max_length=120, required=False)
    phone = forms.CharField(label=_l("Number to call back"), max_length=40)
    language = forms.ChoiceField(label=_l("Language of the caller"), choices=LANGUAGES)
    summary = long_text(_l("What did they say?"), _l("In a few words."))

    def __init__(self, *args: Any, script: Script, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].widget.attrs["rows"] = 3
        if script.service.needs_place:
            self.fields["place"].required = True
            self.fields["place"].error_messages["required"] = _l("Enter where it is.")
        if script.rota_id is None:
            del self.fields["is_urgent"]

    def clean_phone(self) -> str:
        """A number that could be dialled."""
        return diallable(self.cleaned_data["phone"])

    def contact(self) -> Contact:
        """Who called."""
        return Contact(name=self.cleaned_data["name"], phone=self.cleaned_data["phone"])


class WeekForm(forms.Form):
    """Who is on call in one week, in order."""

    def __init__(self, *args: Any, rota: Rota, week_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = list(rota.shifts.filter(week_on=week_on).order_by("rank"))
        staff = User.objects.filter(kind=User.Kind.STAFF, is_active=True).order_by("name")
        known = staff.filter(departments=rota.department) | staff.filter(pk__in=[shift.user_id for shift in now])
        for place in range(1, PLACES + 1):
            shift = now[place - 1] if len(now) >= place else None
            self.fields[f"user_{place}"] = forms.ModelChoiceField(
                label=_("Person %(number)s") % {"number": place}, queryset=known.distinct(), required=False,
                empty_label=_("Nobody"), initial=shift.user_id if shift else None,
            )  # fmt: skip
            self.fields[f"phone_{place}"] = forms.CharField(
                label=_("Number to call person %(number)s") % {"number": place}, max_length=40, required=False,
                initial=shift.phone if shift else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Numbers that could be dialled, each with a person, and nobody twice."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        seen: set[int] = set()
        for place in range(1, PLACES + 1):
            user, phone = given.get(f"user_{place}"), given.get(f"phone_{place}", "")
            try:
                diallable(phone)
            except forms.ValidationError as wrong:
                self.add_error(f"phone_{place}", wrong)
            if phone and not user and f"user_{place}" not in self.errors:
                self.add_error(f"user_{place}", _("Choose whose number it is."))
            if user and user.pk in seen:
                self.add_error(f"user_{place}", _("Somebody is on the list twice."))
            seen |= {user.pk} if user else set()
        return given

    @property
    def people(self) -> list[tuple[User, str]]:
        """Those who were chosen, in order."""
        given = self.cleaned_data
        places = range(1, PLACES + 1)
        return [(given[f"user_{place}"], given[f"phone_{place}"]) for place in places if given[f"user_{place}"]]


class SwapForm(forms.Form):
    """Two places of one roster that change people."""

    one = forms.ModelChoiceField(label=_l("This place"), queryset=Shift.objects.none(), empty_label=_l("Choose"))
    other = forms.ModelChoiceField(label=_l("With this one"), queryset=Shift.objects.none(), empty_label=_l("Choose"))

    def __init__(self, *args: Any, rota: Rota, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        still = rota.shifts.filter(week_on__gt=timezone.localdate() - timedelta(days=7)).select_related("user")
        for name in ("one", "other"):
            field: Any = self.fields[name]
            field.queryset = still
            field.label_from_instance = _called

    def clean(self) -> dict[str, Any]:
        """Two places, not one."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("one") and given.get("one") == given.get("other"):
            self.add_error("other", _("Choose another place than the first."))
        return given


def _called(shift: Shift) -> str:
    return f"{day(shift.week_on)}: {shift.rank}. {shift.user}"


class ScriptForm(forms.Form):
    """The words of one script, side by side in both languages."""

    PARTS = ("urgent_if", "ask", "say", "otherwise")
    LABELS = {
        "urgent_if": (_l("When it is urgent, in English"), _l("When it is urgent, in French")),
        "ask": (_l("What to ask, in English"), _l("What to ask, in French")),
        "say": (_l("What to say when somebody is paged, in English"), _l("What to say then, in French")),
        "otherwise": (_l("What to say when it waits, in English"), _l("What to say when it waits, in French")),
    }
    rota = forms.ModelChoiceField(
        label=_l("Who is paged"), queryset=Rota.objects.none(), required=False,
        empty_label=_l("Nobody: it waits for the morning"),
    )  # fmt: skip
    is_active = forms.BooleanField(label=_l("Calls are taken by it"), required=False)

    def __init__(self, *args: Any, script: Script, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rota: Any = self.fields["rota"]
        rota.queryset = Rota.objects.filter(is_active=True).select_related("department")
        self.initial = {"rota": script.rota_id, "is_active": script.is_active, **self.initial}
        for part in self.PARTS:
            for language, label in zip(("en", "fr"), self.LABELS[part], strict=True):
                name = f"{part}_{language}"
                self.fields[name] = forms.CharField(
                    label=label, max_length=1000, required=part not in ("urgent_if", "say"),
                    widget=forms.Textarea(attrs={"rows": 3}),
                )  # fmt: skip
                self.initial.setdefault(name, getattr(script, part).get(language, ""))

    def clean(self) -> dict[str, Any]:
        """Whoever can be paged is paged by a rule, in both languages."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("urgent_if_en", "urgent_if_fr", "say_en", "say_fr"):
            if given.get("rota") and not given.get(name) and name not in self.errors:
                self.add_error(name, _("Somebody can be paged by this script: write this too."))
        return given

    @property
    def written(self) -> dict[str, Any]:
        """The fields of the script."""
        given = self.cleaned_data
        words = {
            part: Localized({one: given[f"{part}_{one}"] for one in ("en", "fr") if given[f"{part}_{one}"]})
            for part in self.PARTS
        }
        return {"rota": given["rota"], "is_active": given["is_active"], **words}
