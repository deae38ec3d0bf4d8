from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given

from townline.core.clock import WEEKDAYS, OpeningHours
from townline.core.tests.opening import (
    ROUND_THE_CLOCK,
    TORONTO,
    TOWN_HALL,
    at,
    dates,
    lengths,
    moments,
    on_the_wall,
    opening_hours,
    shown,
)

HOUR = timedelta(hours=1)
NIGHTS = OpeningHours.from_json(
    {"sat": [["22:00", "24:00"]], "sun": [["00:00", "01:30"], ["02:15", "02:45"], ["02:50", "06:00"]]},
    "America/Toronto",
)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-07-13 08:29:59", False),
        ("2026-07-13 08:30", True),
        ("2026-07-13 12:00", False),
        ("2026-07-13 13:00", True),
        ("2026-07-13 16:30", False),
        ("2026-07-11 10:00", False),
        ("2026-07-01 10:00", False),
    ],
    ids=["before", "opening", "lunch", "after lunch", "closing", "Saturday", "Canada Day"],
)
def test_it_is_open_from_the_opening_moment_up_to_the_closing_moment(moment, is_open):
    assert TOWN_HALL.is_open(at(moment)) is is_open


def test_the_next_opening_skips_nights_weekends_and_closures():
    assert shown(TOWN_HALL.next_opening(at("2026-04-02 16:30"))) == "2026-04-06 08:30:00-04:00"
    assert shown(TOWN_HALL.next_opening(at("2026-12-24 17:00"))) == "2026-12-29 08:30:00-05:00"


def test_an_open_moment_is_its_own_next_opening():
    assert TOWN_HALL.next_opening(at("2026-07-13 09:00")) == at("2026-07-13 09:00")


def test_it_stays_open_until_the_end_of_the_span():
    assert shown(TOWN_HALL.closes_at(at("2026-07-13 13:00"))) == "2026-07-13 16:30:00-04:00"


def test_what_is_closed_does_not_close():
    assert TOWN_HALL.closes_at(at("2026-07-13 12:30")) is None


def test_spans_that_touch_over_midnight_close_once():
    assert shown(NIGHTS.closes_at(at("2026-07-11 23:00"))) == "2026-07-12 01:30:00-04:00"


def test_what_is_open_round_the_clock_never_closes():
    assert ROUND_THE_CLOCK.is_open(at("2026-07-11 23:59:59"))
    assert ROUND_THE_CLOCK.closes_at(at("2026-07-11 23:00")) is None


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-03-08", 23), ("2026-11-01", 25), ("2027-03-14", 23), ("2027-11-07", 25), ("2027-07-11", 24)],
)
def test_a_whole_day_is_as_long_as_the_clock_change_makes_it(day, hours):
    start = at(f"{day} 00:00")

    assert ROUND_THE_CLOCK.open_between(start, start.replace(hour=0) + timedelta(days=1)) == hours * HOUR


@pytest.mark.parametrize("day", ["2026-03-08", "2027-03-14"])
def test_in_the_spring_gap_spans_begin_and_end_at_the_jump(day):
    spans = [(shown(opens)[11:], shown(closes)[11:]) for opens, closes in NIGHTS.spans_on(date.fromisoformat(day))]

    assert spans == [("00:00:00-05:00", "01:30:00-05:00"), ("03:00:00-04:00", "06:00:00-04:00")]


@pytest.mark.parametrize("day", ["2026-11-01", "2027-11-07"])
def test_in_the_repeated_autumn_hour_the_first_reading_counts(day):
    spans = [(shown(opens)[11:], shown(closes)[11:]) for opens, closes in NIGHTS.spans_on(date.fromisoformat(day))]

    assert spans[:2] == [("00:00:00-04:00", "01:30:00-04:00"), ("02:15:00-05:00", "02:45:00-05:00")]


def test_business_time_counts_the_hours_that_really_pass():
    night = OpeningHours.from_json({"sun": [["00:00", "06:00"]]}, "America/Toronto")

    assert shown(night.add_business_time(at("2027-03-14 00:00"), 4 * HOUR)) == "2027-03-14 05:00:00-04:00"
    assert shown(night.add_business_time(at("2027-11-07 00:00"), 4 * HOUR)) == "2027-11-07 03:00:00-05:00"


def test_time_that_fills_a_span_ends_when_it_closes():
    assert shown(TOWN_HALL.add_business_time(at("2026-07-13 16:00"), HOUR / 2)) == "2026-07-13 16:30:00-04:00"


def test_a_day_open_until_midnight_closes_in_its_last_second():
    assert shown(ROUND_THE_CLOCK.closing_on(date(2026, 7, 13))) == "2026-07-13 23:59:59-04:00"


def test_no_time_is_open_between_moments_out_of_order():
    assert TOWN_HALL.open_between(at("2026-07-13 12:00"), at("2026-07-13 09:00")) == timedelta(0)


