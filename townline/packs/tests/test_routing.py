"""Queues and routing rules in a pack: what is wrong is named, and a changed list is a new version."""

from pathlib import Path

import pytest

from townline.packs.apply import apply
from townline.packs.export import export
from townline.packs.plan import plan
from townline.packs.problems import PackRefused
from townline.packs.reading import find, read
from townline.packs.tests.conftest import PACK
from townline.routing.beginning import begin_draft
from townline.routing.models import Queue, RuleSet

pytestmark = pytest.mark.django_db


def lines_of(folder: Path) -> list[str]:
    return list(plan(read(folder)).lines())


def test_every_department_has_a_queue_of_its_own_and_may_have_others(system):
    apply(read(PACK), by=system)

    assert set(Queue.objects.values_list("code", "department__code", "is_default")) == {
        ("front", "front", True), ("works", "works", True), ("night", "works", False), ("eclairage", "eclairage", True),
    }  # fmt: skip
    assert str(Queue.objects.get(code="works").name) == "Works yard"


def test_the_rules_are_put_in_force_in_the_order_of_the_file(system):
    apply(read(PACK), by=system)

    rules = RuleSet.objects.in_force()
    assert rules.version == 1
    assert [rule.code for rule in rules.parsed] == ["by-night", "in-winter"]
    assert rules.parsed[0].to.queue == "night"
    assert not rules.parsed[1].is_active


def test_a_changed_rule_is_a_new_version_and_the_plan_says_which(system, edited):
    apply(read(PACK), by=system)
    folder = edited("routing.yaml", "priority: high", "priority: urgent")

    assert "    rules.by-night.to.priority: “high” → “urgent”" in lines_of(folder)
    apply(read(folder), by=system)

    assert RuleSet.objects.in_force().version == 2
    assert RuleSet.objects.count() == 2
    assert lines_of(folder) == ["Nothing to change."]


def test_what_was_published_at_the_desk_is_exported(system, tmp_path):
    apply(read(PACK), by=system)
    draft = begin_draft(by=system)
    draft.add(by=system, seen=0, rule={"when": [{"about": "kind", "is": ["inquiry"]}], "to": {"department": "front"}})
    draft.move(by=system, seen=1, code="rule-1", up=True)
    draft.publish(by=system, seen=2)
    Queue.objects.filter(code="front").update(deal="round_robin")

    export(tmp_path)

    assert lines_of(tmp_path) == ["Nothing to change."]
    assert "code: rule-1" in (tmp_path / "routing.yaml").read_text()
    assert "code: front" in (tmp_path / "queues.yaml").read_text()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("department: works, queue: night", "department: wroks, queue: night", "There is no department “wroks”"),
        ("department: works, queue: night", "department: front, queue: night", "front has no queue “night”"),
        ("priority: high", "priority: hi", "“hi” is not a value of “priority”"),
        ("deal: least_loaded", "deal: by_luck", "“by_luck” is not a value of “deal”"),
        ("is: [pothole]", "is: [potholes]", "“potholes” is not a value of “service”"),
        ("is_not: [phone]", "is_not: [telex]", "“telex” is not a value of “channel”"),
        ("is: [closed]", "is_not: [shut]", "“shut” is not a value of “hours”"),
        ("is: [11-15/04-15]", "is: [winter]", "This is not a time of the year"),
        (
            "{about: hours, is: [closed]}",
            "{about: answer, question: nothing, is: [yes]}",
            "“yes” is not a value of “answer”",
        ),
    ],
)
def test_a_rule_that_asks_for_what_there_is_not_is_refused(edited, old, new, what):
    with pytest.raises(PackRefused, match=what):
        read(edited("routing.yaml", old, new))


def test_a_queue_does_not_take_the_code_of_another_department(edited):
    with pytest.raises(PackRefused, match="is the code of another department"):
        read(edited("queues.yaml", "code: night", "code: front"))


@pytest.mark.parametrize("name", ["clarington", "amherstburg"])
def test_the_rules_of_a_town_read_as_sentences_in_both_languages(system, name):
    from django.utils.translation import override

    from townline.routing.words import Names, sentence

    apply(read(find(name)), by=system)
    rules = RuleSet.objects.in_force().parsed

    for language, begins in (("en", "When "), ("fr", "Quand ")):
        with override(language):
            said = [sentence(rule, Names.all()) for rule in rules]
        assert all(one.startswith(begins) and "%(" not in one for one in said)
        assert len(set(said)) == len(rules)
