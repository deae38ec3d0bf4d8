"""Reads a pack from its folder: every file, every row, with the line each thing stands on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from townline.packs import handling_rows, notice_rows, records_rows, schema, small_town_rows, wording_rows
from townline.packs.explaining import explained
from townline.packs.problems import PackRefused, Problem, did_you_mean
from townline.packs.yaml_lines import Lines, Loc, UnreadableError, line_of, read_yaml

R = TypeVar("R", bound=schema.Row)

PROFILE = "municipality.yaml"
LISTS: dict[str, type[schema.Row]] = {
    "calendars": schema.CalendarRow,
    "departments": schema.DepartmentRow,
    "positions": schema.PositionRow,
    "counters": schema.CounterRow,
    "roles": schema.RoleRow,
    "collection_notices": schema.NoticeRow,
    "standards": schema.StandardRow,
    "road_standards": schema.RoadStandardRow,
    "definitions": schema.DefinitionRow,
    "queues": schema.QueueRow,
    "routing": schema.RoutingRow,
    "supportive_language": schema.PhraseRow,
    "templates": wording_rows.TemplateRow,
    "complaint_procedure": schema.ProcedureRow,
    "ladder": schema.LadderRow,
    "outside_offices": schema.OfficeRow,
    "steps": handling_rows.StepRow,
    "records_classes": records_rows.RecordsClassRow,
    "access_rules": records_rows.AccessRuleRow,
    "bodies": handling_rows.BodyRow,
    "wrap_ups": handling_rows.WrapUpRow,
    "macros": wording_rows.MacroRow,
    "council": small_town_rows.MemberRow,
    "notices": notice_rows.SeasonRow,
    "rotas": small_town_rows.RotaRow,
    "urgent_scripts": small_town_rows.ScriptRow,
}
NEEDED = ("calendars", "departments", "positions", "roles")


@dataclass(frozen=True)
class Entry(Generic[R]):
    """A row that has the right shape, and where it stands."""

    row: R
    file: str
    lines: Lines = field(repr=False)

    def line(self, loc: str | Loc) -> int:
        """The line of one of its fields, or of a place within one."""
        return line_of(self.lines, (loc,) if isinstance(loc, str) else loc)

    def problem(self, loc: str | Loc, what: str, would_be_right: str) -> Problem:
        """Something wrong with this row, at one of its fields."""
        return Problem(self.file, self.line(loc), what, would_be_right)


@dataclass
class Pack:
    """A municipality described as files.

    `entries` holds the rows of the right shape; `codes` every code that is
    written down, so that a wrong row is not reported again by whatever names it.
    """

    folder: Path
    entries: dict[str, list[Entry[Any]]] = field(default_factory=dict)
    codes: dict[str, set[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def rows(self, kind: str) -> Iterator[Any]:
        """The rows of one kind, in the order of the files."""
        return (entry.row for entry in self.entries.get(kind, []))

    @property
    def municipality(self) -> schema.MunicipalityRow:
        """The profile."""
        found: schema.MunicipalityRow = self.entries["municipality"][0].row
        return found


def find(name: str) -> Path:
    """The folder of a pack: a path, or the name of one that comes with Townline."""
    if Path(name).is_dir():
        return Path(name)
    package = Path(str(files("townline")))
    towns = [package.parent / "towns", package / "towns"]
    for place in towns:
        if Path(name).name == name and (place / name / PROFILE).is_file():
            return place / name
    known = {path.parent.name for place in towns for path in place.glob(f"*/{PROFILE}")}
    raise PackRefused([Problem(name, 1, "There is no such folder, and no such pack.", did_you_mean(name, known))])


def read(folder: Path) -> Pack:
    """The pack in this folder, checked whole; raises `PackRefused` with everything that is wrong."""
    from townline.packs.checking import everything_wrong_with

    pack = gather(folder)
    pack.problems += everything_wrong_with(pack)
    if pack.problems:
        raise PackRefused(pack.problems)
    return pack


def gather(folder: Path) -> Pack:
    """Every row of the folder that has the right shape, and a problem for each that has not."""
    pack = Pack(folder)
    _strangers(pack)
    if (folder / PROFILE).is_file():
        _take(pack, "municipality", schema.MunicipalityRow, PROFILE, *load(pack, PROFILE))
    else:
        pack.problems.append(Problem(PROFILE, 1, "The file is missing.", f"Make {PROFILE}, with name, brand and more."))
    for kind, shape in LISTS.items():
        _take_list(pack, kind, shape)
    for path in sorted((folder / "services").glob("*.yaml")):
        name = f"services/{path.name}"
        raw, lines = load(pack, name)
        _take(pack, "services", schema.ServiceRow, name, _named_by_file(raw, path.stem), lines)
    return pack


def _named_by_file(raw: Any, code: str) -> Any:
    """A service takes its code from its file unless it says it itself."""
    return {"code": code, **raw} if isinstance(raw, dict) else raw


def _strangers(pack: Pack) -> None:
    known = {PROFILE, *(f"{kind}.yaml" for kind in LISTS)}
    for path in sorted(pack.folder.glob("*.y*ml")):
        if path.name not in known:
            what = "No part of a pack has this name."
            pack.problems.append(Problem(path.name, 1, what, did_you_mean(path.name, known)))


def _take_list(pack: Pack, kind: str, shape: type[schema.Row]) -> None:
    name = f"{kind}.yaml"
    if not (pack.folder / name).is_file():
        if kind in NEEDED:
            pack.problems.append(Problem(name, 1, "The file is missing.", f"Make {name}: a list of {kind}."))
        return
    rows, lines = load(pack, name)
    if rows is None:
        return
    if not isinstance(rows, list):
        pack.problems.append(Problem(name, 1, "The file is not a list.", "Begin each row with “- code: …”."))
        return
    for number, row in enumerate(rows):
        within = {loc[1:]: line for loc, line in lines.items() if loc[:1] == (number,)}
        _take(pack, kind, shape, name, row, within)


def _take(pack: Pack, kind: str, shape: type[schema.Row], name: str, raw: Any, lines: Lines) -> None:
    """One row: kept when it has the right shape, else its problems are."""
    if raw is None:
        return
    if isinstance(raw, dict) and isinstance(raw.get("code"), str):
        pack.codes.setdefault(kind, set()).add(raw["code"])
    try:
        pack.entries.setdefault(kind, []).append(Entry(shape.model_validate(raw), name, lines))
    except ValidationError as refused:
        for error in refused.errors():
            pack.problems.append(Problem(name, line_of(lines, error["loc"]), *explained(error, shape)))


def load(pack: Pack, name: str) -> tuple[Any, Lines]:
    """What a file holds in plain values, and the line of each place in it."""
    try:
        plain, lines = read_yaml((pack.folder / name).read_bytes())
    except UnreadableError as error:
        pack.problems.append(Problem(name, error.line, error.what, error.right))
        return None, {}
    if plain is None:
        pack.problems.append(Problem(name, 1, "The file is empty.", "Fill it, or take it away."))
    return plain, lines
