"""How long a restriction may last, and who may approve it: pure functions, for they have legal weight.

The municipality's adopted policy may be narrower; these are the outer limits
that no page and no interface lets anybody pass.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

LONGEST, REVIEWED_WITHIN = 12, 6
"""Months: from the start to the end at most, and to the next review at most."""
MAY_APPROVE = ("director", "deputy_cao", "cao")
"""The levels of position from which a restriction can be approved."""


def months_after(on: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    at = on.year * 12 + on.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def is_short_enough(starts_on: date, ends_on: date) -> bool:
    """Does it end on its first day or later, and within twelve months?"""
    return starts_on <= ends_on <= months_after(starts_on, LONGEST)


def is_reviewed_in_time(last_on: date, review_on: date, ends_on: date) -> bool:
    """Is it looked at again after the last time, within six months, and before it ends?"""
    return last_on <= review_on <= min(months_after(last_on, REVIEWED_WITHIN), ends_on)


def is_above(upper: str, lower: str, reports_to: Mapping[str, str | None]) -> bool:
    """Does the reporting line lead from one position up to the other? None is above itself; a loop leads nowhere."""
    seen = {lower}
    at = reports_to.get(lower)
    while at is not None and at not in seen:
        if at == upper:
            return True
        seen.add(at)
        at = reports_to.get(at)
    return False


def may_approve(upper: str, level: str, lower: str, reports_to: Mapping[str, str | None]) -> bool:
    """May the holder of this position approve what the holder of the other asked for?"""
    return level in MAY_APPROVE and is_above(upper, lower, reports_to)
