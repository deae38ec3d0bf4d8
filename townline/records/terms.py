"""How long a record is kept: pure functions, for they have legal weight.

R.R.O. 1990, Reg. 823, s. 5 lets personal information that was used go no sooner
than the shorter of one year after its last use and the period that a by-law or
resolution of the municipality sets, unless the person consents. Where no by-law
is named the year therefore always holds, whatever else was proposed.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Trigger = Literal["closed", "year_end", "last_used"]
DAY = timedelta(days=1)


def months_on(on: date, months: int) -> date:
    """The same day so many months on; where that month has no such day, the first of the next, never sooner."""
    at = on.year * 12 + on.month - 1 + months
    year, month = divmod(at, 12)
    if on.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, on.day)
    return months_on(date(on.year, on.month, 1), months + 1)


@dataclass(frozen=True)
class Term:
    """From when and for how long a class of records is kept; `is_bylaw` when a by-law of the municipality sets it."""

    trigger: Trigger
    months: int
    is_bylaw: bool

    def begins_on(self, closed_on: date, last_used_on: date) -> date:
        """The day from which it is counted."""
        if self.trigger == "last_used":
            return max(closed_on, last_used_on)
        return date(closed_on.year, 12, 31) if self.trigger == "year_end" else closed_on

    def kept_through(self, closed_on: date, last_used_on: date, *, is_consented: bool = False) -> date:
        """The last day on which it must be kept.

        The person's consent lifts the year of the regulation, and what was only
        proposed; never the period of a by-law.
        """
        own = months_on(self.begins_on(closed_on, last_used_on), self.months)
        if self.is_bylaw:
            return own
        if is_consented:
            return closed_on
        return max(own, months_on(max(closed_on, last_used_on), 12))

    def may_go(self, closed_on: date, last_used_on: date, today: date, *, is_consented: bool = False) -> bool:
        """Is its last day over?"""
        return today > self.kept_through(closed_on, last_used_on, is_consented=is_consented)

    def closed_at_the_latest(self, today: date) -> date:
        """No case closed after this day can go today without consent; of those closed by then, some can."""
        months = self.months if self.is_bylaw else max(self.months, 12)
        at = today.year * 12 + today.month - 1 - months
        year, month = divmod(at, 12)
        return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1])) if year > 0 else date.min
