from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from townline.ui import moments

NOW = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)  # Tuesday 1 December, 10 a.m. in Ontario


def test_a_moment_is_said_in_canadian_english():
    assert moments.moment(datetime(2026, 12, 3, 21, 30, tzinfo=UTC)) == "Thursday 3 December 2026, 4:30 p.m."


def test_a_moment_is_said_in_french():
    with translation.override("fr"):
        assert moments.moment(datetime(2026, 12, 3, 21, 30, tzinfo=UTC)) == "jeudi 3 décembre 2026, 16\xa0h\xa030"


def test_the_first_of_a_month_is_an_ordinal_in_french():
    with translation.override("fr"):
        assert moments.day(date(2026, 12, 1)) == "mardi 1er décembre 2026"


def test_summer_time_moves_the_hour():
    assert moments.moment(datetime(2026, 7, 2, 13, 0, tzinfo=UTC)) == "Thursday 2 July 2026, 9 a.m."


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(0, 0), "midnight"),
        (time(0, 5), "12:05 a.m."),
        (time(9, 0), "9 a.m."),
        (time(12, 0), "noon"),
        (time(12, 30), "12:30 p.m."),
        (time(23, 59), "11:59 p.m."),
    ],
)
def test_a_time_of_day(at, said):
    assert moments.time_of_day(at) == said


@pytest.mark.parametrize(
    ("at", "said"), [(time(0, 5), "0\xa0h\xa005"), (time(9, 0), "9\xa0h"), (time(23, 59), "23\xa0h\xa059")]
)
def test_a_time_of_day_in_french(at, said):
    with translation.override("fr"):
        assert moments.time_of_day(at) == said


@pytest.mark.parametrize(
    ("hours", "text", "tone"),
    [
        (2, "due today, noon", "soon"),
        (23, "due tomorrow, 9 a.m.", "soon"),
        (49, "due Thursday 3 December, 11 a.m.", "open"),
        (24 * 40, "due Sunday 10 January 2027, 10 a.m.", "open"),
        (-0.5, "30 minutes late", "late"),
        (-1, "1 hour late", "late"),
        (-49, "2 days late", "late"),
    ],
)
def test_a_running_clock_says_when_or_how_late(hours, text, tone):
    said = moments.due(NOW + timedelta(hours=hours), NOW)

    assert (said.text, said.tone) == (text, tone)


def test_a_dense_row_says_the_day_only():
    assert moments.due(NOW + timedelta(hours=49), NOW, brief=True).text == "due Thu 3 Dec"


def test_an_ended_clock_says_whether_the_promise_was_kept():
    kept = SimpleNamespace(due_at=NOW, ended_at=NOW - timedelta(hours=1))
    missed = SimpleNamespace(due_at=NOW, ended_at=NOW + timedelta(days=3))

    assert moments.due(kept, NOW).text == "kept, Tuesday 1 December, 9 a.m."
    assert moments.due(missed, NOW).text == "missed by 3 days"


def test_a_running_clock_without_a_due_moment_is_paused():
    assert moments.due(SimpleNamespace(due_at=None, ended_at=None, is_running=True), NOW).tone == "paused"


def test_the_far_future_is_nothing_due():
    assert moments.due(datetime(9999, 12, 31, tzinfo=UTC), NOW).text == "nothing due"
    assert moments.due(None, NOW).tone == "none"


def test_a_short_moment_leaves_out_what_is_known():
    assert moments.short_moment(NOW, NOW) == "10 a.m."
    assert moments.short_moment(NOW - timedelta(days=1), NOW) == "yesterday, 10 a.m."
    assert moments.short_moment(NOW - timedelta(days=9), NOW) == "22 Nov, 10 a.m."
    assert moments.short_moment(NOW - timedelta(days=400), NOW) == "27 Oct 2025"


def test_short_french_months_cannot_be_mistaken():
    with translation.override("fr"):
        assert moments.short_moment(NOW - timedelta(days=9), NOW) == "22 nov., 10\xa0h"
        assert moments.short_moment(datetime(2025, 6, 1, 16, 0, tzinfo=UTC), NOW) == "1er juin 2025"
        assert moments.near_moment(NOW + timedelta(days=2), NOW, brief=True) == "jeu. 3 déc."
