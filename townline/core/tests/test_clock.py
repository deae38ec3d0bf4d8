from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townline.core.clock import OpeningHours, add_hours, due, due_with_pauses, municipal_days, ontario_days
from townline.core.tests.opening import (
    ROUND_THE_CLOCK,
    TOWN_HALL,
    amounts,
    at,
    business_units,
    lengths,
    moments,
    opening_hours,
    shown,
    units,
)

INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("received", "amount", "unit", "expected"),
    [
        ("2026-07-13 09:00", 1, "business_days", "2026-07-14 16:30:00-04:00"),
        ("2026-07-13 07:00", 1, "business_days", "2026-07-14 16:30:00-04:00"),
        ("2026-07-13 16:30", 1, "business_days", "2026-07-15 16:30:00-04:00"),
        ("2026-07-11 10:00", 1, "business_days", "2026-07-14 16:30:00-04:00"),
        ("2026-07-13 12:30", 0, "business_days", "2026-07-13 16:30:00-04:00"),
        ("2026-12-24 15:00", 2, "business_days", "2026-12-30 16:30:00-05:00"),
        ("2026-12-31 17:00", 1, "business_days", "2027-01-05 16:30:00-05:00"),
        ("2028-02-28 10:00", 1, "business_days", "2028-02-29 16:30:00-05:00"),
        ("2026-03-06 15:30", 2, "business_hours", "2026-03-09 09:30:00-04:00"),
        ("2026-10-30 15:30", 2, "business_hours", "2026-11-02 09:30:00-05:00"),
        ("2026-07-13 11:30", 1, "business_hours", "2026-07-13 13:30:00-04:00"),
        ("2026-07-13 16:30", 0, "business_hours", "2026-07-14 08:30:00-04:00"),
        ("2026-03-07 10:00", 1, "calendar_days", "2026-03-08 23:59:59-04:00"),
        ("2026-12-02 10:00", 30, "calendar_days", "2027-01-01 23:59:59-05:00"),
        ("2026-03-07 12:00", 24, "hours", "2026-03-08 13:00:00-04:00"),
        ("2026-10-31 12:00", 24, "hours", "2026-11-01 11:00:00-05:00"),
    ],
)
def test_when_a_promise_runs_out(received, amount, unit, expected):
    assert shown(due(at(received), amount, unit, TOWN_HALL)) == expected


def test_a_day_open_round_the_clock_ends_on_its_own_date():
    assert shown(due(at("2026-07-13 09:00"), 1, "business_days", ROUND_THE_CLOCK)) == "2026-07-14 23:59:59-04:00"


@pytest.mark.parametrize("hour", ["2027-03-14 02:30", "2027-03-14 03:30"])
def test_a_moment_in_the_spring_gap_is_the_same_as_an_hour_later_by_the_new_time(hour):
    assert shown(add_hours(at(hour), 1)) == "2027-03-14 04:30:00-04:00"


def test_the_two_readings_of_a_repeated_autumn_hour_are_an_hour_apart():
    first = at("2027-11-07 01:30")

    assert shown(add_hours(first, 1)) == "2027-11-07 01:30:00-05:00"
    assert add_hours(first.replace(fold=1), 1) == add_hours(first, 2)


@pytest.mark.parametrize(("amount", "unit"), [(-1, "hours"), (10**12, "hours"), (1, "weeks"), (10**6, "business_days")])
def test_a_promise_that_makes_no_sense_is_refused(amount, unit):
    with pytest.raises(ValueError, match=r"only be added|too far|not a unit"):
        due(at("2026-07-13 09:00"), amount, unit, TOWN_HALL)


@pytest.mark.parametrize(
    ("unit", "amount", "begin", "end", "expected"),
    [
        ("business_days", 3, "2026-07-14 10:00", "2026-07-16 15:00", "2026-07-20 16:30:00-04:00"),
        ("business_days", 3, "2026-07-14 10:00", "2026-07-14 15:00", "2026-07-16 16:30:00-04:00"),
        ("business_days", 3, "2026-07-14 16:30", "2026-07-15 08:30", "2026-07-16 16:30:00-04:00"),
        ("business_hours", 8, "2026-07-13 10:00", "2026-07-13 14:00", "2026-07-14 14:00:00-04:00"),
        ("business_hours", 8, "2026-07-13 17:00", "2026-07-14 08:00", "2026-07-14 10:00:00-04:00"),
        ("calendar_days", 3, "2026-07-13 22:00", "2026-07-15 01:00", "2026-07-18 23:59:59-04:00"),
        ("hours", 24, "2026-07-13 10:00", "2026-07-13 11:30", "2026-07-14 10:30:00-04:00"),
        ("hours", 24, "2026-07-12 10:00", "2026-07-13 10:00", "2026-07-14 10:00:00-04:00"),
        ("hours", 24, "2026-07-14 09:00", "2026-07-20 10:00", "2026-07-14 09:00:00-04:00"),
    ],
    ids=[
        "two days' ends",
        "within a day",
        "one night",
        "over lunch",
        "closed time",
        "two midnights",
        "elapsed",
        "begun before the start",
        "after it ran out",
    ],
)
def test_a_pause_moves_the_due_moment_by_what_it_covers(unit, amount, begin, end, expected):
    pauses = [(at(begin), at(end))]

    assert shown(due_with_pauses(at("2026-07-13 09:00"), amount, unit, TOWN_HALL, pauses)) == expected


