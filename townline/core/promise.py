"""How a promise stands: worked out from its history, and from nothing else.

Pure functions, no database. The history is what was promised and by which
hours, what the case waited for, when a declared weather event was over, and
when the promise was fulfilled. The same history read at the same moment always
gives the same answer, so what is stored of it can be proved at any time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import NamedTuple

from townline.core.clock import FOREVER, counted_anew_from, due_with_pauses, merged
from townline.core.hours import NO_TIME, OpeningHours, in_utc

LEAD = timedelta(hours=8)
"""A warning comes at most so much opening time before the due moment: about one business day."""


@dataclass(frozen=True)
class Terms:
    """What was promised: so much time, by these hours, standing still for these reasons."""

    amount: int
    unit: str
    hours: OpeningHours
    pauses_for: frozenset[str] = frozenset()


class Wait(NamedTuple):
    """Why a case waited, from when, and until when if that is over."""

    reason: str
    began_at: datetime
    ended_at: datetime | None


class What(IntEnum):
    """What can happen to a promise, in the order of what happens at one moment."""

    GIVEN = 0
    HELD = 1
    BEGUN = 2
    WAITED = 3
    WENT_ON = 4
    PROMISED_ANEW = 5
    ENDED = 6


class Happened(NamedTuple):
    """One thing in the history of a promise."""

    at: datetime
    what: What
    reason: str = ""
    terms: Terms | None = None


class State(StrEnum):
    """Where a promise stands."""

    HELD = "held"
    RUNNING = "running"
    PAUSED = "paused"
    OVERDUE = "overdue"
    KEPT = "kept"
    LATE = "late"


@dataclass(frozen=True)
class Reading:
    """A promise as it stands at one moment.

    `elapsed` is the time that counted so far, `paused` the time that did not,
    both in opening hours or on any clock as the promise itself is; `waits` are
    the stretches that moved the due moment.
    """

    state: State
    due_at: datetime | None
    elapsed: timedelta
    paused: timedelta
    waits: tuple[Wait, ...]


@dataclass
class _Course:
    """What the history has come to so far."""

    terms: Terms
    given_at: datetime
    begun_at: datetime | None
    counted_from: datetime
    waits: list[Wait]
    ended_at: datetime | None = None


def read(history: Iterable[Happened], now: datetime) -> Reading:
    """How the promise stands now; what happened later is left out, and the order of the history does not matter."""
    now = in_utc(now)
    known = sorted(
        (event for event in history if in_utc(event.at) <= now), key=lambda event: (in_utc(event.at), event.what)
    )
    course = _course_of(known)
    until = course.ended_at or now
    due_at = _due(course)
    counted = _moving(course, until, due_at)
    paused = sum((_passed(course.terms, wait.began_at, wait.ended_at or until) for wait in _joined(counted)), NO_TIME)
    begun_at = course.begun_at
    elapsed = _passed(course.terms, begun_at, until) - paused if begun_at else NO_TIME
    return Reading(_state(course, due_at, now), due_at, elapsed, paused, tuple(counted))


def due_of(
    terms: Terms, begun_at: datetime | None, waits: Iterable[Wait] = (), ended_at: datetime | None = None
) -> datetime | None:
    """When a promise runs out that began to count then; None while it stands still or has not begun.

    One that was fulfilled while it stood still is reckoned as if the case went
    on at that moment, so that it can be told whether it was kept in time.
    """
    if begun_at is None:
        return None
    pauses = [(wait.began_at, wait.ended_at) for wait in waits if wait.reason in terms.pauses_for]
    due_at = due_with_pauses(begun_at, terms.amount, terms.unit, terms.hours, pauses)
    if due_at is None and ended_at is not None:
        over = [(began_at, until or max(began_at, ended_at)) for began_at, until in pauses]
        due_at = due_with_pauses(begun_at, terms.amount, terms.unit, terms.hours, over)
    return due_at


class Notices(NamedTuple):
    """When staff are told: soon due, overdue, still overdue. All in opening hours."""

    soon_at: datetime | None
    late_at: datetime
    later_at: datetime


def notices(hours: OpeningHours, begun_at: datetime, due_at: datetime) -> Notices:
    """When to tell of a promise: once a quarter of its opening time is left, when it is due, and a business day on.

    The quarter is at most `LEAD`. A promise with no opening time before it is
    due, such as one of a few hours at night, is not warned of beforehand.
    """
    open_time = hours.open_between(begun_at, due_at)
    lead = min(open_time / 4, LEAD)
    soon_at = hours.add_business_time(begun_at, open_time - lead) if open_time else None
    if soon_at is not None and (opening := hours.next_opening(soon_at)) <= due_at:
        soon_at = opening
    late_at = hours.next_opening(due_at)
    return Notices(soon_at, late_at, hours.next_opening(hours.add_business_days(late_at, 1)))


def _course_of(known: Sequence[Happened]) -> _Course:
    if not known or known[0].what != What.GIVEN or known[0].terms is None:
        raise ValueError("The history of a promise begins with what was promised.")
    first = in_utc(known[0].at)
    course = _Course(known[0].terms, first, first, first, [])
    for event in known[1:]:
        _go_on(course, event)
        if course.ended_at:
            break
    return course


def _go_on(course: _Course, event: Happened) -> None:
    at = in_utc(event.at)
    match event.what:
        case What.HELD:
            course.begun_at = None
        case What.BEGUN:
            course.begun_at = course.counted_from = at
        case What.WAITED:
            course.waits.append(Wait(event.reason, at, None))
        case What.WENT_ON:
            course.waits = [wait if wait.ended_at else wait._replace(ended_at=at) for wait in course.waits]
        case What.PROMISED_ANEW:
            _promise_anew(course, at, event.terms)
        case What.ENDED:
            course.ended_at = at


def _promise_anew(course: _Course, at: datetime, terms: Terms | None) -> None:
    """Other terms take over, unless the old ones give less time or are broken already."""
    assert terms is not None
    if course.begun_at is None:
        course.terms = terms
        return
    old_due_at = due_of(course.terms, course.counted_from, course.waits, ended_at=at)
    assert old_due_at is not None
    start = anew_from(at, old_due_at, course.counted_from, terms, course.waits)
    if start is not None:
        course.terms, course.counted_from = terms, start


def anew_from(
    now: datetime, old_due_at: datetime, begun_at: datetime, terms: Terms, waits: Iterable[Wait]
) -> datetime | None:
    """From when other terms count that take the place of those before; None when the old promise stays."""
    over = [
        (wait.began_at, wait.ended_at or max(wait.began_at, now)) for wait in waits if wait.reason in terms.pauses_for
    ]
    return counted_anew_from(now, old_due_at, begun_at, terms.amount, terms.unit, terms.hours, over)


def _due(course: _Course) -> datetime | None:
    if course.begun_at is None:
        return None
    return due_of(course.terms, course.counted_from, course.waits, course.ended_at)


def _state(course: _Course, due_at: datetime | None, now: datetime) -> State:
    if course.ended_at:
        return State.KEPT if due_at is None or course.ended_at <= due_at else State.LATE
    if course.begun_at is None:
        return State.HELD
    if due_at is None:
        return State.PAUSED
    return State.OVERDUE if due_at < now else State.RUNNING


def _moving(course: _Course, until: datetime, due_at: datetime | None) -> list[Wait]:
    """The waits that the promise stood still for: of its reasons, after it began, before it ran out."""
    if course.begun_at is None:
        return []
    first, last = course.begun_at, min(until, due_at) if due_at else until
    found = []
    for wait in course.waits:
        if wait.reason in course.terms.pauses_for and wait.began_at < last and (wait.ended_at or until) > first:
            found.append(wait._replace(began_at=max(wait.began_at, first)))
    return found


def _joined(waits: Iterable[Wait]) -> list[Wait]:
    """Each stretch once, where waits overlap."""
    stretches = merged((wait.began_at, wait.ended_at) for wait in waits)
    return [Wait("", began_at, None if ended_at == FOREVER else ended_at) for began_at, ended_at in stretches]


def _passed(terms: Terms, first: datetime, last: datetime) -> timedelta:
    """How much time of the promise's own kind lies between two moments."""
    if terms.unit in ("business_days", "business_hours"):
        return terms.hours.open_between(first, last)
    return max(NO_TIME, last - first)
