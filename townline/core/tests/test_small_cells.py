"""No hidden count can be reckoned: not from the total, and not by knowing the rule."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townline.core.small_cells import LEAST, protect, shown


def ways(cells):
    """Every table that would have come out the same, for somebody who knows the rule and what was shown."""
    out, total = protect(cells), shown(sum(cells.values()))
    hidden = [key for key, count in out.items() if count is None]
    known = sum(count for count in out.values() if count is not None)
    totals = range(1, LEAST) if total is None else [total]
    for some in product(range(max(totals) - known + 1), repeat=max(len(hidden) - 1, 0)):
        for each in totals:
            last = each - known - sum(some)
            tried = {**cells, **dict(zip(hidden, [*some, last], strict=True))} if hidden else dict(cells)
            if last >= 0 and protect(tried) == out:
                yield tried


tables = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9), min_size=1)


@given(tables)
def test_each_hidden_count_could_be_another_one(cells):
    out = protect(cells)
    possible = {key: {way[key] for way in ways(cells)} for key, count in out.items() if count is None}

    assert all(len(values) > 1 for values in possible.values()), possible


@given(tables)
def test_what_is_shown_is_true_and_never_small(cells):
    out = protect(cells)

    assert {key: count for key, count in out.items() if count is not None}.items() <= cells.items()
    assert all(count == 0 or count >= LEAST for count in out.values() if count is not None)


@given(tables)
def test_the_rest_of_a_total_is_never_one_count(cells):
    out = protect(cells)
    total = shown(sum(cells.values()))

    assert total is None or list(out.values()).count(None) != 1


@given(tables)
def test_where_nothing_is_small_nothing_is_hidden(cells):
    large = {key: count * LEAST for key, count in cells.items()}

    assert protect(large) == large


@pytest.mark.parametrize(
    ("cells", "out"),
    [
        ({"a": 7, "b": 0}, {"a": 7, "b": 0}),
        ({"a": 3, "b": 9, "c": 12}, {"a": None, "b": None, "c": 12}),
        ({"a": 3, "b": 9, "c": 9, "d": 12}, {"a": None, "b": None, "c": None, "d": 12}),
        ({"a": 3, "b": 2, "c": 12}, {"a": None, "b": None, "c": 12}),
        ({"a": 4, "b": 4, "c": 12}, {"a": None, "b": None, "c": None}),
        ({"a": 1, "b": 1, "c": 0}, {"a": None, "b": None, "c": None}),
        ({"a": 1, "b": 2, "c": 0}, {"a": None, "b": None, "c": 0}),
        ({}, {}),
    ],
)
def test_the_smallest_are_hidden_until_it_could_be_otherwise(cells, out):
    assert protect(cells) == out


@pytest.mark.parametrize(("count", "out"), [(0, 0), (1, None), (4, None), (5, 5), (100, 100)])
def test_a_count_of_one_to_four_is_not_shown(count, out):
    assert shown(count) == out
