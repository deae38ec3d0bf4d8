"""How long a restriction may last and who may approve it, for every date and every reporting line."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townline.conduct.limits import (
    is_above,
    is_reviewed_in_time,
    is_short_enough,
    may_approve,
    months_after,
)

DATES = st.dates(min_value=date(2020, 1, 1), max_value=date(2090, 12, 31))
SPANS = st.integers(min_value=-400, max_value=800)
LINES = st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from([*"abcdefg", None]))


@given(DATES, SPANS)
def test_a_restriction_never_lasts_longer_than_the_same_day_next_year(starts_on, span):
    ends_on = starts_on + timedelta(days=span)

    assert is_short_enough(starts_on, ends_on) is (starts_on <= ends_on <= months_after(starts_on, 12))
    assert not (is_short_enough(starts_on, ends_on) and (ends_on - starts_on).days > 366)


@given(DATES, SPANS, SPANS)
def test_a_review_is_never_later_than_six_months_or_than_the_end(starts_on, to_review, to_end):
    review_on, ends_on = starts_on + timedelta(days=to_review), starts_on + timedelta(days=to_end)
    is_in_time = is_reviewed_in_time(starts_on, review_on, ends_on)

    assert not (is_in_time and ((review_on - starts_on).days > 184 or review_on > ends_on or review_on < starts_on))


@pytest.mark.parametrize(
    ("on", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 25), 12, date(2027, 11, 25)),
    ],
)
def test_months_end_where_the_month_ends(on, months, then):
    assert months_after(on, months) == then


@given(st.sampled_from("abcdefg"), st.sampled_from("abcdefg"), LINES)
def test_no_two_are_above_each_other_unless_the_line_is_a_loop(one, other, line):
    both = is_above(one, other, line) and is_above(other, one, line)

    assert not is_above(one, one, line)
    assert not both or is_above_through_a_loop(one, line)


def is_above_through_a_loop(one, line):
    at, steps = line.get(one), 0
    while at is not None and at != one and steps < 10:
        at, steps = line.get(at), steps + 1
    return at == one


TOWN = {"lead": "manager", "manager": "director", "director": "cao", "cao": None, "other_director": "cao"}


@pytest.mark.parametrize(
    ("who", "level", "asked_by", "may"),
    [
        ("director", "director", "lead", True),
        ("cao", "cao", "lead", True),
        ("cao", "cao", "director", True),
        ("manager", "manager", "lead", False),
        ("other_director", "director", "lead", False),
        ("director", "director", "director", False),
        ("lead", "staff", "manager", False),
        ("director", "director", "cao", False),
    ],
    ids=[
        "director above",
        "CAO",
        "CAO above a director",
        "manager",
        "another line",
        "oneself",
        "below",
        "below the CAO",
    ],
)
def test_who_may_approve(who, level, asked_by, may):
    assert may_approve(who, level, asked_by, TOWN) is may
