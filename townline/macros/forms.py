"""Shape of what is typed about a macro."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Department, Position, User
from townline.cases.models import Outcome
from townline.catalogue.models import Kind, Priority, Reason, Service
from townline.core.localized import Localized
from townline.macros.models import WRITTEN, Macro
from townline.wording.models import Template

NOTHING = [("", _l("Nothing"))]
ANY = [("", _l("Any"))]


class MacroForm(forms.Form):
    """Everything about a macro; `seen` is the revision that its writer began with."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name_en = forms.CharField(label=_l("Name in the list, in English"), max_length=80)
    name_fr = forms.CharField(label=_l("Name in the list, in French"), max_length=80, required=False)
    about_en = forms.CharField(label=_l("When to use it, in English"), max_length=200, required=False)
    about_fr = forms.CharField(label=_l("When to use it, in French"), max_length=200, required=False)
    department = forms.ModelChoiceField(
        label=_l("Whose is it?"), queryset=Department.objects.none(), required=False, empty_label=_l("Everybody’s")
    )
    service = forms.ModelChoiceField(
        label=_l("For the service"), queryset=Service.objects.filter(is_active=True), required=False,
        empty_label=_l("Any"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_l("For the kind of case"), required=False)
    takes = forms.BooleanField(label=_l("Take the case"), required=False)
    priority = forms.ChoiceField(label=_l("Change the priority"), required=False)
    note = forms.ChoiceField(label=_l("Write this note"), required=False)
    message = forms.ChoiceField(label=_l("Send this message"), required=False)
    position = forms.ModelChoiceField(
        label=_l("Assign the case to who is"), required=False, empty_label=_l("Nobody"),
        queryset=Position.objects.filter(is_active=True).order_by("id"),
    )  # fmt: skip
    wait_reason = forms.ChoiceField(label=_l("Put it on hold"), required=False)
    wait_days = forms.IntegerField(label=_l("For how many days?"), required=False, min_value=1, max_value=365)
    outcome = forms.ChoiceField(label=_l("Close it with the outcome"), required=False)
    closing = forms.ChoiceField(label=_l("With these words"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        templates = Template.objects.current().filter(is_active=True).order_by("code")
        by_use = {use: [(one.code, str(one.name)) for one in templates if one.use == use] for use in Template.Use}
        choices: dict[str, Any] = {
            "kind": [*ANY, *Kind.choices],
            "priority": [("", _l("No")), *Priority.choices],
            "note": [*NOTHING, *by_use[Template.Use.NOTE]],
            "message": [*NOTHING, *by_use[Template.Use.MESSAGE]],
            "wait_reason": [("", _l("No")), *Reason.choices],
            "outcome": [("", _l("Do not close it")), *Outcome.choices],
            "closing": [*NOTHING, *by_use[Template.Use.CLOSING]],
        }
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = offered
        department: Any = self.fields["department"]
        department.queryset = Department.objects.filter(is_active=True).order_by("sort_key")
        if not user.holds("catalogue.edit"):
            department.queryset = department.queryset.filter(pk__in=user.department_ids)
            department.required, department.empty_label = True, None

    @classmethod
    def shown(cls, macro: Macro, **kwargs: Any) -> "MacroForm":
        """The form with what the macro says."""
        initial = {name: getattr(macro, name) for name in WRITTEN if name not in ("name", "about")}
        for language in ("en", "fr"):
            initial |= {f"{part}_{language}": getattr(macro, part).get(language, "") for part in ("name", "about")}
        return cls(initial={**initial, "seen": macro.revision}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """What belongs together, and something to do at all."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(given.get("wait_reason")) != bool(given.get("wait_days")) and "wait_days" not in self.errors:
            self.add_error("wait_days", _l("To put a case on hold, choose the reason and say for how many days."))
        if bool(given.get("outcome")) != bool(given.get("closing")):
            self.add_error("closing", _l("To close a case, choose the outcome and the words for the customer."))
        if given.get("wait_reason") and given.get("outcome"):
            self.add_error("outcome", _l("A case that is closed cannot be on hold. Choose one of the two."))
        if not any(
            given.get(name) for name in ("takes", "priority", "note", "message", "position", "wait_reason", "outcome")
        ):
            self.add_error(None, _l("Choose at least one thing that it does."))
        return given

    @property
    def written(self) -> dict[str, Any]:
        """The fields of the macro."""
        given = self.cleaned_data
        pairs = {
            part: Localized({one: given[f"{part}_{one}"] for one in ("en", "fr") if given[f"{part}_{one}"]})
            for part in ("name", "about")
        }
        return {name: given[name] for name in WRITTEN if name not in pairs} | pairs
