"""The reporting line: from every chair, step by step, up to one head.

A formal complaint climbs this line, so it may have no loop, no gap and only
one head, and it never leads down.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from townline.accounts.models import Position
from townline.core.localized import Localized
from townline.packs.problems import Problem
from townline.packs.reading import Entry, Pack

RANK = {level: rank for rank, level in enumerate(Position.Level.values)}


def broken_lines(pack: Pack) -> Iterator[Problem]:
    """Everything that keeps a chair from reaching the head of the organization."""
    chairs = {entry.row.code: entry for entry in pack.entries.get("positions", []) if entry.row.is_active}
    yield from _heads(chairs)
    yield from _loops(chairs)
    for entry in chairs.values():
        above = chairs.get(entry.row.reports_to)
        if above is None:
            yield from _gap(entry, pack)
        elif RANK[above.row.level] < RANK[entry.row.level]:
            yield entry.problem(
                "reports_to",
                _("%(position)s (%(level)s) reports to %(above)s (%(lower)s), which is a lower level.")
                % {
                    "position": _title(entry),
                    "level": _level(entry),
                    "above": _title(above),
                    "lower": _level(above),
                },
                "Report to the same level or a higher one, or correct the level.",
            )


def _heads(chairs: dict[str, Entry[Any]]) -> Iterator[Problem]:
    heads = [entry for entry in chairs.values() if entry.row.reports_to is None]
    names = get_text_list([_title(entry) for entry in heads], _("and"))
    for entry in heads[1:]:
        what = _("%(names)s report to nobody.") % {"names": names}
        yield entry.problem("reports_to", what, "Keep one head; give the others reports_to.")
    if len(heads) == 1 and heads[0].row.level != Position.Level.CAO:
        what = _("The reporting line ends at %(names)s, who is not the CAO.") % {"names": names}
        yield heads[0].problem("level", what, "Add the CAO (level: cao) above.")


def _gap(entry: Entry[Any], pack: Pack) -> Iterator[Problem]:
    code = entry.row.reports_to
    if code and any(row.code == code and not row.is_active for row in pack.rows("positions")):
        yield entry.problem(
            "reports_to",
            _("%(position)s reports to “%(code)s”, which is no longer a position: the line has a gap.")
            % {"position": _title(entry), "code": code},
            "Report to a position that is active.",
        )


def _loops(chairs: dict[str, Entry[Any]]) -> Iterator[Problem]:
    told: set[str] = set()
    for start in chairs:
        path: list[str] = []
        code: str | None = start
        while code in chairs and code not in path and code not in told:
            path.append(code)
            code = chairs[code].row.reports_to
        if code in path:
            loop = path[path.index(code) :]
            told.update(loop)
            names = " → ".join(_title(chairs[step]) for step in [*loop, code])
            what = _("The reporting line goes round: %(names)s.") % {"names": names}
            yield chairs[loop[0]].problem("reports_to", what, "Let one of them report to somebody above.")


def _title(entry: Entry[Any]) -> str:
    return str(Localized(**entry.row.title.model_dump()))


def _level(entry: Entry[Any]) -> str:
    return str(Position.Level(entry.row.level).label)
