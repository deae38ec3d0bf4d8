"""docs/events.md: everything that is recorded, where, with which details, and what reacts to it."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.db.models import Model

from townline.site.reference.source import Place, calls, document, files, first_words, table
from townline.timeline.models import Recorded
from townline.timeline.reactions import reactions_to

WHOLE_NAME = re.compile(r"[a-z]+\.[a-z_]+")
NOT_DETAILS = {"by", "happened_at"}

INTRODUCTION = """
    What happened, by name. An event is written in the transaction of the change it tells of, and never changed
    or deleted afterwards: the database refuses it. It says who (`by`), when it was written (`at`), when it
    happened (`happened_at`, earlier for letters and imports), to what, and some details: ids, choices, dates
    and amounts, never what people typed. A reaction is done by the worker after the commit, and tried again by
    itself when it fails.
"""


@dataclass(frozen=True)
class Happening:
    """One event that some code records."""

    name: str
    details: tuple[str, ...]
    place: Place


def page() -> str:
    """The page."""
    found = happenings()
    kinds = sorted({happening.name.split(".")[0] for happening in found})
    parts = []
    for kind in kinds:
        rows = [_row(name, found) for name in sorted({one.name for one in found if one.name.startswith(f"{kind}.")})]
        heading = ("event", "recorded when", "details", "what follows")
        parts.append(f"## {_title(kind)}\n\n" + table(heading, rows))
    return document("Events", INTRODUCTION, *parts)


@cache
def happenings() -> tuple[Happening, ...]:
    """Every event that the code can record; a call whose record cannot be told raises `LookupError`."""
    found = (happening for path in files() for place, call in calls(path) for happening in _happening(place, call))
    return tuple(sorted(found, key=lambda happening: (happening.name, happening.place)))


def _title(kind: str) -> str:
    return str(recorded_kinds()[kind]._meta.verbose_name).capitalize()


def _row(name: str, found: Iterable[Happening]) -> tuple[str, str, str, str]:
    same = [happening for happening in found if happening.name == name]
    promises = [one.place.promise for one in same if one.place.promise]
    promises = promises or [first_words(import_module(one.place.module).__doc__) for one in same]
    when = " / ".join(dict.fromkeys(promise.rstrip(".") for promise in promises))
    details = dict.fromkeys(detail for happening in same for detail in happening.details)
    reactions = [first_words(reaction.__doc__).rstrip(".") for reaction in reactions_to(name).values()]
    return f"`{name}`", when, ", ".join(details), " / ".join(reactions)


def recorded_kinds() -> dict[str, type[Model]]:
    """Every kind of record that has a timeline, by the word its events begin with."""
    return {str(model._meta.model_name): model for model in apps.get_models() if issubclass(model, Recorded)}


def _happening(place: Place, call: ast.Call) -> Iterator[Happening]:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    said = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    details = tuple(keyword.arg or "…" for keyword in call.keywords if keyword.arg not in NOT_DETAILS)
    if called == "record" and isinstance(call.func, ast.Attribute) and isinstance(said, str):
        for kind in _kinds_of(place, call.func.value):
            yield Happening(f"{kind}.{said}", details, place)
    elif called in ("event", "Event") and isinstance(said, str) and WHOLE_NAME.fullmatch(said):
        yield Happening(said, details, place)


def _kinds_of(place: Place, receiver: ast.expr) -> list[str]:
    """What is recorded on: what the variable is called, or the class the code stands in."""
    kinds = recorded_kinds()
    nodes = [node for node in ast.walk(receiver) if isinstance(node, ast.Attribute | ast.Name)]
    words = [(node.attr if isinstance(node, ast.Attribute) else node.id).lower() for node in nodes]
    found = [word for word in words if word in kinds][:1]
    if not found and place.kind:
        around = getattr(import_module(place.module), place.kind)
        found = [kind for kind, model in kinds.items() if issubclass(model, around)]
    if not found:
        raise LookupError(f"{place.module}, {place.function}: what kind of record is “{ast.unparse(receiver)}”?")
    return found
