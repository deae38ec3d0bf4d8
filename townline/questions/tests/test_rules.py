from datetime import date

import pytest
from pydantic import TypeAdapter

from townline.questions.rules import Rule
from townline.questions.terms import Context, Facts, Term, value_of

FACTS = Facts(
    Context(date(2026, 12, 3), values={"channel": "phone"}),
    {
        "size": "big",
        "depth": 7,
        "things": ["sign", "bench"],
        "told": "no",
        "born": "1961-12-04",
        "where": {"text": "x"},
    },
    {
        "dogs": [{"name": "Rex", "fee": 3000, "altered": "no"}, {"name": "Ada", "fee": 1500, "altered": "yes"}],
        "cats": [],
    },
)


def holds(rule):
    return TypeAdapter(Rule).validate_python(rule).holds(FACTS)


@pytest.mark.parametrize(
    "rule",
    [
        {"eq": [{"answer": "size"}, "big"]},
        {"ne": [{"answer": "size"}, "small"]},
        {"gt": [{"answer": "depth"}, 6.5]},
        {"gte": [{"answer": "depth"}, 7]},
        {"lt": [{"answer": "born"}, {"today": True}]},
        {"lte": [{"answer": "born"}, "1961-12-04"]},
        {"in": [{"answer": "size"}, ["small", "big"]]},
        {"has": [{"answer": "things"}, "sign"]},
        {"answered": "where"},
        {"not": {"answered": "absent"}},
        {"all": [{"answered": "size"}, {"answered": "depth"}]},
        {"any": [{"answered": "absent"}, {"answered": "depth"}]},
        {"eq": [{"context": "channel"}, "phone"]},
        {"eq": [{"count": "dogs"}, 2]},
        {"eq": [{"count": "cats"}, 0]},
        {"eq": [{"sum": ["dogs", "fee"]}, 4500]},
        {"any_item": ["dogs", {"eq": [{"answer": "altered"}, "no"]}]},
        {"any_item": ["dogs", {"all": [{"eq": [{"answer": "name"}, "Rex"]}, {"eq": [{"answer": "size"}, "big"]}]}]},
        {"all_items": ["dogs", {"answered": "name"}]},
    ],
    ids=str,
)
def test_holds(rule):
    assert holds(rule)
    assert not holds({"not": rule})


@pytest.mark.parametrize(
    "rule",
    [
        {"eq": [{"answer": "absent"}, "big"]},
        {"ne": [{"answer": "absent"}, "big"]},
        {"gt": [{"answer": "size"}, 3]},
        {"eq": [{"answer": "depth"}, "7"]},
        {"eq": [{"answer": "things"}, "sign"]},
        {"has": [{"answer": "size"}, "big"]},
        {"any_item": ["cats", {"answered": "name"}]},
        {"all_items": ["cats", {"answered": "name"}]},
        {"all_items": ["dogs", {"eq": [{"answer": "altered"}, "no"]}]},
        {"eq": [{"context": "language"}, "en"]},
    ],
    ids=str,
)
def test_does_not_hold(rule):
    assert not holds(rule)


@pytest.mark.parametrize(
    ("on", "age"),
    [("2026-12-03", 64), ("2026-12-04", 65), ("1961-12-04", 0), ("1950-01-01", None), ("no date", None)],
)
def test_an_age_is_counted_in_whole_years(on, age):
    term = TypeAdapter(Term).validate_python({"age_on": [{"answer": "born"}, on]})

    assert value_of(term, FACTS) == age


def test_somebody_born_on_a_leap_day_is_older_on_the_first_of_march():
    facts = Facts(Context(date(2027, 2, 28)), {"born": "2008-02-29"}, {})
    age = TypeAdapter(Term).validate_python({"age_on": [{"answer": "born"}, {"today": True}]})

    assert value_of(age, facts) == 18
    assert value_of(age, Facts(Context(date(2027, 3, 1)), facts.answers, {})) == 19
