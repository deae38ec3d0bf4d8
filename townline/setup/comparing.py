"""Two texts of one row beside each other, field by field, in the words of its form."""

from dataclasses import dataclass
from typing import Any

from townline.core.localized import LANGUAGES
from townline.setup.kinds import SetupKind


@dataclass(frozen=True)
class Compared:
    """One field: what it is called, and what stands on either side."""

    label: Any
    left: list[tuple[str, str]]
    right: list[tuple[str, str]]


def compared(about: SetupKind, left: dict[str, Any], right: dict[str, Any], names: list[str]) -> list[Compared]:
    """These fields of both, in the order of the form."""
    form = about.form(before=left)
    found = []
    for name in form.fields:
        path = name.split("__")
        if path[0] in names:
            sides = _said(form.fields[name], left, path), _said(form.fields[name], right, path)
            if sides[0] != sides[1]:
                found.append(Compared(form.fields[name].label, *sides))
    return found


def side_by_side(about: SetupKind, left: dict[str, Any], right: dict[str, Any]) -> list[Compared]:
    """Every field in which the two differ."""
    return compared(about, left, right, [name for name in {*left, *right} if left.get(name) != right.get(name)])


def _said(field: Any, written: Any, path: list[str]) -> list[tuple[str, str]]:
    """The value as lines of (language, text)."""
    value = written
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, dict) and set(value) <= set(LANGUAGES):
        return [(language, value[language]) for language in LANGUAGES if value.get(language)]
    if isinstance(value, list):
        return [("", _label(field, one)) for one in value]
    return [] if value is None else [("", _label(field, value))]


def _label(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, list):
        return "–".join(str(one) for one in value)
    return str(dict(getattr(field, "choices", ())).get(value, value))
