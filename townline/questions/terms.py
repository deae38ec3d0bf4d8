"""What a rule speaks of: an answer, something about the contact, a count, a sum, an age, today, or a plain value.

A term is written as JSON with one key, such as `{answer: size}`. Each knows its
value among the facts; what is not known is None.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import fsum
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _l
from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Strict, StringConstraints, Tag
from pydantic_core import PydanticCustomError

Scalar = str | int | float | bool
Answers = Mapping[str, Any]

CONTEXT = {
    "channel": _l("the way you reached us"),
    "language": _l("the language you chose"),
    "is_signed_in": _l("being signed in"),
}
"""What a rule may ask about the contact itself; whoever resolves gives the values."""


def wrong(what: str, right: str) -> PydanticCustomError:
    """What is wrong with a definition, and what would be right, for whoever writes it."""
    return PydanticCustomError("definition", "{what} {right}", {"what": what, "right": right})


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


@dataclass(frozen=True)
class Context:
    """What is known before anything is answered: the local date, who types, and values named in `CONTEXT`."""

    today: date
    by_staff: bool = False
    values: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """What counts so far: good answers to questions that were asked, and the items of lists."""

    context: Context
    answers: Answers
    lists: Mapping[str, Sequence[Answers]]
    item: Answers = field(default_factory=dict)

    def answer(self, question_id: str) -> Any:
        """The answer in this item of a list, or in the form; None when there is none."""
        return self.item.get(question_id, self.answers.get(question_id))

    def within(self, item: Answers) -> "Facts":
        """The same facts, seen from one item of a list."""
        return replace(self, item=item)


class Node(BaseModel):
    """One step of a rule: an object with exactly one key."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)

    @property
    def value(self) -> Any:
        """What stands under the key."""
        return getattr(self, next(iter(type(self).model_fields)))

    @property
    def ids(self) -> tuple[str, ...]:
        """The questions and lists this very step names."""
        return ()

    def children(self) -> Iterator["Node"]:
        """The steps inside this one."""
        inner = self.value if isinstance(self.value, tuple) else (self.value,)
        return (child for child in inner if isinstance(child, Node))

    def mentions(self) -> set[str]:
        """Every question and list that is named here or further in."""
        return set(self.ids).union(*(child.mentions() for child in self.children()))

    @property
    def depth(self) -> int:
        """How many steps lie inside each other."""
        return 1 + max((child.depth for child in self.children()), default=0)


class TermNode(Node):
    """A step that has a value."""

    def of(self, facts: Facts) -> Any:
        """The value among these facts; None when it is not known."""
        raise NotImplementedError


class Answer(TermNode):
    """The answer to an earlier question."""

    answer: Id

    @property
    def ids(self) -> tuple[str, ...]:  # noqa: D102
        return (self.answer,)

    def of(self, facts: Facts) -> Any:
        """The answer, or None."""
        return facts.answer(self.answer)


class FromContext(TermNode):
    """Something about the contact itself."""

    context: str

    def of(self, facts: Facts) -> Scalar | None:
        """The value the caller gave, or None."""
        return facts.context.values.get(self.context)


class Count(TermNode):
    """How many items a list has."""

    count: Id

    @property
    def ids(self) -> tuple[str, ...]:  # noqa: D102
        return (self.count,)

    def of(self, facts: Facts) -> int:
        """0 for a list that was not asked for."""
        return len(facts.lists.get(self.count, ()))


class Sum(TermNode):
    """The total of one question over the items of a list."""

    sum: Annotated[tuple[Id, Id], Strict(False)]

    @property
    def ids(self) -> tuple[str, ...]:  # noqa: D102
        return self.sum

    def of(self, facts: Facts) -> int | float:
        """An unanswered one adds nothing; whole numbers stay whole."""
        page_id, question_id = self.sum
        given = [item[question_id] for item in facts.lists.get(page_id, ()) if question_id in item]
        numbers = [value for value in given if _is_number(value)]
        return sum(numbers) if all(isinstance(number, int) for number in numbers) else fsum(numbers)


class Today(TermNode):
    """The date on which the form is asked, in the municipality's zone."""

    today: Literal[True]

    def of(self, facts: Facts) -> str:
        """The date as text."""
        return facts.context.today.isoformat()


class AgeOn(TermNode):
    """Whole years from a date that was answered to another day."""

    age_on: Annotated[tuple[Answer, "Term"], Strict(False)]

    def of(self, facts: Facts) -> int | None:
        """None while either date is unknown, or before birth."""
        born, on = (_as_date(value_of(term, facts)) for term in self.age_on)
        if born is None or on is None or on < born:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _written(value: Any) -> Any:
    """A date in YAML is a date; in JSON it is text."""
    return value.isoformat() if isinstance(value, date) else value


def key_of(value: Any) -> str | None:
    """The one key by which a step of a rule is recognized."""
    if isinstance(value, Node):
        field_name, info = next(iter(type(value).model_fields.items()))
        return info.alias or field_name
    if isinstance(value, Mapping):
        return str(next(iter(value))) if len(value) == 1 else None
    return "plain value"


def one_of(noun: str, keys: Sequence[str]) -> Discriminator:
    """Told apart by their one key; anything else is refused with the keys there are."""
    return Discriminator(
        key_of,
        custom_error_type="definition",
        custom_error_message=f"This is not a {noun}. Write one key, which is one of: {', '.join(keys)}",
    )


PlainValue = Annotated[Scalar, BeforeValidator(_written)]
TERMS = ("answer", "context", "count", "sum", "age_on", "today")
Term = Annotated[
    Annotated[Answer, Tag("answer")]
    | Annotated[FromContext, Tag("context")]
    | Annotated[Count, Tag("count")]
    | Annotated[Sum, Tag("sum")]
    | Annotated[AgeOn, Tag("age_on")]
    | Annotated[Today, Tag("today")]
    | Annotated[PlainValue, Tag("plain value")],
    one_of("term", TERMS),
]

AgeOn.model_rebuild()


def value_of(term: Any, facts: Facts) -> Any:
    """The value of a term, which may be a plain value itself."""
    return term.of(facts) if isinstance(term, TermNode) else term


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def alike(left: Any, right: Any) -> bool:
    """Can these two be compared? Numbers with numbers, text with text, true with false."""
    if _is_number(left) or _is_number(right):
        return _is_number(left) and _is_number(right)
    return type(left) is type(right) and isinstance(left, str | bool)


def _as_date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
