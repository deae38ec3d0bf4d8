"""The arithmetic of keeping, which has legal weight: nothing goes a day too soon."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townline.records.terms import Term, months_on

DAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))
MONTHS = st.integers(0, 600)
TRIGGERS = st.sampled_from(["closed", "year_end", "last_used"])


@pytest.mark.parametrize(
    ("on", "months", "then"),
    [
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2024, 1, 31), 1, date(2024, 3, 1)),
        (date(2026, 8, 31), 1, date(2026, 10, 1)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 12, 31), 2, date(2027, 3, 1)),
    ],
)
def test_months_never_end_sooner_than_they_should(on, months, then):
    assert months_on(on, months) == then


@given(DAYS, MONTHS)
def test_months_keep_their_day_or_go_to_the_first_of_the_next(on, months):
    then = months_on(on, months)

    assert then.day in (on.day, 1)
    assert 0 <= (then.year * 12 + then.month) - (on.year * 12 + on.month) - months <= 1


@given(DAYS, DAYS, MONTHS)
def test_months_keep_the_order_of_days(one, other, months):
    assert (months_on(one, months) <= months_on(other, months)) or one > other


@given(DAYS, st.integers(0, 4000), TRIGGERS, MONTHS)
def test_without_a_bylaw_a_year_after_the_last_use_always_holds(closed_on, later, trigger, months):
    used_on = closed_on + timedelta(days=later)

    through = Term(trigger, months, is_bylaw=False).kept_through(closed_on, used_on)

    assert through >= months_on(used_on, 12)
    assert through - used_on >= timedelta(days=365)


@given(DAYS, st.integers(0, 4000), TRIGGERS, MONTHS, st.booleans())
def test_nothing_goes_before_its_last_day_is_over(closed_on, later, trigger, months, is_bylaw):
    used_on = closed_on + timedelta(days=later)
    term = Term(trigger, months, is_bylaw)
    through = term.kept_through(closed_on, used_on)

    assert not term.may_go(closed_on, used_on, through)
    assert term.may_go(closed_on, used_on, through + timedelta(days=1))


@given(DAYS, st.integers(0, 4000), TRIGGERS, MONTHS, st.booleans(), DAYS)
def test_the_walk_leaves_out_no_case_that_may_go(closed_on, later, trigger, months, is_bylaw, today):
    term = Term(trigger, months, is_bylaw)
    goes = term.may_go(closed_on, closed_on + timedelta(days=later), today)

    assert not goes or closed_on <= term.closed_at_the_latest(today)


@given(DAYS, st.integers(0, 4000), TRIGGERS, MONTHS)
def test_consent_lifts_the_year_of_the_regulation_and_never_a_bylaw(closed_on, later, trigger, months):
    used_on = closed_on + timedelta(days=later)
    bylaw, none = Term(trigger, months, is_bylaw=True), Term(trigger, months, is_bylaw=False)

    assert bylaw.kept_through(closed_on, used_on, is_consented=True) == bylaw.kept_through(closed_on, used_on)
    assert none.kept_through(closed_on, used_on, is_consented=True) == closed_on


def test_the_end_of_the_year_counts_from_its_last_day():
    term = Term("year_end", 24, is_bylaw=True)

    assert term.kept_through(date(2024, 2, 29), date(2024, 2, 29)) == date(2026, 12, 31)
