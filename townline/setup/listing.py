"""Finding a row in a list of the setup."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from townline.accounts.models import Department
from townline.catalogue.finding import words_of
from townline.catalogue.models import Kind
from townline.setup.kinds import SetupKind

LONGEST = 100


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: words, a kind of case, a department, and what is still to be confirmed."""

    words: str = ""
    kind: str = ""
    department: str = ""
    state: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        """As an address says it."""
        names = ("words", "kind", "department", "state")
        return cls(**{name: asked.get(name, "")[:LONGEST].replace("\0", "").strip() for name in names})

    @property
    def is_anything(self) -> bool:
        """Is the list narrowed down at all?"""
        return any((self.words, self.kind, self.department, self.state))


def listed(about: SetupKind, records: Iterable[Any], wanted: Wanted) -> dict[str, Any]:
    """The rows in use that fit, those out of use, and what the list can be narrowed down by."""
    every = list(records)
    found = sorted((one for one in every if _fits(one, about, wanted)), key=lambda one: _order(about, one))
    fields = {field.name for field in about.table.model._meta.get_fields()}
    return {
        "used": [_line(about, one) for one in found if getattr(one, "is_active", True)],
        "unused": [_line(about, one) for one in found if not getattr(one, "is_active", True)],
        "is_empty": not every,
        "kinds": Kind.choices if "kind" in fields else (),
        "departments": Department.objects.filter(is_active=True) if "department" in fields else (),
    }


def _line(about: SetupKind, record: Any) -> dict[str, Any]:
    return {
        "record": record,
        "name": about.name(record),
        "tells": [one for one in about.tells(record) if one],
        "to_confirm": len(record.unconfirmed),
        "is_hidden": not getattr(record, "is_public", True),
    }


def _order(about: SetupKind, record: Any) -> Any:
    return (getattr(record, "order", 0), getattr(record, "sort_key", "") or str(about.name(record)).casefold())


def _fits(record: Any, about: SetupKind, wanted: Wanted) -> bool:
    if wanted.kind and getattr(record, "kind", "") != wanted.kind:
        return False
    if wanted.department and getattr(getattr(record, "department", None), "code", "") != wanted.department:
        return False
    if wanted.state == "confirm" and not record.unconfirmed:
        return False
    return _has_words(record, about, wanted.words)


def _has_words(record: Any, about: SetupKind, words: str) -> bool:
    """Every word begins a word of the name, the summary or the code, in either language."""
    texts = [about.name(record), getattr(record, "summary", {}), getattr(record, "keywords", {})]
    said = " ".join([record.code.replace("-", " "), *(" ".join(text.values()) for text in texts)])
    known = words_of(said)
    return all(any(one.startswith(word) for one in known) for word in words_of(words))