def test_while_a_pause_lasts_nothing_is_due():
    pauses = [(at("2026-07-14 10:00"), None)]

    assert due_with_pauses(at("2026-07-13 09:00"), 3, "business_days", TOWN_HALL, pauses) is None


def test_waiting_does_not_hide_what_is_overdue():
    pauses = [(at("2026-07-20 10:00"), None)]

    assert due_with_pauses(at("2026-07-13 09:00"), 1, "business_days", TOWN_HALL, pauses) == at("2026-07-14 16:30")


def test_a_pause_that_ends_before_it_begins_is_refused():
    pauses = [(at("2026-07-14 10:00"), at("2026-07-14 09:00"))]

    with pytest.raises(ValueError, match="before it began"):
        due_with_pauses(at("2026-07-13 09:00"), 3, "hours", TOWN_HALL, pauses)


@given(opening_hours(), moments, amounts, units)
def test_a_promise_never_runs_out_before_it_is_given(hours, start, amount, unit):
    assert due(start, amount, unit, hours) >= start


@given(opening_hours(), moments, lengths, amounts, amounts, units)
def test_what_is_given_later_or_is_longer_never_runs_out_earlier(hours, start, delay, amount, more, unit):
    first = due(start, amount, unit, hours)

    assert due(start + delay, amount, unit, hours) >= first
    assert due(start, amount + more, unit, hours) >= first


@given(opening_hours(), moments, amounts, business_units)
def test_business_promises_never_run_out_in_closed_time(hours, start, amount, unit):
    due_at = due(start, amount, unit, hours)

    assert hours.is_open(due_at) or hours.is_open(due_at - INSTANT)


@given(opening_hours(), moments, amounts)
def test_after_the_day_of_receipt_so_many_days_end_until_they_are_due(hours, start, amount):
    business_due_at = due(start, amount, "business_days", hours)
    calendar_due_at = due(start, amount, "calendar_days", hours)

    assert hours.business_days_ended(start, business_due_at) == amount + 1
    assert hours.calendar_days_ended(start, calendar_due_at) == amount + 1


@st.composite
def pauses_from(draw, start):
    begins = draw(st.lists(st.tuples(st.integers(-3_000, 12_000), st.integers(0, 4_000)), max_size=4))
    return [(start + timedelta(minutes=begin), start + timedelta(minutes=begin + length)) for begin, length in begins]


@given(st.data(), opening_hours(), moments, amounts, units)
def test_pauses_never_move_a_due_moment_backwards(data, hours, start, amount, unit):
    pauses = data.draw(pauses_from(start))
    one_more = data.draw(pauses_from(start))
    due_at = due_with_pauses(start, amount, unit, hours, pauses)

    assert due(start, amount, unit, hours) <= due_at
    assert due_at <= due_with_pauses(start, amount, unit, hours, pauses + one_more)


@given(st.data(), opening_hours(), moments, lengths, amounts, amounts, units)
def test_with_pauses_too_what_is_given_later_or_is_longer_never_runs_out_earlier(
    data, hours, start, delay, amount, more, unit
):
    pauses = data.draw(pauses_from(start))
    first = due_with_pauses(start, amount, unit, hours, pauses)

    assert due_with_pauses(start, amount + more, unit, hours, pauses) >= first
    assert due_with_pauses(start + delay, amount, unit, hours, pauses) >= first


@given(st.data(), opening_hours(), moments, amounts, units)
def test_the_order_of_pauses_does_not_matter_and_repeats_count_once(data, hours, start, amount, unit):
    pauses = data.draw(pauses_from(start))
    shuffled = data.draw(st.permutations(pauses + pauses))

    assert due_with_pauses(start, amount, unit, hours, shuffled) == due_with_pauses(start, amount, unit, hours, pauses)


