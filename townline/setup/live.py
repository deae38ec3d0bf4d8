"""The live catalogue held against the rules of a pack, as it would be after a change.

What a pack is refused for is refused at the desk as well, with the same rules;
so the catalogue can always be exported and applied again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from townline.packs.checking import RULES
from townline.packs.problems import Problem
from townline.packs.reading import Entry, Pack
from townline.packs.table import Table, Written
from townline.packs.tables import CLOSURES, TABLES

TABLE_OF: dict[str, Table] = {table.kind: table for table in TABLES if table is not CLOSURES}
"""Every kind of row by its name in a pack; closures are looked after with their calendar."""
Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Row(Entry[Any]):
    """A row of the live catalogue; what is wrong with it names the field."""

    kind: str = ""

    def problem(self, loc: str | Loc, what: str, would_be_right: str) -> Problem:
        """Something wrong with this row, at one of its fields."""
        field = loc if isinstance(loc, str) else ".".join(str(step) for step in loc)
        return Problem(f"{self.kind}/{self.row.code}/{field}", 0, what, would_be_right)


@dataclass(frozen=True)
class Wrong:
    """One thing that a change would make wrong: in which row, at which field, and what."""

    kind: str
    code: str
    field: str
    what: str

    @classmethod
    def of(cls, problem: Problem) -> "Wrong":
        """Out of a problem of a live row."""
        kind, code, field = problem.file.split("/", 2)
        return cls(kind, code, field, problem.what)


def new_problems(kind: str, code: str, written: Written) -> list[Wrong]:
    """What would be wrong if this row said this, and is not wrong now."""
    after = list(_problems(_live(kind, code, written)))
    if not after:
        return []
    before = set(_problems(_live()))
    return [wrong for wrong in after if wrong not in before]


def _problems(pack: Pack) -> Iterator[Wrong]:
    for rule in RULES:
        yield from (Wrong.of(problem) for problem in rule(pack))


def _live(kind: str = "", code: str = "", written: Written | None = None) -> Pack:
    """Every live row of the right shape, with one of them put in the place of what is there."""
    pack = Pack(Path())
    for name, table in TABLE_OF.items():
        rows = list(table.file_rows())
        if name == kind and written is not None:
            at = next((at for at, row in enumerate(rows) if row["code"] == code), len(rows))
            rows[at : at + 1] = [written]
        _take(pack, table, rows)
    return pack


def _take(pack: Pack, table: Table, rows: list[Written]) -> None:
    pack.codes[table.kind] = {row["code"] for row in rows}
    for row in rows:
        try:
            found = table.shape.model_validate(row)
        except ValidationError:
            continue
        file = f"services/{row['code']}.yaml" if table.kind == "services" else f"{table.kind}.yaml"
        pack.entries.setdefault(table.kind, []).append(Row(found, file, {}, table.kind))
