"""Routing rules: when a case is like this, it goes there. Pure: no database, no clock.

A rule's conditions are the `in` and `has` of the one rule language of
`questions.rules`, asked of a few named facts, so that a clerk can read and make
each of them. All conditions of a rule must hold; the first rule that holds
decides. What is not known meets no condition, `is_not` neither.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Annotated, Any

from django.db import models
from django.utils.translation import gettext_lazy as _l
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from townline.core.localized import folded
from townline.questions import rules as language
from townline.questions.terms import Answer, Facts, FromContext, Id, wrong

MANY = 200
"""So many rules a list may have, and one condition so many values: what somebody can still read."""


class Step(models.TextChoices):
    """The three steps of a service, each of which may be central, partial or decentralised."""

    INTAKE = "intake", _l("Intake")
    DECISION = "decision", _l("Decision")
    FULFILMENT = "fulfilment", _l("Fulfilment")


NEXT = {Step.INTAKE: Step.DECISION, Step.DECISION: Step.FULFILMENT}


class About(models.TextChoices):
    """What a condition may ask."""

    SERVICE = "service", _l("Service")
    KIND = "kind", _l("Kind of case")
    ANSWER = "answer", _l("Answer")
    PLACE = "place", _l("Place")
    CHANNEL = "channel", _l("Channel")
    LANGUAGE = "language", _l("Language")
    PRIORITY = "priority", _l("Priority")
    HOURS = "hours", _l("Opening hours")
    SEASON = "season", _l("Time of the year")
    INTAKE = "intake", _l("How intake is done")
    DECISION = "decision", _l("How the decision is made")
    FULFILMENT = "fulfilment", _l("How the work is done")


Value = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Values = Annotated[tuple[Value, ...], Field(max_length=MANY)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=50)]
SEASON = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


class Part(BaseModel):
    """A part of a rule: frozen, and nothing unknown in it."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Condition(Part):
    """One thing that must be so: a fact is one of some values, or none of them."""

    about: About
    question: Id | None = None
    is_: Values = Field(default=(), alias="is")
    is_not: Values = ()

    @model_validator(mode="after")
    def is_one_thing(self) -> "Condition":
        """It says what is asked, and either what it is or what it is not."""
        if bool(self.is_) == bool(self.is_not):
            raise wrong(
                "A condition says what something is, or what it is not.", "Write either is: […] or is_not: […]."
            )
        if (self.about == About.ANSWER) != (self.question is not None):
            raise wrong("Only an answer names its question.", "Write about: answer and question: its id.")
        if self.about == About.SEASON and not all(SEASON.fullmatch(value) for value in self.values):
            raise wrong("This is not a time of the year.", 'Write month-day/month-day, such as "11-15/04-15".')
        return self

    @property
    def values(self) -> tuple[str, ...]:
        """What it is compared with."""
        return self.is_ or self.is_not

    @cached_property
    def rule(self) -> Any:
        """The condition in the rule language; a place and a time of the year are asked otherwise."""
        if self.about == About.ANSWER:
            answer = Answer(answer=self.question or "")
            chosen = [language.Has(has=(answer, value)) for value in self.values]
            return language.AnyOf.model_construct(any=(language.In.model_construct(in_=(answer, self.values)), *chosen))
        return language.In.model_construct(in_=(FromContext(context=self.about.value), self.values))

    def holds(self, facts: Facts) -> bool:
        """Is it so among these facts?"""
        if not self._is_known(facts):
            return False
        if self.about == About.PLACE:
            found = any(is_within(value, str(facts.context.values["place"])) for value in self.values)
        elif self.about == About.SEASON:
            found = any(_is_in_season(value, facts) for value in self.values)
        else:
            found = self.rule.holds(facts)
        return found == bool(self.is_)

    def _is_known(self, facts: Facts) -> bool:
        if self.about == About.ANSWER:
            return facts.answer(self.question or "") is not None
        return self.about == About.SEASON or bool(facts.context.values.get(self.about.value))


class Target(Part):
    """Where a case goes; without a queue, to the department's default one."""

    department: Code
    queue: Code | None = None
    priority: Value | None = None
    deal: Value | None = None


class Rule(Part):
    """When all of this is so at this step, the case goes there."""

    code: Code
    step: Step = Step.DECISION
    when: Annotated[tuple[Condition, ...], Field(min_length=1, max_length=20)]
    to: Target
    is_active: bool = True
    provenance: dict[str, Any] = {}

    def holds(self, facts: Facts) -> bool:
        """Do all its conditions hold?"""
        return all(condition.holds(facts) for condition in self.when)

    def as_json(self) -> dict[str, Any]:
        """As it is stored: no key that only repeats its default."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)


Reasons = tuple[Condition, ...]


def route(rules: Iterable[Rule], facts: Facts, step: Step = Step.DECISION) -> tuple[Rule | None, Reasons]:
    """The first rule for this step that holds, and what made it hold; nothing when none does."""
    for rule in rules:
        if rule.is_active and rule.step == step and rule.holds(facts):
            return rule, rule.when
    return None, ()


def asks_for(rules: Sequence[Rule], about: About) -> bool:
    """Does any rule in use ask this?"""
    return any(condition.about == about for rule in rules if rule.is_active for condition in rule.when)


@lru_cache(maxsize=4096)
def _words(value: str) -> str:
    """The words of a rule, as they are compared: the same few for every case."""
    return plain_place(value)


def plain_place(label: str) -> str:
    """A place as conditions compare it: words without accents and case, one space between."""
    return " ".join(re.findall(r"\w+", folded(label)))


def is_within(value: str, place: str) -> bool:
    """Do these words stand in the place, as whole words?"""
    return f" {_words(value)} " in f" {place} "


def _is_in_season(span: str, facts: Facts) -> bool:
    """From a day to a day of any year; one that goes over New Year has its end before its beginning."""
    first, last = span.split("/")
    today = facts.context.today.strftime("%m-%d")
    return first <= today <= last if first <= last else today >= first or today <= last