@given(opening_hours(), moments, amounts, units, lengths, lengths, lengths)
def test_a_pause_cut_in_two_is_the_same_pause(hours, start, amount, unit, wait, first, second):
    begin = start + wait
    middle = begin + first
    end = middle + second

    whole = due_with_pauses(start, amount, unit, hours, [(begin, end)])

    assert due_with_pauses(start, amount, unit, hours, [(middle, end), (begin, middle)]) == whole


@given(st.data(), opening_hours(), moments, amounts, units, lengths)
def test_a_pause_without_length_changes_nothing(data, hours, start, amount, unit, wait):
    pauses = data.draw(pauses_from(start))
    none = (start + wait, start + wait)

    assert due_with_pauses(start, amount, unit, hours, [none, *pauses]) == due_with_pauses(
        start, amount, unit, hours, pauses
    )


@given(opening_hours(), moments, amounts, business_units, lengths)
def test_a_pause_in_closed_time_changes_no_business_promise(hours, start, amount, unit, wait):
    closing = hours.closes_at(hours.next_opening(start + wait)) or start
    opening = hours.next_opening(closing)

    assert due_with_pauses(start, amount, unit, hours, [(closing, opening)]) == due(start, amount, unit, hours)


@given(st.data(), opening_hours(), moments, st.integers(1, 30))
def test_the_business_time_outside_pauses_is_what_was_promised(data, hours, start, amount):
    begin, end = start + data.draw(lengths), start + data.draw(lengths)
    pause = (min(begin, end), max(begin, end))

    due_at = due_with_pauses(start, amount, "business_hours", hours, [pause])

    paused = hours.open_between(pause[0], min(pause[1], due_at))
    assert hours.open_between(start, due_at) - paused == timedelta(hours=amount)


def test_the_public_holidays_of_ontario_have_names_in_both_languages():
    days = ontario_days([2026])

    assert list(days.items()) == [
        (date(2026, 1, 1), ("New Year’s Day", "Jour de l’An")),
        (date(2026, 2, 16), ("Family Day", "Jour de la Famille")),
        (date(2026, 4, 3), ("Good Friday", "Vendredi saint")),
        (date(2026, 5, 18), ("Victoria Day", "Fête de la Reine")),
        (date(2026, 7, 1), ("Canada Day", "Fête du Canada")),
        (date(2026, 9, 7), ("Labour Day", "Fête du Travail")),
        (date(2026, 10, 12), ("Thanksgiving Day", "Action de grâce")),
        (date(2026, 12, 25), ("Christmas Day", "Jour de Noël")),
        (date(2026, 12, 26), ("Boxing Day", "Lendemain de Noël")),
        (date(2026, 12, 28), ("Boxing Day (observed)", "Lendemain de Noël (observé)")),
    ]


@pytest.mark.parametrize(
    ("year", "observed"),
    [
        (2027, [date(2027, 12, 27), date(2027, 12, 28)]),
        (2028, [date(2028, 1, 3), date(2028, 7, 3)]),
        (2022, [date(2022, 1, 3), date(2022, 12, 27)]),
        (2030, []),
    ],
)
def test_a_holiday_on_a_weekend_is_observed_on_the_next_free_weekday(year, observed):
    days = ontario_days([year])

    assert [on for on, (english, french) in days.items() if "observed" in english and "observé" in french] == observed


def test_the_days_a_municipality_may_add_are_no_public_holidays():
    days = municipal_days([2026, 2027])

    assert [(on.isoformat(), english) for on, (english, french) in days.items()] == [
        ("2026-04-06", "Easter Monday"),
        ("2026-08-03", "Civic Holiday"),
        ("2026-11-11", "Remembrance Day"),
        ("2027-03-29", "Easter Monday"),
        ("2027-08-02", "Civic Holiday"),
        ("2027-11-11", "Remembrance Day"),
    ]
    assert [french for english, french in days.values()][:3] == ["Lundi de Pâques", "Congé civique", "Jour du Souvenir"]


def test_no_years_have_no_days():
    assert ontario_days([]) == municipal_days(iter([])) == {}


def test_closures_are_what_a_calendar_names_and_nothing_else():
    hours = OpeningHours.from_json({"wed": [["09:00", "17:00"]]}, "America/Toronto", [date(2026, 7, 1)])

    assert shown(hours.next_opening(at("2026-06-30 09:00"))) == "2026-07-08 09:00:00-04:00"
