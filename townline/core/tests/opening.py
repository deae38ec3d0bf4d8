"""Opening hours to try the clock on: a town hall's, and any that hypothesis can think of."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from townline.core.clock import WEEKDAYS, OpeningHours, ontario_days

TORONTO = ZoneInfo("America/Toronto")
WEEK = {day: [["08:30", "12:00"], ["13:00", "16:30"]] for day in WEEKDAYS[:5]}
TOWN_HALL = OpeningHours.from_json(WEEK, "America/Toronto", ontario_days([2026, 2027, 2028]))
ROUND_THE_CLOCK = OpeningHours.from_json({day: [["00:00", "24:00"]] for day in WEEKDAYS}, "America/Toronto")

# Both clock changes of two years, two year ends, a leap day and a plain summer week.
TURNS = [
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2027, 3, 14, 7, tzinfo=UTC),
    datetime(2027, 11, 7, 6, tzinfo=UTC),
    datetime(2027, 1, 1, 5, tzinfo=UTC),
    datetime(2028, 1, 1, 5, tzinfo=UTC),
    datetime(2028, 2, 29, 5, tzinfo=UTC),
    datetime(2026, 7, 13, 4, tzinfo=UTC),
]


def at(text: str) -> datetime:
    """A moment as the clock on the wall in Toronto shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=TORONTO)


def shown(moment: datetime | None) -> str:
    """What the wall in Toronto shows then, with the offset that tells a repeated hour apart."""
    return "never" if moment is None else moment.astimezone(TORONTO).isoformat(" ", "seconds")


@st.composite
def day_spans(draw: st.DrawFn) -> Sequence[tuple[time, time]]:
    """Up to five spans that touch, or up to three that do not."""
    edges = sorted(draw(st.sets(st.integers(0, 96), min_size=2, max_size=6)))
    quarters = [time(n // 4 % 24, n % 4 * 15) for n in edges]
    return list(pairwise(quarters))[:: draw(st.sampled_from([1, 2]))]


@st.composite
def opening_hours(draw: st.DrawFn) -> OpeningHours:
    kinds = draw(st.lists(day_spans(), min_size=1, max_size=2))
    days = draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1))
    week = {day: kinds[place % len(kinds)] for place, day in enumerate(sorted(days))}
    turn = draw(st.sampled_from(TURNS)).date()
    closed = draw(st.frozensets(st.integers(-4, 4).map(lambda days: turn + timedelta(days=days)), max_size=2))
    return OpeningHours(TORONTO, week, closed)


MINUTES = st.integers(-6 * 1440, 6 * 1440).map(lambda minutes: timedelta(minutes=minutes))
NUDGES = st.integers(-1, 1).map(lambda instants: timedelta(microseconds=instants))
moments = st.builds(lambda turn, away, nudge: turn + away + nudge, st.sampled_from(TURNS), MINUTES, NUDGES)
lengths = st.integers(0, 20_000).map(lambda minutes: timedelta(minutes=minutes))
units = st.sampled_from(["business_days", "business_hours", "calendar_days", "hours"])
business_units = st.sampled_from(["business_days", "business_hours"])
amounts = st.integers(0, 30)
dates = st.builds(lambda moment: moment.date(), moments)


def on_the_wall(hours: OpeningHours, moment: datetime) -> bool:
    """Is it open, read minute by minute from the wall: another way to the same answer.

    While an hour is repeated the wall has already shown it, so what held when
    the clocks were put back goes on.
    """
    wall = moment.astimezone(hours.zone)
    reading = time(1, 59, 59) if wall.fold else wall.time()
    spans = hours.spans.get(WEEKDAYS[wall.weekday()], ())
    return wall.date() not in hours.closed_on and any(
        start <= reading and (reading < end or end == time.min) for start, end in spans
    )