@pytest.mark.parametrize(
    "hours",
    [
        {"monday": []},
        {"mon": [["08:30"]]},
        {"mon": [["08:30", "8:40"]]},
        {"mon": [["8:30", "16:30"]]},
        {"mon": [[830, 1630]]},
        {"mon": ["08:30-16:30"]},
        {"mon": [["08:30", "25:00"]]},
        {"mon": [["24:00", "24:00"]]},
        {"mon": [["00:00", "00:00"]]},
        {"mon": [["08:30", "08:30"]]},
        {"mon": [["16:30", "08:30"]]},
        {"mon": [["08:30", "12:00"], ["11:59", "16:30"]]},
        {"mon": [["13:00", "16:30"], ["08:30", "12:00"]]},
    ],
)
def test_wrong_hours_are_refused(hours):
    with pytest.raises(ValueError, match="mon"):
        OpeningHours.from_json(hours, "America/Toronto")


def test_an_unknown_zone_is_refused():
    with pytest.raises(ValueError, match="Amherstburg"):
        OpeningHours.from_json({}, "America/Amherstburg")


def test_spans_may_touch():
    hours = OpeningHours.from_json({"mon": [["08:30", "12:00"], ["12:00", "16:30"]]}, "America/Toronto")

    assert shown(hours.closes_at(at("2026-07-13 09:00"))) == "2026-07-13 16:30:00-04:00"


@pytest.mark.parametrize("hours", [{}, {"mon": []}])
def test_hours_that_never_open_are_refused_where_an_opening_is_looked_for(hours):
    closed = OpeningHours.from_json(hours, "America/Toronto")

    assert not closed.is_open(at("2026-07-13 09:00"))
    assert closed.open_between(at("2026-07-13 09:00"), at("2026-07-14 09:00")) == timedelta(0)
    with pytest.raises(ValueError, match="never open"):
        closed.next_opening(at("2026-07-13 09:00"))
    with pytest.raises(ValueError, match="never open"):
        closed.add_business_days(at("2026-07-13 09:00"), 1)


def test_hours_that_closures_leave_without_a_day_are_refused_in_the_end():
    once = OpeningHours(TORONTO, {"sun": [(time(2), time(3))]})
    gone = OpeningHours(TORONTO, once.spans, frozenset(date.fromordinal(738_000 + day) for day in range(25_000)))

    with pytest.raises(ValueError, match="too far"):
        gone.next_opening(at("2026-07-13 09:00"))


@pytest.mark.parametrize("days", [20_001, 10**12])
def test_what_is_too_far_away_is_refused(days):
    with pytest.raises(ValueError, match="too far"):
        TOWN_HALL.add_business_days(at("2026-07-13 09:00"), days)
    with pytest.raises(ValueError, match="too far"):
        TOWN_HALL.add_calendar_days(at("2026-07-13 09:00"), days)


def test_business_time_that_would_end_too_far_away_is_refused():
    with pytest.raises(ValueError, match="too far"):
        TOWN_HALL.add_business_time(at("2026-07-13 09:00"), timedelta(days=15_000))


def test_time_is_never_taken_away():
    with pytest.raises(ValueError, match="only be added"):
        TOWN_HALL.add_business_time(at("2026-07-13 09:00"), -HOUR)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        TOWN_HALL.is_open(datetime(2026, 7, 13, 9))


def test_equal_hours_are_equal_and_can_be_keys():
    again = OpeningHours(TORONTO, TOWN_HALL.spans, TOWN_HALL.closed_on)

    assert again == TOWN_HALL
    assert hash(again) == hash(TOWN_HALL)


@given(opening_hours(), moments)
def test_it_is_open_when_the_wall_says_so(hours, moment):
    assert hours.is_open(moment) == on_the_wall(hours, moment)


@given(opening_hours(), dates)
def test_spans_of_a_day_have_length_and_do_not_overlap(hours, on):
    spans = hours.spans_on(on)

    edges = [edge for span in spans for edge in span]

    assert edges == sorted(edges)
    assert all(opens < closes for opens, closes in spans)


@given(opening_hours(), moments, lengths)
def test_business_time_added_is_found_again_between(hours, start, amount):
    end = hours.add_business_time(start, amount)

    assert hours.open_between(start, end) == amount
    assert end.tzinfo is UTC


@given(opening_hours(), moments, lengths, lengths)
def test_open_time_adds_up(hours, start, first, second):
    middle = start + first
    end = middle + second

    assert hours.open_between(start, end) == hours.open_between(start, middle) + hours.open_between(middle, end)


@given(opening_hours(), moments)
def test_nothing_is_open_before_the_next_opening(hours, moment):
    opening = hours.next_opening(moment)

    assert hours.is_open(opening)
    assert hours.open_between(moment, opening) == timedelta(0)


@given(opening_hours(), moments)
def test_what_is_open_stays_open_until_it_closes(hours, moment):
    closes = hours.closes_at(moment)

    assert closes is None or hours.open_between(moment, closes) == closes - moment > timedelta(0)
    assert closes is None or not hours.is_open(closes)


@given(opening_hours(), moments, lengths, lengths)
def test_ended_days_add_up(hours, start, first, second):
    middle = start + first
    end = middle + second

    for ended in (hours.business_days_ended, hours.calendar_days_ended):
        assert ended(start, end) == ended(start, middle) + ended(middle, end)


def test_there_is_a_name_for_each_day_of_the_week():
    assert [f"{date(2026, 7, 13 + day):%a}".lower() for day in range(7)] == list(WEEKDAYS)
