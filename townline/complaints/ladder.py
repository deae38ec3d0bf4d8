"""Who may investigate a complaint: read from the reporting line, as pure functions.

Nobody complained about, and nobody who reports to them at any distance, may
investigate, open or find the complaint. It goes to the lowest supervising chair
above every person it is about; where nobody is named, to the lowest one over
the department.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

RANKS = ("staff", "supervisor", "manager", "director", "deputy_cao", "cao")


@dataclass(frozen=True)
class Chair:
    """A position: its level, the chair it reports to, its department, and who holds it now."""

    pk: int
    level: str
    above: int | None = None
    department: int = 0
    holders: tuple[int, ...] = ()

    @property
    def rank(self) -> int:
        """Higher decides over lower."""
        return RANKS.index(self.level)


Chairs = Mapping[int, Chair]


def line_above(chairs: Chairs, pk: int) -> list[Chair]:
    """The chairs above one, nearest first; a loop in bad data ends it."""
    found: list[Chair] = []
    at = chairs[pk].above if pk in chairs else None
    while at is not None and at in chairs and all(chair.pk != at for chair in found):
        found.append(chairs[at])
        at = chairs[at].above
    return found


def chairs_of(chairs: Chairs, people: Collection[int]) -> list[Chair]:
    """The chairs that these people hold."""
    return [chair for chair in chairs.values() if set(chair.holders) & set(people)]


def is_kept_out(chairs: Chairs, user: int, subjects: Collection[int]) -> bool:
    """Is this person complained about, or do they report to somebody who is?"""
    if user in subjects:
        return True
    above = {
        boss for chair in chairs_of(chairs, [user]) for one in line_above(chairs, chair.pk) for boss in one.holders
    }
    return bool(above & set(subjects))


def lowest_above(
    chairs: Chairs, subjects: Collection[int], *, seats: Collection[int] = (), barred: Collection[int] = ()
) -> list[Chair]:
    """The chairs above every person complained about, lowest first; empty when nobody stands above them all.

    `seats` are the chairs of those who have left; nobody `barred` (a witness) decides.
    """
    own = {chair.pk for chair in chairs_of(chairs, subjects)} | {pk for pk in seats if pk in chairs}
    lines = [{one.pk for one in line_above(chairs, pk)} for pk in own]
    if not lines:
        return []
    shared = set.intersection(*lines)
    return _deciding(chairs, (chairs[pk] for pk in shared), subjects, barred)


def lowest_over(
    chairs: Chairs, department: int, subjects: Collection[int] = (), *, barred: Collection[int] = ()
) -> list[Chair]:
    """The supervising chairs over a department, lowest first, and on up the line."""
    own = [chair for chair in chairs.values() if chair.department == department and chair.rank > 0]
    above = {one.pk: one for chair in own for one in line_above(chairs, chair.pk)}
    return _deciding(chairs, {**{chair.pk: chair for chair in own}, **above}.values(), subjects, barred)


def next_above(chairs: Chairs, chair: int, subjects: Collection[int], *, barred: Collection[int] = ()) -> list[Chair]:
    """The chairs of a higher level on the line above the one that had the complaint, nearest first."""
    own = chairs[chair].rank
    higher = [one for one in line_above(chairs, chair) if one.rank > own]
    return _deciding(chairs, higher, subjects, barred)


def able_in(chairs: Chairs, chair: Chair, subjects: Collection[int], barred: Collection[int] = ()) -> list[int]:
    """Who of those in a chair may have the complaint."""
    return [one for one in chair.holders if one not in barred and not is_kept_out(chairs, one, subjects)]


def _deciding(
    chairs: Chairs, found: Iterable[Chair], subjects: Collection[int], barred: Collection[int]
) -> list[Chair]:
    """Those of them that may decide and that somebody holds who is not kept out, lowest first."""
    able = [chair for chair in found if chair.rank > 0 and able_in(chairs, chair, subjects, barred)]
    return sorted(able, key=lambda chair: (chair.rank, len(line_above(chairs, chair.pk)) * -1, chair.pk))
