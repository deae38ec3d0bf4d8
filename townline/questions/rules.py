"""The rule tree, which shows, checks and prices, and nothing else. Pure: no database, no clock.

A comparison with something that is not known is false, `ne` too: an answer that
was never given decides nothing. `not` turns any rule round, so that
`not: {eq: …}` also holds while the question is unanswered.
"""

import operator
from collections.abc import Callable
from typing import Annotated, Any, ClassVar

from pydantic import Field, Strict, Tag

from townline.questions.terms import Answer, Facts, Id, Node, PlainValue, Term, alike, one_of, value_of

Some = Annotated[tuple["Rule", ...], Strict(False), Field(max_length=20)]
Pair = Annotated[tuple[Term, Term], Strict(False)]
ItemRule = Annotated[tuple[Id, "Rule"], Strict(False)]


class All(Node):
    """Every one of these."""

    all: Some

    def holds(self, facts: Facts) -> bool:
        """Does this rule hold among these facts? Asked of every kind of rule."""
        return all(rule.holds(facts) for rule in self.all)


class AnyOf(Node):
    """At least one of these."""

    any: Some

    def holds(self, facts: Facts) -> bool:  # noqa: D102
        return any(rule.holds(facts) for rule in self.any)


class Not(Node):
    """The opposite."""

    not_: "Rule" = Field(alias="not")

    def holds(self, facts: Facts) -> bool:  # noqa: D102
        return not self.not_.holds(facts)


class Comparison(Node):
    """Two terms, compared; false when either is unknown or they are of different sorts."""

    compare: ClassVar[Callable[[Any, Any], bool]]

    def holds(self, facts: Facts) -> bool:  # noqa: D102
        left, right = (value_of(term, facts) for term in self.value)
        return alike(left, right) and type(self).compare(left, right)


class Equal(Comparison):
    """The same."""

    compare = operator.eq
    eq: Pair


class NotEqual(Comparison):
    """Known, and not the same."""

    compare = operator.ne
    ne: Pair


class More(Comparison):
    """More, or later."""

    compare = operator.gt
    gt: Pair


class AtLeast(Comparison):
    """As much or more; that day or later."""

    compare = operator.ge
    gte: Pair


class Less(Comparison):
    """Less, or earlier."""

    compare = operator.lt
    lt: Pair


class AtMost(Comparison):
    """As much or less; that day or earlier."""

    compare = operator.le
    lte: Pair


class In(Node):
    """One of several values."""

    in_: Annotated[
        tuple[Term, Annotated[tuple[PlainValue, ...], Strict(False), Field(max_length=100)]],
        Strict(False),
    ] = Field(alias="in")

    def holds(self, facts: Facts) -> bool:  # noqa: D102
        term, values = self.in_
        value = value_of(term, facts)
        return any(alike(value, other) and value == other for other in values)


class Has(Node):
    """Among the choices of a question with many is this one."""

    has: Annotated[tuple[Answer, str], Strict(False)]

    def holds(self, facts: Facts) -> bool:  # noqa: D102
        term, code = self.has
        chosen = term.of(facts)
        return isinstance(chosen, list) and code in chosen


class Answered(Node):
    """The question has a good answer."""

    answered: Id

    @property
    def ids(self) -> tuple[str, ...]:  # noqa: D102
        return (self.answered,)

    def holds(self, facts: Facts) -> bool:  # noqa: D102
        return facts.answer(self.answered) is not None


class OverItems(Node):
    """A rule asked of each item of a list; inside it, an id means that item."""

    @property
    def ids(self) -> tuple[str, ...]:  # noqa: D102
        return (self.value[0],)

    def _each(self, facts: Facts) -> list[bool]:
        page_id, rule = self.value
        return [rule.holds(facts.within(item)) for item in facts.lists.get(page_id, ())]


class AnyItem(OverItems):
    """At least one item."""

    any_item: ItemRule

    def holds(self, facts: Facts) -> bool:  # noqa: D102
        return any(self._each(facts))


class AllItems(OverItems):
    """Every item, and there is at least one."""

    all_items: ItemRule

    def holds(self, facts: Facts) -> bool:  # noqa: D102
        each = self._each(facts)
        return bool(each) and all(each)


RULES = (
    *("all", "any", "not", "eq", "ne", "gt", "gte", "lt", "lte"),
    *("in", "has", "answered", "any_item", "all_items"),
)
Rule = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Equal, Tag("eq")]
    | Annotated[NotEqual, Tag("ne")]
    | Annotated[More, Tag("gt")]
    | Annotated[AtLeast, Tag("gte")]
    | Annotated[Less, Tag("lt")]
    | Annotated[AtMost, Tag("lte")]
    | Annotated[In, Tag("in")]
    | Annotated[Has, Tag("has")]
    | Annotated[Answered, Tag("answered")]
    | Annotated[AnyItem, Tag("any_item")]
    | Annotated[AllItems, Tag("all_items")],
    one_of("rule", RULES),
]
for _kind in (All, AnyOf, Not, AnyItem, AllItems):
    _kind.model_rebuild()
