"""A promise is worked out from its history alone: whatever it was, and on the days the clocks change."""

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from townline.core.clock import due
from townline.core.promise import Happened, State, Terms, Wait, What, due_of, notices, read
from townline.core.tests.opening import TOWN_HALL, amounts, at, lengths, moments, opening_hours, shown, units

REASONS = ["customer", "contractor", "weather"]
terms = st.builds(Terms, amounts, units, opening_hours(), st.frozensets(st.sampled_from(REASONS)))


@st.composite
def histories(draw):
    """A promise, some waits one after the other, perhaps the end; a case goes on before it waits again."""
    start = draw(moments)
    found = [Happened(start, What.GIVEN, terms=draw(terms))]
    moment = start
    for number in range(draw(st.integers(0, 3))):
        moment += draw(lengths) + timedelta(minutes=min(number, 1))
        found.append(Happened(moment, What.WAITED, draw(st.sampled_from(REASONS))))
        moment += draw(lengths)
        found.append(Happened(moment, What.WENT_ON))
    if draw(st.booleans()):
        found.append(Happened(moment + draw(lengths), What.ENDED))
    return found


@given(histories(), lengths, st.randoms())
def test_the_order_in_which_a_history_is_told_does_not_matter(history, later, random):
    now = history[0].at + later
    shuffled = random.sample(history, len(history))

    assert read(shuffled, now) == read(history, now)


@given(histories(), lengths, lengths)
def test_time_that_counted_never_gets_less_and_never_more_than_passed(history, first, more):
    start = history[0].at
    before, after = read(history, start + first), read(history, start + first + more)

    assert timedelta() <= before.elapsed <= first
    assert timedelta() <= after.elapsed - before.elapsed <= more


@given(histories(), lengths)
def test_what_is_stored_follows_from_the_history(history, later):
    now = history[0].at + later
    known = [event for event in history if event.at <= now]
    waits, ended_at = [], None
    for event in known[1:]:
        waits += [Wait(event.reason, event.at, None)] if event.what == What.WAITED else []
        waits[-1:] = [waits[-1]._replace(ended_at=event.at)] if event.what == What.WENT_ON else waits[-1:]
        ended_at = event.at if event.what == What.ENDED else ended_at

    assert read(history, now).due_at == due_of(history[0].terms, history[0].at, waits, ended_at)


@given(histories(), lengths, lengths)
def test_a_wait_never_makes_a_promise_due_earlier(history, first, length):
    start = history[0].at
    without = [event for event in history if event.what in (What.GIVEN, What.ENDED)]
    later = start + timedelta(days=60)

    assert read(history, later).due_at >= read(without, later).due_at


@given(terms, moments, lengths)
def test_a_wait_for_a_reason_that_does_not_count_changes_nothing(promised, start, length):
    history = [Happened(start, What.GIVEN, terms=promised)]
    waited = [*history, Happened(start, What.WAITED, "somebody else"), Happened(start + length, What.WENT_ON)]

    assert read(waited, start + length) == read(history, start + length)


@given(terms, moments, lengths)
def test_what_a_weather_event_held_counts_from_its_end_as_if_promised_then(promised, start, storm):
    given_in_storm = [
        Happened(start, What.GIVEN, terms=promised), Happened(start, What.HELD), Happened(start + storm, What.BEGUN),
    ]  # fmt: skip
    given_after = [Happened(start + storm, What.GIVEN, terms=promised)]

    assert read(given_in_storm[:2], start + storm).state == State.HELD
    assert read(given_in_storm[:2], start + storm).due_at is None
    assert read(given_in_storm, start + storm).due_at == read(given_after, start + storm).due_at


@given(terms, terms, moments, lengths)
def test_a_promise_made_anew_keeps_what_has_elapsed(promised, other, start, length):
    now = start + length
    before = read([Happened(start, What.GIVEN, terms=promised)], now)
    after = read([Happened(start, What.GIVEN, terms=promised), Happened(now, What.PROMISED_ANEW, terms=other)], now)
    from_start = due(start, other.amount, other.unit, other.hours)

    stricter = after.due_at < before.due_at
    assert after.due_at == before.due_at if before.due_at <= now else True
    assert not stricter or after.due_at >= now
    assert after.due_at in (before.due_at, from_start, due(now, other.amount, other.unit, other.hours))
    assert after.due_at >= min(before.due_at, from_start)
    assert after.due_at <= max(before.due_at, from_start)


@given(terms, moments)
def test_staff_are_told_in_opening_hours_and_in_order(promised, start):
    due_at = due(start, promised.amount, promised.unit, promised.hours)
    told = notices(promised.hours, start, due_at)

    assert due_at <= told.late_at < told.later_at
    assert promised.hours.is_open(told.late_at)
    assert promised.hours.is_open(told.later_at)
    assume(told.soon_at is not None)
    assert start <= told.soon_at <= due_at


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due_on", "soon"),
    [
        ("2026-03-06 15:30", 2, "business_days", "2026-03-10 16:30:00-04:00", "2026-03-10 11:45:00-04:00"),
        ("2026-10-30 15:30", 2, "business_days", "2026-11-03 16:30:00-05:00", "2026-11-03 11:45:00-05:00"),
        ("2027-03-12 09:00", 10, "business_days", "2027-03-29 16:30:00-04:00", "2027-03-25 15:30:00-04:00"),
        ("2027-11-05 15:30", 4, "business_hours", "2027-11-08 11:30:00-05:00", "2027-11-08 10:30:00-05:00"),
        ("2026-07-14 18:00", 4, "hours", "2026-07-14 22:00:00-04:00", "never"),
    ],
)
def test_when_staff_are_warned(start, amount, unit, due_on, soon):
    due_at = due(at(start), amount, unit, TOWN_HALL)

    assert shown(due_at) == due_on
    assert shown(notices(TOWN_HALL, at(start), due_at).soon_at) == soon


@pytest.mark.parametrize(
    ("now", "state", "elapsed"),
    [
        ("2026-03-09 10:00", State.RUNNING, 4.5),
        ("2026-03-09 15:00", State.PAUSED, 5.5),
        ("2026-03-10 15:00", State.RUNNING, 10.5),
        ("2026-03-13 10:00", State.OVERDUE, 27.5),
    ],
)
def test_a_wait_in_and_around_closed_time_counts_only_what_was_open(now, state, elapsed):
    history = [
        Happened(at("2026-03-06 13:30"), What.GIVEN, terms=Terms(2, "business_days", TOWN_HALL, frozenset(REASONS))),
        Happened(at("2026-03-06 18:00"), What.WAITED, "customer"),
        Happened(at("2026-03-07 18:00"), What.WENT_ON),
        Happened(at("2026-03-09 11:00"), What.WAITED, "weather"),
        Happened(at("2026-03-10 09:00"), What.WENT_ON),
    ]

    found = read(history, at(now))

    assert (found.state, found.elapsed) == (state, timedelta(hours=elapsed))
    assert shown(read(history, at("2026-03-13 10:00")).due_at) == "2026-03-11 16:30:00-04:00"


def test_a_history_begins_with_what_was_promised():
    with pytest.raises(ValueError, match="begins with"):
        read([Happened(at("2026-07-13 09:00"), What.WENT_ON)], at("2026-07-14 09:00"))
