"""Shape of what is typed about a template."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Department, User
from townline.catalogue.models import Kind, Service
from townline.catalogue.outcomes import Outcome
from townline.ui.forms import DateParts
from townline.wording.models import WRITTEN, Template
from townline.wording.placeholders import refusal

LONGEST = 4000


def words(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    """The text in one language."""
    area = forms.Textarea(attrs={"rows": 8})
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST, widget=area, required=required, strip=False)


class TemplateForm(forms.Form):
    """Everything about a template; `seen` is the version that its writer began with."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    use = forms.ChoiceField(label=_l("What is it for?"), choices=Template.Use.choices, widget=forms.RadioSelect)
    name_en = forms.CharField(label=_l("Name in the list, in English"), max_length=80)
    name_fr = forms.CharField(label=_l("Name in the list, in French"), max_length=80, required=False)
    text_en = words(_l("Text in English"))
    text_fr = words(
        _l("Text in French"),
        _l("Without it, French cases get the English text, and a mark that says so."),
        required=False,
    )
    department = forms.ModelChoiceField(
        label=_l("Whose is it?"), queryset=Department.objects.none(), required=False, empty_label=_l("Everybody’s")
    )
    service = forms.ModelChoiceField(
        label=_l("Suggested for the service"), queryset=Service.objects.filter(is_active=True), required=False,
        empty_label=_l("Any"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_l("Suggested for the kind of case"), required=False)
    outcome = forms.ChoiceField(
        label=_l("For the outcome"), required=False, help_text=_l("Only for words at the end of a case.")
    )
    review_on = forms.DateField(label=_l("When should somebody read it again?"), widget=DateParts(), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        any_of_them = [("", _l("Any"))]
        self._set_choices("kind", [*any_of_them, *Kind.choices])
        self._set_choices("outcome", [*any_of_them, *Outcome.choices])
        department: Any = self.fields["department"]
        department.queryset = Department.objects.filter(is_active=True).order_by("sort_key")
        if not user.holds("catalogue.edit"):
            department.queryset = department.queryset.filter(pk__in=user.department_ids)
            department.required, department.empty_label = True, None

    def _set_choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @classmethod
    def shown(cls, template: Template, **kwargs: Any) -> "TemplateForm":
        """The form with what the template says."""
        initial = {name: getattr(template, name) for name in WRITTEN if name not in ("name", "text")}
        for language in ("en", "fr"):
            initial |= {f"{part}_{language}": getattr(template, part).get(language, "") for part in ("name", "text")}
        return cls(initial={**initial, "seen": template.version}, **kwargs)

    def clean_text_en(self) -> str:
        """Only known placeholders."""
        return self._known(self.cleaned_data["text_en"])

    def clean_text_fr(self) -> str:
        """Only known placeholders."""
        return self._known(self.cleaned_data["text_fr"])

    def _known(self, text: str) -> str:
        if said := refusal(text):
            raise forms.ValidationError(said)
        return text.replace("\r\n", "\n").strip()

    @property
    def written(self) -> dict[str, Any]:
        """The fields of the template."""
        given = self.cleaned_data
        pairs = {
            part: {language: given[f"{part}_{language}"] for language in ("en", "fr") if given[f"{part}_{language}"]}
            for part in ("name", "text")
        }
        return {name: given[name] for name in WRITTEN if name not in pairs} | pairs
