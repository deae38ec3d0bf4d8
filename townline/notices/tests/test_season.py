"""The arithmetic of a season."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from townline.core.refusals import NotPossible
from townline.notices.season import day_of_season, is_in_season, parts_of

DAYS = some.dates(date(2024, 1, 1), date(2040, 12, 31)).map(lambda on: day_of_season(on.month, on.day))


@pytest.mark.parametrize(
    ("on", "is_in"),
    [
        (date(2026, 11, 14), False), (date(2026, 11, 15), True), (date(2026, 12, 31), True), (date(2027, 1, 1), True),
        (date(2027, 3, 31), True), (date(2027, 4, 1), False),
    ],
)  # fmt: skip
def test_a_winter_runs_over_new_year(on, is_in):
    assert is_in_season(on, "11-15", "03-31") is is_in


@given(first=DAYS, last=DAYS, on=some.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_what_is_outside_a_season_is_in_the_one_between(first, last, on):
    after = date(2024, *parts_of(last)) + timedelta(days=1)
    before = date(2024, *parts_of(first)) - timedelta(days=1)
    covers_all = day_of_season(after.month, after.day) == first
    rest = is_in_season(on, day_of_season(after.month, after.day), day_of_season(before.month, before.day))

    assert covers_all or is_in_season(on, first, last) != rest


@pytest.mark.parametrize(("month", "day"), [(2, 30), (13, 1), (0, 0), (4, 31)])
def test_a_day_that_no_year_has_is_refused(month, day):
    with pytest.raises(NotPossible):
        day_of_season(month, day)
