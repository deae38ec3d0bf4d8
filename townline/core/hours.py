"""Opening hours: when a department or a counter is there for the public.

Pure arithmetic, no database. Moments are aware on the way in and UTC on the
way out; hours are read in the municipality's own zone. A span begins and ends
when the clock on the wall first reads its times. Where spring skips them it
begins or ends at the jump, and where autumn repeats them the first reading
counts, so that spans that touch on the wall always touch in time.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FURTHEST = timedelta(days=20_000)

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
WEEK = timedelta(weeks=1)
NO_TIME = timedelta(0)
REMEMBERED_DAYS = 4_000

Span = tuple[datetime, datetime]
A = TypeVar("A", int, timedelta)


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC; a moment without a zone is refused."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment!r} has no time zone.")
    return moment.astimezone(UTC)


def within_reach(amount: A, limit: A) -> A:
    """The same amount; one that is negative or beyond the limit is refused."""
    if amount < 0 * limit:
        raise ValueError(f"Time can only be added, not {amount}.")
    if amount > limit:
        raise _too_far()
    return amount


@dataclass(frozen=True)
class OpeningHours:
    """Any number of opening spans for each day of the week, and the dates that are closed all day.

    An end of 00:00 is the midnight that ends the day ("24:00" in a pack). Spans
    of a day come in order and may touch, not overlap; one without length is
    refused. No spans at all means never open: looking for the next opening is
    then refused. Nothing is looked for further away than `FURTHEST`.
    """

    zone: ZoneInfo
    spans: Mapping[str, Sequence[tuple[time, time]]] = field(hash=False)
    closed_on: frozenset[date] = frozenset()
    _week: tuple[tuple[tuple[timedelta, timedelta], ...], ...] = field(init=False, repr=False, compare=False)
    _known: dict[date, tuple[Span, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for day in self.spans:
            if day not in WEEKDAYS:
                raise ValueError(
                    _("“%(day)s” is not a day; use one of %(days)s.") % {"day": day, "days": ", ".join(WEEKDAYS)}
                )
        week = tuple(_since_midnight(day, self.spans.get(day, ())) for day in WEEKDAYS)
        object.__setattr__(self, "_week", week)

    @classmethod
    def from_json(cls, hours: Mapping[str, Any], zone: str, closed_on: Iterable[date] = ()) -> "OpeningHours":
        """Hours as a calendar stores them: `{"mon": [["08:30", "12:00"], ["13:00", "16:30"]]}`."""
        try:
            place = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(_("“%(zone)s” is not a time zone.") % {"zone": zone}) from error
        spans = {day: [_read_span(day, pair) for pair in pairs] for day, pairs in hours.items()}
        return cls(place, spans, frozenset(closed_on))

    def spans_on(self, on: date) -> tuple[Span, ...]:
        """When it is open on one local date, in order, as moments in UTC."""
        known = self._known.get(on)
        if known is None:
            if len(self._known) >= REMEMBERED_DAYS:
                self._known.clear()
            known = self._known[on] = self._work_out(on)
        return known

    def local_date(self, moment: datetime) -> date:
        """The date on the wall at a moment."""
        return moment.astimezone(self.zone).date()

    def closing_on(self, on: date) -> datetime | None:
        """When the last span of a date ends; None when it does not open.

        A day open until midnight closes at 23:59:59, so that the date read from it is right.
        """
        spans = self.spans_on(on)
        if not spans:
            return None
        until_midnight = self._week[on.weekday()][-1][1] == DAY
        return spans[-1][1] - SECOND if until_midnight else spans[-1][1]

    def is_open(self, moment: datetime) -> bool:
        """Is it open then? It is at the opening moment, and no longer at the closing moment."""
        at = in_utc(moment)
        return any(opens <= at < closes for opens, closes in self.spans_on(self.local_date(at)))

    def next_opening(self, moment: datetime) -> datetime:
        """The first open moment from here on: this one when it is open."""
        return self.add_business_time(moment, NO_TIME)

    def closes_at(self, moment: datetime) -> datetime | None:
        """Until when it stays open; None when it is closed, or does not close within a week."""
        at = closes = in_utc(moment)
        if not self.is_open(at):
            return None
        for opens, end in self._spans_from(at):
            if opens > closes:
                return closes
            if end - at > WEEK:
                return None
            closes = end
        return closes

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """How much time it is really open between two moments; none when they are not in order."""
        first, last = in_utc(start), in_utc(end)
        total = NO_TIME
        for on in self._dates(first, last):
            for opens, closes in self.spans_on(on):
                total += max(NO_TIME, min(closes, last) - max(opens, first))
        return total

    def add_business_time(self, start: datetime, amount: timedelta) -> datetime:
        """The moment at which it has been open for `amount` since the start.

        Time that fills a span exactly ends at its closing moment, not at the next opening.
        """
        at, left = in_utc(start), within_reach(amount, FURTHEST)
        for opens, closes in self._spans_from(at):
            begin = max(opens, at)
            if closes - begin >= left:
                return begin + left
            left -= closes - begin
        raise _too_far()

    def add_business_days(self, start: datetime, amount: int) -> datetime:
        """The close of the n-th business day after the day of the start.

        What comes outside hours counts as received at the next opening, so it
        is that day which does not count. A business day is a date on which it
        opens at all. None at all is the close of the day of receipt itself.
        """
        left = within_reach(amount, FURTHEST.days)
        opening = self.next_opening(start)
        for on in self._dates(opening, opening + FURTHEST):
            closing = self.closing_on(on)
            if closing and closing > opening:
                if not left:
                    return closing
                left -= 1
        raise _too_far()

    def business_days_ended(self, start: datetime, end: datetime) -> int:
        """How many business days close after the start and not after the end."""
        first, last = in_utc(start), in_utc(end)
        closings = (self.closing_on(on) for on in self._dates(first, last))
        return sum(closing is not None and first < closing <= last for closing in closings)

    def add_calendar_days(self, start: datetime, amount: int) -> datetime:
        """The last second, 23:59:59, of the n-th local date after the date of the start, open or not.

        What comes in a last second itself belongs to the next date.
        """
        on = self.local_date(in_utc(start) + SECOND) + within_reach(amount, FURTHEST.days) * DAY
        return datetime.combine(on, time(23, 59, 59), self.zone).astimezone(UTC)

    def calendar_days_ended(self, start: datetime, end: datetime) -> int:
        """How many local dates have their last second after the start and not after the end."""
        first, last = (self.local_date(in_utc(moment) + SECOND) for moment in (start, end))
        return max(0, (last - first).days)

    def _dates(self, first: datetime, last: datetime) -> Iterator[date]:
        if last - first > FURTHEST:
            raise _too_far()
        for ordinal in range(self.local_date(first).toordinal(), self.local_date(last).toordinal() + 1):
            yield date.fromordinal(ordinal)

    def _spans_from(self, at: datetime) -> Iterator[Span]:
        if not any(self._week):
            raise ValueError(_("These opening hours never open."))
        for on in self._dates(at, at + FURTHEST):
            for span in self.spans_on(on):
                if span[1] > at:
                    yield span

    def _work_out(self, on: date) -> tuple[Span, ...]:
        spans = self._week[on.weekday()]
        if not spans or on in self.closed_on:
            return ()
        midnight = datetime.combine(on, time.min, self.zone)
        before, after = _offset(midnight), _offset(midnight + DAY)
        wall = midnight.replace(tzinfo=UTC)
        if before == after:
            return tuple((wall + opens - before, wall + closes - before) for opens, closes in spans)
        jump = _clock_change(wall - before, wall + DAY - after, self.zone)

        def reading(since_midnight: timedelta) -> datetime:
            at = wall + since_midnight - before
            return at if at < jump else max(jump, wall + since_midnight - after)

        moments = ((reading(opens), reading(closes)) for opens, closes in spans)
        return tuple((opens, closes) for opens, closes in moments if opens < closes)


def _too_far() -> ValueError:
    return ValueError(_("That is too far away: we count up to %(days)s days.") % {"days": FURTHEST.days})


def _offset(wall: datetime) -> timedelta:
    return wall.utcoffset() or NO_TIME


def _clock_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment, between two with different offsets, at which the clocks are changed."""
    old = _offset(before.astimezone(zone))
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        if _offset(middle.astimezone(zone)) == old:
            before = middle
        else:
            after = middle
    return after


