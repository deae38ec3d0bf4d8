"""The form of one row of the setup: every field of the pack's row, in the words of the pack.

A field whose name has two underscores in it lies within a value:
`officer__title` is the title of the officer. The shape of the pack's row has
the last word, so that whatever is saved here can be exported and applied.
"""

from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _l
from pydantic import ValidationError

from townline.accounts.models import Calendar, Department
from townline.catalogue.models import Service
from townline.packs.explaining import explained
from townline.packs.table import Table, Written
from townline.setup.changing import free_code
from townline.ui.both import Both
from townline.ui.forms import DateParts
from townline.ui.labels import labelled

MARKS = [
    ("P", _l("Our proposal: the municipality has still to decide")),
    ("S", _l("Seen in a public document of this municipality")),
    ("T", _l("Seen for another municipality: to be verified")),
    ("K", _l("General knowledge: to be verified")),
    ("C", _l("Computed or checked here")),
]
Choices = Callable[[], Iterable[tuple[str, Any]]]


def pick(label: Any, choices: Any, none: Any = None, hint: Any = "") -> forms.ChoiceField:
    """One of a list; with `none`, the words for none of them."""
    shown = choices if none is None else _with_none(choices, none)
    return forms.ChoiceField(label=label, help_text=hint, choices=shown, required=none is None)


def _with_none(choices: Any, none: Any) -> Any:
    return (lambda: [("", none), *choices()]) if callable(choices) else [("", none), *choices]


def several(label: Any, choices: Any, hint: Any = "") -> forms.MultipleChoiceField:
    """Any of a list."""
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, help_text=hint, choices=choices, required=False, widget=widget)


def tick(label: Any, hint: Any = "") -> forms.BooleanField:
    """Yes or no."""
    return forms.BooleanField(label=label, help_text=hint, required=False)


def line(label: Any, most: int, hint: Any = "", required: bool = False) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, help_text=hint, max_length=most, required=required)


def count(label: Any, hint: Any = "", required: bool = True, least: int = 0) -> forms.IntegerField:
    """A whole number."""
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, help_text=hint, min_value=least, max_value=10_000, widget=widget, required=required
    )


def day(label: Any, hint: Any = "") -> forms.DateField:
    """A date, or none."""
    return forms.DateField(label=label, help_text=hint, widget=DateParts(), required=False)


def departments() -> list[tuple[str, str]]:
    """Those that are in use."""
    return [(one.code, str(one.name)) for one in Department.objects.filter(is_active=True)]


def calendars() -> list[tuple[str, str]]:
    """All of them."""
    return [(one.code, str(one.name)) for one in Calendar.objects.order_by("pk")]


def services() -> list[tuple[str, str]]:
    """Those that are in use."""
    return [(one.code, str(one.name)) for one in Service.objects.filter(is_active=True)]


class RowForm(forms.Form):
    """Every field of one kind of row; `seen` is the mark of what its writer began with."""

    table: ClassVar[Table]
    named_by: ClassVar[str] = "name"
    starts: ClassVar[Written] = {}
    """What a new row says before anybody has typed anything."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, before: Written | None = None, seen: str = "") -> None:
        self.before = before or {}
        self.is_new = before is None
        self.written: Written = {}
        super().__init__(data, initial={"seen": seen, **self._shown(self.starts if self.is_new else self.before)})
        self.fields["provenance__mark"] = pick(_l("Where do these values come from?"), MARKS)
        self.fields["provenance__source"] = line(
            _l("The document"), 300, _l("Its title and where it is found. Needed when it was seen in one.")
        )
        self.fields["provenance__note"] = line(_l("Note about the source"), 500)
        for name in self._shown({"provenance": {"mark": "P"}}) if self.is_new else ():
            self.initial.setdefault(name, "P" if name.endswith("mark") else "")
        for name, one in self.fields.items():
            self._keep_what_is_gone(name, one)

    def _keep_what_is_gone(self, name: str, one: forms.Field) -> None:
        """A choice that is out of use stays on a row that has it."""
        if isinstance(one, forms.ChoiceField) and isinstance(now := self.initial.get(name), str) and now:
            choices: Any = list(one.choices)  # type: ignore[arg-type]
            if now not in {code for code, _label in choices}:
                one.choices = [*choices, (now, now)]

    def _shown(self, written: Written) -> dict[str, Any]:
        """What each field says of a row."""
        names = [*self.base_fields, "provenance__mark", "provenance__source", "provenance__note"]
        found = {name: _dig(written, name.split("__")) for name in names if name != "seen"}
        return {name: value for name, value in found.items() if value is not None}

    def clean(self) -> Any:
        """The row in its written form, judged by the shape of the pack."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        raw = deepcopy(self.before) if self.before else {"code": self._code(typed)}
        for name, value in typed.items():
            if name != "seen":
                _bury(raw, name.split("__"), self.put(name, value))
        self.finish(raw, typed)
        self._judge(_tidied(raw))
        return typed

    def put(self, name: str, value: Any) -> Any:
        """The value of a field as the pack has it; of several, those that stood there before stay in their order."""
        if isinstance(self.fields[name], forms.MultipleChoiceField):
            kept = [one for one in self.initial.get(name) or () if one in value]
            return [*kept, *(one for one in value if one not in kept)]
        return value.isoformat() if isinstance(value, date) else value

    def finish(self, raw: Written, typed: dict[str, Any]) -> None:
        """What several fields say together."""

    def _code(self, typed: dict[str, Any]) -> str:
        name = typed.get(self.named_by, {})
        return free_code(self.table, name.get("en", "") if isinstance(name, dict) else str(name))

    def _judge(self, raw: Written) -> None:
        try:
            row = self.table.shape.model_validate(raw)
        except ValidationError as refused:
            for error in refused.errors():
                self.blame(".".join(str(step) for step in error["loc"]), explained(error, self.table.shape)[0])
            return
        self.written = self.table.row_written(row)

    def blame(self, where: str, what: str) -> None:
        """Put a sentence beside the field it is about; beside none, above all of them."""
        path = where.replace(".", "__")
        names = [name for name in self.fields if path == name or path.startswith(f"{name}__")]
        inside = [name for name in self.fields if name.startswith(f"{path}__")] if path else []
        self.add_error((names or inside or [None])[0], what)  # type: ignore[list-item]

    def blame_rows(self, wrong: Iterable[Any], code: str, kind: str) -> None:
        """What is wrong across rows: here at its field, for another row with its name."""
        for one in wrong:
            if one.kind == kind and one.code == code:
                self.blame(one.field, one.what)
            else:
                self.add_error(None, labelled(one.code, one.what))


def _dig(value: Any, path: list[str]) -> Any:
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _bury(value: Written, path: list[str], leaf: Any) -> None:
    for step in path[:-1]:
        value = value.setdefault(step, {})
    value[path[-1]] = leaf


def _tidied(value: Any) -> Any:
    """Without anything empty, so that what is left out takes its default."""
    if isinstance(value, dict):
        inner = {name: _tidied(one) for name, one in value.items()}
        return {name: one for name, one in inner.items() if one not in (None, "", {}, [])}
    return [_tidied(one) for one in value] if isinstance(value, list) else value


def both(label: Any, hint: Any = "", *, rows: int = 0, required: bool = True, for_staff: bool = False) -> Both:
    """A text in both languages."""
    return Both(label=label, help_text=hint, rows=rows, required=required, for_staff=for_staff)
