"""What applying a pack would change."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from townline.accounts.models import Municipality
from townline.packs.problems import PackRefused, Problem
from townline.packs.reading import PROFILE, Entry, Pack
from townline.packs.table import Table, Written
from townline.packs.tables import TABLES

TOLD = {
    "collection_notices": ("notice", ("text", "authority", "purpose", "officer")),
    "templates": ("template", ("text",)),
}
"""What is kept in versions, what one of them is called, and the words that make a version."""


class Mark(StrEnum):
    """How a row of the database and a row of the pack stand to each other."""

    ADDED = "+"
    CHANGED = "~"
    REMOVED = "×"
    KEPT = "−"


class Difference(NamedTuple):
    """One value that would change: where in the row, and from what to what."""

    field: str
    old: Any
    new: Any

    def __str__(self) -> str:
        if self.field == "questions":
            return f"questions: {'a new version will be published' if self.new else 'will no longer be asked'}"
        return f"{self.field}: {_short(self.old)} → {_short(self.new)}"


@dataclass(frozen=True)
class Change:
    """What would happen to one row."""

    table: Table
    code: str
    mark: Mark
    written: Written
    record: Any = None
    differences: tuple[Difference, ...] = ()

    def lines(self) -> Iterator[str]:
        """The change as it is printed."""
        note = {Mark.KEPT: "  not in the pack, kept", Mark.REMOVED: "  open on that day"}.get(self.mark, "")
        yield f"{self.mark} {self.table.kind} {self.code}{note}"
        yield from (f"    {difference}" for difference in self.differences)


@dataclass(frozen=True)
class Plan:
    """All changes, in an order in which they can be written."""

    pack: Pack
    changes: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        """Is there nothing to do? What is only kept does not count."""
        return all(change.mark == Mark.KEPT for change in self.changes)

    def counts(self) -> dict[str, int]:
        """How many rows are added, changed, removed and kept."""
        found = Counter(change.mark.name.lower() for change in self.changes)
        return {mark.name.lower(): found[mark.name.lower()] for mark in Mark}

    def lines(self) -> Iterator[str]:
        """The plan as it is printed."""
        for change in self.changes:
            yield from change.lines()
        yield self.summary()

    def summary(self, *, done: bool = False) -> str:
        """The plan in one line, before or after it is done."""
        counts = self.counts()
        words = ("added", "changed", "removed") if done else ("to add", "to change", "to remove")
        told = ", ".join(f"{count} {word}" for count, word in zip(counts.values(), words, strict=False))
        kept = f" {counts['kept']} not in the pack, kept." if counts["kept"] else ""
        return f"Nothing to change.{kept}" if self.is_empty else f"{told}.{kept}"


def plan(pack: Pack) -> Plan:
    """Hold the pack against the database; raises `PackRefused` when it cannot be applied to this one."""
    if problems := [*_another_municipality(pack), *_words_without_new_version(pack)]:
        raise PackRefused(problems)
    return Plan(pack, tuple(change for table in TABLES for change in _changes(table, pack)))


def _changes(table: Table, pack: Pack) -> Iterator[Change]:
    desired, live, dropped = table.desired(pack), table.live(), table.dropped(pack)
    for code, written in desired.items():
        record = live.get(code)
        if record is None:
            yield Change(table, code, Mark.ADDED, written)
        elif found := tuple(_differences(table.record_written(record), written)):
            yield Change(table, code, Mark.CHANGED, written, record, found)
    for code, record in live.items():
        if code not in desired:
            mark = Mark.REMOVED if code in dropped else Mark.KEPT
            yield Change(table, code, mark, table.record_written(record), record)


def _differences(old: Any, new: Any, field: str = "") -> Iterator[Difference]:
    """The smallest parts that differ."""
    if isinstance(old, dict) and isinstance(new, dict) and field != "questions":
        for name in [*new, *(name for name in old if name not in new)]:
            yield from _differences(old.get(name), new.get(name), f"{field}.{name}".lstrip("."))
    elif old != new:
        yield Difference(field, old, new)


def _short(value: Any) -> str:
    if value is None:
        return "nothing"
    text = " ".join(str(value).split())
    return f"“{text[:57]}…”" if len(text) > 58 else f"“{text}”"


def _another_municipality(pack: Pack) -> Iterator[Problem]:
    code = pack.municipality.code
    served = Municipality.objects.exclude(code=code).first()
    if served:
        yield Problem(
            PROFILE,
            1,
            f"This installation serves {served.name} ({served.code}), not {code}.",
            f"One installation serves one municipality: apply {served.code}, or set up another installation.",
        )


def _words_without_new_version(pack: Pack) -> Iterator[Problem]:
    """The version that people were shown or written to with is stored, so its words never change."""
    for table in TABLES:
        if table.kind in TOLD:
            current = table.live()
            for entry in pack.entries.get(table.kind, []):
                if found := current.get(entry.row.code):
                    old, new = table.record_written(found), table.row_written(entry.row)
                    yield from _version_problem(entry, table.kind, old, new)


def _version_problem(entry: Entry[Any], kind: str, old: Written, new: Written) -> Iterator[Problem]:
    (noun, told), version = TOLD[kind], old["version"]
    reworded = [name for name in told if old.get(name) != new.get(name)]
    if new["version"] < version:
        yield entry.problem(
            "version",
            f"Version {version} of “{entry.row.code}” is in force; this is version {new['version']}.",
            f"Export first, or write version {version + 1}.",
        )
    elif new["version"] == version and reworded:
        yield entry.problem(
            reworded[0],
            f"The {noun} “{entry.row.code}” has other words ({', '.join(reworded)}), but is still version {version}.",
            f"Write version: {version + 1}: the words that people were shown stay as they were.",
        )