def _since_midnight(day: str, spans: Sequence[tuple[time, time]]) -> tuple[tuple[timedelta, timedelta], ...]:
    found = []
    last = NO_TIME
    for start, end in spans:
        opens, closes = _length(start), _length(end) or DAY
        words = {"day": day, "start": f"{start:%H:%M}", "end": "24:00" if closes == DAY else f"{end:%H:%M}"}
        if closes <= opens:
            raise ValueError(_("%(day)s: %(start)s to %(end)s must end after it starts.") % words)
        if opens < last:
            raise ValueError(_("%(day)s: %(start)s to %(end)s begins before the span ahead of it has ended.") % words)
        found.append((opens, closes))
        last = closes
    return tuple(found)


def _length(reading: time) -> timedelta:
    return timedelta(hours=reading.hour, minutes=reading.minute, seconds=reading.second)


def _read_span(day: str, pair: Any) -> tuple[time, time]:
    match pair:
        case [str(start), str(end)] if _is_time(start) and (end == "24:00" or (_is_time(end) and end != "00:00")):
            return time.fromisoformat(start), time.min if end == "24:00" else time.fromisoformat(end)
    raise ValueError(
        _("%(day)s: %(span)s is not a span such as 08:30 to 16:30 (24:00 ends a day).") % {"day": day, "span": pair}
    )


def _is_time(text: str) -> bool:
    return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII) is not None
