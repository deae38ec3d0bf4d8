"""A draft of the rules: changed step by step, published whole, and never by two people over each other."""

import pytest

from townline.core.refusals import NotPossible
from townline.routing.beginning import begin_draft
from townline.routing.models import RuleSet
from townline.timeline.models import Event

NOISE = {"when": [{"about": "service", "is": ["noise"]}], "to": {"department": "roads"}}
POTHOLE = {"when": [{"about": "service", "is": ["pothole"]}], "to": {"department": "bylaw"}}


@pytest.fixture
def draft(town):
    return begin_draft(by=town.dana)


def codes(draft):
    draft.refresh_from_db()
    return [rule["code"] for rule in draft.rules]


def test_a_draft_begins_as_what_is_in_force(town):
    RuleSet.objects.put_in_force([{**NOISE, "code": "noise"}], by=town.system)

    draft = begin_draft(by=town.dana)

    assert codes(draft) == ["noise"]
    assert draft.based_on == 1
    assert draft.events.get().name == "ruleset.begun"
    assert begin_draft(by=town.ines).pk == draft.pk


def test_rules_are_added_moved_switched_and_taken_out(town, draft):
    draft.add(by=town.dana, seen=0, rule=NOISE)
    draft.add(by=town.dana, seen=1, rule=POTHOLE)
    draft.move(by=town.dana, seen=2, code="rule-2", up=True)
    assert codes(draft) == ["rule-2", "rule-1"]

    draft.switch(by=town.dana, seen=3, code="rule-1")
    assert draft.rules[1]["is_active"] is False

    draft.remove(by=town.dana, seen=4, code="rule-2")
    assert codes(draft) == ["rule-1"]


def test_a_changed_rule_keeps_its_code_and_its_place(town, draft):
    draft.add(by=town.dana, seen=0, rule=NOISE)
    draft.add(by=town.dana, seen=1, rule=POTHOLE)

    draft.change(by=town.dana, seen=2, code="rule-1", rule=POTHOLE)

    assert codes(draft) == ["rule-1", "rule-2"]
    assert draft.rules[0]["when"] == POTHOLE["when"]


def test_of_two_who_edit_at_once_the_second_is_told_who_was_first(town, draft):
    draft.add(by=town.dana, seen=0, rule=NOISE)

    with pytest.raises(NotPossible, match="Dana Whitfield has changed the rules"):
        draft.add(by=town.ines, seen=0, rule=POTHOLE)

    assert codes(draft) == ["rule-1"]


def test_a_published_list_is_in_force_and_stays_as_it_is(town, draft):
    draft.add(by=town.dana, seen=0, rule=NOISE)

    draft.publish(by=town.dana, seen=1)

    assert RuleSet.objects.in_force() == draft
    assert draft.version == 1
    assert draft.events.get(name="ruleset.published").details == {"version": 1, "rules": 1}
    with pytest.raises(NotPossible, match="in force and stays as it is"):
        draft.remove(by=town.dana, seen=1, code="rule-1")


def test_a_draft_of_what_is_no_longer_in_force_is_not_published(town, draft):
    RuleSet.objects.put_in_force([{**NOISE, "code": "noise"}], by=town.system)

    with pytest.raises(NotPossible, match="Version 1 came into force"):
        draft.publish(by=town.dana, seen=0)


def test_a_discarded_draft_is_gone_and_told_of(town, draft):
    draft.discard(by=town.dana, seen=0)

    assert not RuleSet.objects.exists()
    assert Event.objects.get(name="ruleset.discarded").subject_id == draft.pk


def test_the_code_of_a_rule_is_never_given_twice(town, draft):
    draft.add(by=town.dana, seen=0, rule=NOISE)
    draft.publish(by=town.dana, seen=1)
    next_one = begin_draft(by=town.dana)
    next_one.remove(by=town.dana, seen=0, code="rule-1")

    assert next_one.add(by=town.dana, seen=1, rule=POTHOLE) == "rule-2"


@pytest.mark.parametrize("at", [("rule-1", True), ("rule-1", False)])
def test_the_only_rule_moves_nowhere(town, draft, at):
    draft.add(by=town.dana, seen=0, rule=NOISE)

    with pytest.raises(NotPossible, match="at the end of the list"):
        draft.move(by=town.dana, seen=1, code=at[0], up=at[1])
