"""The business clock: when a promise runs out.

Pure functions, no database. What is added: the units of a service standard,
the pauses of a case, and the Ontario days that seed a calendar's closures.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from townline.core.hours import FURTHEST, WEEKDAYS, OpeningHours, in_utc, within_reach

__all__ = [
    "FURTHEST",
    "WEEKDAYS",
    "OpeningHours",
    "add_hours",
    "counted_anew_from",
    "due",
    "due_with_pauses",
    "municipal_days",
    "ontario_days",
]

HOUR = timedelta(hours=1)
MOST = FURTHEST // HOUR
FOREVER = datetime.max.replace(tzinfo=UTC)

Pause = tuple[datetime, datetime | None]


class _Unit(NamedTuple):
    """How one unit is added to a moment, and how much of it passes between two."""

    one: Any
    add: Callable[[OpeningHours, datetime, Any], datetime]
    passed: Callable[[OpeningHours, datetime, datetime], Any]


def _add_time(hours: OpeningHours, start: datetime, amount: timedelta) -> datetime:
    return in_utc(start) + within_reach(amount, FURTHEST)


UNITS = {
    "business_days": _Unit(1, OpeningHours.add_business_days, OpeningHours.business_days_ended),
    "business_hours": _Unit(HOUR, OpeningHours.add_business_time, OpeningHours.open_between),
    "calendar_days": _Unit(1, OpeningHours.add_calendar_days, OpeningHours.calendar_days_ended),
    "hours": _Unit(HOUR, _add_time, lambda hours, start, end: end - start),
}


def add_hours(start: datetime, amount: int) -> datetime:
    """So many hours later on any clock, day or night."""
    return in_utc(start) + within_reach(amount, MOST) * HOUR


def due(start: datetime, amount: int, unit: str, hours: OpeningHours) -> datetime:
    """When a promise of so many units, given at the start, runs out; in UTC.

    `business_days` and `calendar_days` end with their day, `business_hours`
    within opening hours, `hours` at any time.
    """
    counting = _unit(unit)
    return counting.add(hours, start, within_reach(amount, MOST) * counting.one)


def due_with_pauses(
    start: datetime, amount: int, unit: str, hours: OpeningHours, pauses: Iterable[Pause]
) -> datetime | None:
    """When a promise runs out that stood still during pauses; None while one lasts.

    A pause moves the due moment later by the business time it covers, or by the
    elapsed time for `hours`. In days it counts those whose end it covers: a wait
    from Tuesday morning to Thursday morning is two, an hour at noon is none.
    Pauses may come in any order and overlap; what two cover counts once. One
    that begins when the promise has already run out changes nothing, so that an
    overdue case cannot be made to look on time by waiting.
    """
    counting = _unit(unit)
    total = within_reach(amount, MOST) * counting.one
    due_at = counting.add(hours, start, total)
    given_at = in_utc(start)
    for begin, end in merged(pauses):
        if begin >= due_at:
            break
        if end == FOREVER:
            return None
        total += counting.passed(hours, max(begin, given_at), max(end, given_at))
        due_at = counting.add(hours, start, total)
    return due_at


def counted_anew_from(
    now: datetime,
    old_due_at: datetime,
    start: datetime,
    amount: int,
    unit: str,
    hours: OpeningHours,
    pauses: Iterable[Pause] = (),
) -> datetime | None:
    """From when a new standard counts that takes the place of another mid-way; None when the old promise stays.

    What has elapsed counts: the new standard is reckoned from the start. Where
    that leaves less time than was promised, it is reckoned from now, and never
    gives more time than before. A promise that is broken already stays so.
    `pauses` are those that are over.
    """
    now = in_utc(now)
    if old_due_at <= now:
        return None
    from_start = due_with_pauses(start, amount, unit, hours, pauses)
    if from_start is not None and from_start >= old_due_at:
        return in_utc(start)
    return now if due(now, amount, unit, hours) < old_due_at else None


def _unit(name: str) -> _Unit:
    if name not in UNITS:
        raise ValueError(f"“{name}” is not a unit; use one of {', '.join(UNITS)}.")
    return UNITS[name]


def merged(pauses: Iterable[Pause]) -> list[tuple[datetime, datetime]]:
    """What the pauses cover, in order, each stretch once; FOREVER ends an open one."""
    found: list[tuple[datetime, datetime]] = []
    for begin, end in sorted((in_utc(begin), in_utc(end) if end else FOREVER) for begin, end in pauses):
        if end < begin:
            raise ValueError(f"A pause cannot end at {end}, before it began at {begin}.")
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif begin < end:
            found.append((begin, end))
    return found


# Ontario's own words where the holidays package has another province's.
FRENCH_IN_ONTARIO = {
    "New Year's Day": "Jour de l’An",
    "Family Day": "Jour de la Famille",
    "Boxing Day": "Lendemain de Noël",
}


def ontario_days(years: Iterable[int]) -> dict[date, tuple[str, str]]:
    """Ontario's public holidays (Employment Standards Act, 2000, s. 1) with their English and French names.

    A holiday on a weekend adds the next weekday that is not one itself, as
    observed. The Act leaves that day to the employer, so this is a proposal: it
    seeds a list of closures that staff review and change.
    """
    found = _days(years, "public")
    for on, (english, french) in list(found.items()):
        if on.weekday() >= 5:
            free = on
            while free.weekday() >= 5 or free in found:
                free += timedelta(days=1)
            found[free] = (f"{english} (observed)", f"{french} (observé)")
    return dict(sorted(found.items()))


def municipal_days(years: Iterable[int]) -> dict[date, tuple[str, str]]:
    """Days that many municipalities close on though the Act does not name them.

    Easter Monday, Civic Holiday and Remembrance Day, for the municipality to choose from.
    """
    wanted = list(years)
    public = _days(wanted, "public")
    return {on: names for on, names in _days(wanted, "optional").items() if on not in public}


def _days(years: Iterable[int], category: str) -> dict[date, tuple[str, str]]:
    from holidays import country_holidays  # Only seeding needs it, and it is large.

    wanted = list(years)
    if not wanted:
        return {}
    english, french = (
        country_holidays(
            "CA", subdiv="ON", years=wanted, categories=category, language=language, observed=False, expand=False
        )
        for language in ("en_CA", "fr")
    )
    return {
        on: (name.replace("'", "’"), FRENCH_IN_ONTARIO.get(name, french[on].replace("'", "’")))
        for on, name in sorted(english.items())
    }
