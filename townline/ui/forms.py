"""Forms as the house draws them: one field template for every form on every page.

`FORM_RENDERER = "townline.ui.forms.Renderer"` makes `{{ form }}` and
`{% field form.subject %}` use it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Input
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.ui.both import BothInput
from townline.ui.labels import labelled


class Renderer(DjangoTemplates):
    """Renders forms with `ui/form.html` and fields with `ui/field.html`."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class Choice(str):
    """The label of a radio or checkbox that has a hint under it: `Choice(_("By mail"), _("5 days"))`."""

    hint: str

    def __new__(cls, label: object, hint: object = "") -> "Choice":
        """A label that remembers its hint."""
        made = super().__new__(cls, str(label))
        made.hint = str(hint)
        return made


class DateParts(forms.Widget):
    """A date typed as three numbers: works without a script, on old phones and with screen readers.

    Use it with `forms.DateField(widget=DateParts())`. A date that does not
    exist comes back as it was typed, and the field says what is wrong.
    """

    template_name = "ui/date_parts.html"
    use_fieldset = True
    PARTS = (("day", _l("Day"), 2), ("month", _l("Month"), 2), ("year", _l("Year"), 4))

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        """The error summary leads to the first of the three."""
        return f"{id_}_day" if id_ else ""

    def format_value(self, value: Any) -> Any:
        """The three parts of a date, or of what was typed."""
        if isinstance(value, date):
            return {"day": value.day, "month": value.month, "year": value.year}
        typed = str(value or "").split("-", 2)
        return dict(zip(("year", "month", "day"), typed, strict=False))

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        """Adds one input for each part."""
        context = super().get_context(name, value, dict(attrs or {}))
        given = context["widget"]["attrs"]
        purpose = given.pop("autocomplete", "")
        shown = self.format_value(value)
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{given.get('id', name)}_{part}",
                "label": label,
                "value": shown.get(part, ""),
                "width": width,
                "autocomplete": f"{purpose}-{part}" if purpose else "",
                "invalid": given.get("aria-invalid"),
            }
            for part, label, width in self.PARTS
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        """What was typed, as `year-month-day`; nothing when all three are empty."""
        typed = [str(data.get(f"{name}_{part}") or "").strip() for part in ("year", "month", "day")]
        return "-".join(typed) if any(typed) else data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the page did not ask for this date at all."""
        return not any(f"{name}_{part}" in data for part in ("year", "month", "day"))


class Drawn(NamedTuple):
    """A field as its template needs it."""

    kind: str
    control: SafeString | str
    target: str
    hints: list[str]
    described_by: str


class Option(NamedTuple):
    """One radio button or checkbox."""

    tag: SafeString
    id: str
    label: object
    hint: str


KINDS: dict[type[forms.Widget], tuple[str, str]] = {
    forms.HiddenInput: ("hidden", ""),
    DateParts: ("parts", ""),
    BothInput: ("parts", ""),
    forms.CheckboxSelectMultiple: ("checkboxes", "govuk-checkboxes__input"),
    forms.RadioSelect: ("radios", "govuk-radios__input"),
    forms.CheckboxInput: ("checkbox", "govuk-checkboxes__input"),
    forms.Select: ("select", "govuk-select"),
    forms.Textarea: ("textarea", "govuk-textarea"),
    forms.FileInput: ("file", "govuk-file-upload"),
    Input: ("input", "govuk-input"),
}


def _kind(widget: forms.Widget) -> tuple[str, str]:
    if widget.is_hidden:
        return "hidden", ""
    return next((drawn for kind, drawn in KINDS.items() if isinstance(widget, kind)), ("other", ""))


def _hints(bound: BoundField, kind: str) -> list[str]:
    limit = getattr(bound.field, "max_length", None)
    said = [bound.help_text] if bound.help_text else []
    if kind == "textarea" and limit:
        limit = number_format(limit, force_grouping=True)
        said.append(_("You can enter up to %(limit)s characters.") % {"limit": limit})
    return [str(sentence) for sentence in said]


def drawn(bound: BoundField) -> Drawn:
    """The control of a field with its classes and its links to hint and error.

    A text that is too long is never cut in the browser: the server says by how
    much, and everything typed is still there.
    """
    kind, css = _kind(bound.field.widget)
    hints = _hints(bound, kind)
    ids = [f"{bound.auto_id}_helptext"] if hints else []
    if bound.errors:
        ids.append(f"{bound.auto_id}_error")
        css = f"{css} {css}--error" if kind in ("input", "select", "textarea", "file") else css
    attrs: dict[str, Any] = {"class": css} if css else {}
    if kind in ("textarea", "input"):
        attrs["maxlength"] = False
    if kind == "textarea":
        attrs["rows"] = bound.field.widget.attrs.get("rows", 6)
    if not bound.use_fieldset and ids:
        attrs["aria-describedby"] = " ".join(ids)
    control: SafeString | str = "" if kind in ("radios", "checkboxes") else bound.as_widget(attrs=attrs)
    return Drawn(kind, control, target(bound), hints, " ".join(ids))


def options(bound: BoundField) -> Iterator[Option]:
    """The radio buttons or checkboxes of a field, each drawn apart from its label."""
    css = _kind(bound.field.widget)[1]
    for choice in bound.subwidgets:
        attrs = choice.data["attrs"]
        hint = getattr(choice.data["label"], "hint", "")
        attrs["class"] = css
        attrs.pop("aria-describedby", None)
        if hint:
            attrs["aria-describedby"] = f"{attrs['id']}_hint"
        yield Option(choice.tag(), attrs["id"], choice.data["label"], hint)


def target(bound: BoundField) -> str:
    """The id that the error summary leads to: the control itself, or the first of several."""
    if _kind(bound.field.widget)[0] in ("radios", "checkboxes"):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def mistakes(form: "forms.BaseForm | forms.BaseFormSet[Any] | None") -> list[tuple[str, str]]:
    """Every error of a form as (sentence, id of its field); the id is empty when it is about the whole form."""
    if form is None or not hasattr(form, "errors"):
        return []
    if isinstance(form, forms.BaseFormSet):
        whole = [(str(error), "") for error in form.non_form_errors()] if form.is_bound else []
        return whole + [found for each in form.forms for found in mistakes(each)]
    found = []
    for name, errors in form.errors.items():
        bound = form[name] if name in form.fields else None
        where = target(bound) if bound and not bound.is_hidden else ""
        found += [(_named(bound, str(error)), where) for error in errors]
    return found


def _named(bound: BoundField | None, sentence: str) -> str:
    """A sentence for the summary: Django's own ones say nothing of the field, so they get its name."""
    if bound is None:
        return sentence
    inherited = (getattr(kind, "default_error_messages", {}) for kind in type(bound.field).__mro__)
    anonymous = {str(message) for messages in inherited for message in messages.values()}
    return labelled(bound.label, sentence) if sentence in anonymous else sentence
