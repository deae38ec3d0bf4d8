"""The rules themselves: the first that holds decides, and what is not known meets nothing."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from townline.questions.terms import Context, Facts
from townline.routing.rules import Rule, Step, plain_place, route


def facts(answers=None, today=date(2026, 7, 1), **values):
    return Facts(Context(today=today, values=values), answers or {}, {})


def rule(code, *when, step="decision", **to):
    return Rule.model_validate({"code": code, "step": step, "when": list(when), "to": {"department": "works", **to}})


POTHOLE = {"about": "service", "is": ["pothole"]}
BRIDGE = {"about": "answer", "question": "where", "is": ["bridge"]}


def test_the_first_rule_that_holds_decides():
    rules = [rule("bridge", POTHOLE, BRIDGE), rule("pothole", POTHOLE)]

    on_bridge, why = route(rules, facts({"where": "bridge"}, service="pothole"))
    elsewhere, _why = route(rules, facts({"where": "street"}, service="pothole"))

    assert on_bridge.code == "bridge"
    assert [one.about for one in why] == ["service", "answer"]
    assert elsewhere.code == "pothole"


def test_nothing_fits_is_an_answer_too():
    assert route([rule("pothole", POTHOLE)], facts(service="noise")) == (None, ())


def test_a_rule_that_is_switched_off_or_for_another_step_is_not_asked():
    off = rule("off", POTHOLE).model_copy(update={"is_active": False})

    assert route([off], facts(service="pothole"))[0] is None
    assert route([rule("intake", POTHOLE, step="intake")], facts(service="pothole"))[0] is None
    assert route([rule("intake", POTHOLE, step="intake")], facts(service="pothole"), Step.INTAKE)[0].code == "intake"


@pytest.mark.parametrize(
    ("condition", "answers", "holds"),
    [
        (BRIDGE, {"where": "bridge"}, True),
        (BRIDGE, {"where": ["street", "bridge"]}, True),
        (BRIDGE, {"where": ["street"]}, False),
        (BRIDGE, {}, False),
        ({"about": "answer", "question": "where", "is_not": ["bridge"]}, {"where": "street"}, True),
        ({"about": "answer", "question": "where", "is_not": ["bridge"]}, {}, False),
        ({"about": "answer", "question": "hurt", "is": ["yes"]}, {"hurt": "yes"}, True),
    ],
)
def test_an_answer(condition, answers, holds):
    assert (route([rule("one", condition)], facts(answers))[0] is not None) == holds


@pytest.mark.parametrize(
    ("label", "holds"),
    [
        ("12 Main Street, Bowmanville", True),
        ("BOWMANVILLE, 3 King St", True),
        ("Bowmanvilleton Road", False),
        ("", False),
    ],
)
def test_a_place_is_found_as_whole_words(label, holds):
    found, _why = route([rule("one", {"about": "place", "is": ["Bowmanville"]})], facts(place=plain_place(label)))

    assert (found is not None) == holds


@pytest.mark.parametrize(
    ("today", "holds"),
    [(date(2026, 11, 15), True), (date(2027, 1, 1), True), (date(2027, 4, 15), True), (date(2027, 4, 16), False)],
)
def test_a_season_goes_over_new_year(today, holds):
    found, _why = route([rule("one", {"about": "season", "is": ["11-15/04-15"]})], facts(today=today))

    assert (found is not None) == holds


@pytest.mark.parametrize(
    "condition",
    [
        {"about": "service"},
        {"about": "service", "is": ["a"], "is_not": ["b"]},
        {"about": "answer", "is": ["a"]},
        {"about": "service", "question": "where", "is": ["a"]},
        {"about": "season", "is": ["winter"]},
        {"about": "weather", "is": ["rain"]},
    ],
)
def test_a_condition_that_says_nothing_or_two_things_is_refused(condition):
    with pytest.raises(ValidationError):
        rule("one", condition)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=6), st.sampled_from("abcd"))
def test_the_rule_that_decides_holds_and_none_before_it_does(made, service):
    rules = [
        rule(f"r{number}", {"about": "service", "is": [code]}).model_copy(update={"is_active": active})
        for number, (code, active) in enumerate(made)
    ]

    found, _why = route(rules, facts(service=service))

    fitting = [one for one in rules if one.is_active and one.when[0].values == (service,)]
    assert found == (fitting[0] if fitting else None)


def test_two_hundred_rules_are_asked_in_a_millisecond():
    conditions = [POTHOLE, BRIDGE, {"about": "channel", "is": ["phone", "web"]}]
    rules = [rule(f"r{number}", *conditions) for number in range(200)]
    asked = facts({"where": "street"}, service="pothole", channel="web")
    route(rules, asked)

    times = []
    for _turn in range(20):
        began = perf_counter()
        route(rules, asked)
        times.append(perf_counter() - began)

    assert min(times) < 0.001
