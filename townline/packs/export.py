"""Writes the live catalogue back as a pack: what applying it would change is nothing."""

from datetime import date
from io import StringIO
from pathlib import Path
from textwrap import dedent
from typing import Any

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString

from townline.accounts.models import Municipality
from townline.core.refusals import NotPossible
from townline.packs import schema
from townline.packs.reading import LISTS, PROFILE
from townline.packs.shapes import SPAN
from townline.packs.table import Table, Written, tidy
from townline.packs.tables import CALENDARS, CLOSURES, TABLES, holidays

WIDTH = 100
MISREAD = {"24:00", "yes", "no", "on", "off", "y", "n"}
"""Text that older readers of YAML take for a number or for true and false."""


def export(folder: Path) -> list[Path]:
    """Write every file of the pack; returns them. Other files in the folder are left alone."""
    if not Municipality.objects.exists():
        raise NotPossible("There is no municipality here yet. Apply a pack first: townline apply FOLDER.")
    written = {folder / name: as_yaml(content) for name, content in contents().items()}
    (folder / "services").mkdir(parents=True, exist_ok=True)
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    return list(written)


def contents() -> dict[str, Any]:
    """What each file of the pack holds, by its name."""
    tables = {table.kind: table for table in TABLES}
    found: dict[str, Any] = {PROFILE: _rows(tables["municipality"])[0]}
    for kind in LISTS:
        rows = _with_closures() if kind == "calendars" else _rows(tables[kind])
        if rows:
            found[f"{kind}.yaml"] = rows
    for row in _rows(tables["services"]):
        found[f"services/{row['code']}.yaml"] = row
    return found


def _rows(table: Table) -> list[Written]:
    return [_in_order(written, table.shape) for written in table.file_rows()]


def _with_closures() -> list[Written]:
    """Calendars with the closures that their holidays do not already say."""
    rows = []
    live = {code: CLOSURES.record_written(record) for code, record in CLOSURES.live().items()}
    for record in CALENDARS.records():
        row = CALENDARS.record_written(record)
        given = {closure["on"]: closure for closure in holidays(schema.CalendarRow.model_construct(**row))}
        closed = {
            on: live[code] for code in sorted(live) for calendar, on in [code.split("/")] if calendar == record.code
        }
        row["closures"] = [closure for on, closure in closed.items() if given.get(on) != closure]
        row["open_on"] = [on for on in given if on not in closed]
        rows.append(_in_order(tidy(row), schema.CalendarRow))
    return rows


def _in_order(written: Written, shape: type[BaseModel]) -> Written:
    """Fields in the order of the shape, on every database.

    A record that the desk has left without something a pack must have is
    written as it is; reading the pack then says what is missing.
    """
    try:
        found: Written = tidy(shape.model_validate(written).model_dump(mode="json", by_alias=True))
    except ValidationError:
        found = dict(written)
    if "questions" in found:
        found["questions"] = written["questions"]
    names = [*(name for name in shape.model_fields if name != "provenance"), "provenance"]
    return {name: found[name] for name in names if name in found}


def as_yaml(content: Any) -> str:
    """The text of one file: long text as blocks, opening spans on one line."""
    writer = YAML()
    writer.width = WIDTH
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.allow_unicode = True
    text = StringIO()
    writer.dump(_dressed(content), text)
    return dedent(text.getvalue())


def _dressed(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _dressed(item, key) for key, item in value.items()}
    if isinstance(value, list):
        row = CommentedSeq(_dressed(item, name) for item in value)
        if value and all(isinstance(item, list | int) or _is_short(item) for item in value):
            row.fa.set_flow_style()
        return row
    if not isinstance(value, str):
        return value
    if name == "on" or name.endswith("_on"):
        return date.fromisoformat(value)
    if SPAN.fullmatch(value) or value.lower() in MISREAD or not _is_plain_in_blocks(value):
        return DoubleQuotedScalarString(value)
    if "\n" in value:
        return LiteralScalarString(value)
    return FoldedScalarString(value) if len(value) > WIDTH else value


def _is_short(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 12


def _is_plain_in_blocks(text: str) -> bool:
    """Blocks keep no other white space than single spaces and line ends, and no control characters."""
    lines = text.split("\n")
    return all(line == " ".join(line.split(" ")).strip() and "  " not in line for line in lines) and all(
        character == "\n" or character.isprintable() for character in text
    )
