"""One pass over a form and what was answered: what is asked, what is wrong, what counts.

Every door asks here: the page, the summary, the programming interface, later
the fees. Pure but for the language of its sentences. A hidden question's answer
never counts, and resolving what was kept changes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from townline.core.localized import Localized
from townline.questions.clean import Wrong, missing, normalized
from townline.questions.definition import Definition, Instead, Kind, Option, Page, Question
from townline.questions.terms import Answers, Context, Facts, value_of

MOST_UNKNOWN = 20


class Asked(NamedTuple):
    """A page that is asked, with the questions of each of its items (one item, unless it is a list)."""

    page: Page
    items: tuple[tuple[Question, ...], ...]


class Stop(NamedTuple):
    """The answer that ended the form, and what to tell the person."""

    page_id: str
    question_id: str
    text: Localized
    instead: Instead | None = None


@dataclass(frozen=True)
class Resolved:
    """What came of it.

    `answers` is what counts and is stored; `errors` maps a path (`size`, or
    `dogs.0.name`, or `dogs` for the list itself) to a sentence in the active
    language; `not_asked` lists the paths that were answered although nobody
    asked: pages leave those out, a program is refused.
    """

    pages: tuple[Asked, ...]
    answers: dict[str, Any]
    errors: dict[str, str]
    not_asked: tuple[str, ...]
    calculations: dict[str, Any]
    stop: Stop | None
    facts: Facts = field(repr=False)

    @property
    def is_complete(self) -> bool:
        """Can this be handed in?"""
        return not self.errors and self.stop is None

    @property
    def page_ids(self) -> tuple[str, ...]:
        """The pages that are asked, in order."""
        return tuple(asked.page.id for asked in self.pages)

    def page_after(self, page_id: str | None = None) -> str | None:
        """The next page (the first, when none is given); None when the answers are to be checked."""
        order = (None, *self.page_ids, None)
        return order[order.index(page_id) + 1] if page_id in order else None

    def page_before(self, page_id: str | None = None) -> str | None:
        """The page before (the last, when none is given); None before the first."""
        order = (None, *reversed(self.page_ids), None)
        return order[order.index(page_id) + 1] if page_id in order else None

    @property
    def unfinished_page(self) -> str | None:
        """The first page with something missing or wrong on it."""
        wrong = {path.split(".")[0] for path in self.errors}
        for asked in self.pages:
            if asked.page.id in wrong or not wrong.isdisjoint(asked.page.answerable):
                return asked.page.id
        return None


def resolve(definition: Definition, answers: Answers, context: Context) -> Resolved:
    """Which pages and questions are asked, what is wrong, and which answers count."""
    walk = _Walk(definition, context)
    walk.refuse_unknown(answers)
    for page in definition.pages:
        walk.page(page, answers)
        if walk.stop:
            break
    facts = walk.facts
    return Resolved(
        pages=tuple(walk.pages),
        answers={**walk.answers, **walk.lists},
        errors={} if walk.stop else walk.errors,
        not_asked=tuple(walk.not_asked),
        calculations={name: value_of(term, facts) for name, term in definition.calculations.items()},
        stop=walk.stop,
        facts=facts,
    )


@dataclass
class _Walk:
    """The pass itself: it only ever looks back, at `facts`."""

    definition: Definition
    context: Context
    answers: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    pages: list[Asked] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    not_asked: list[str] = field(default_factory=list)
    stop: Stop | None = None

    @property
    def facts(self) -> Facts:
        return Facts(self.context, self.answers, self.lists)

    def refuse_unknown(self, given: Answers, known: frozenset[str] | None = None, path: str = "") -> None:
        """An id that is not in the form is refused, never kept."""
        known = self.definition.answer_ids if known is None else known
        for strange in [key for key in given if key not in known][:MOST_UNKNOWN]:
            self.errors[f"{path}{str(strange)[:60]}"] = _("This form has no such question.")

    def page(self, page: Page, given: Answers) -> None:
        """Ask one page, if it is asked."""
        if page.show_if and not page.show_if.holds(self.facts):
            ids = (page.id,) if page.repeat else page.answerable
            self.not_asked += [name for name in ids if _is_given(given.get(name))]
        elif page.repeat:
            self.list_of(page, given.get(page.id))
        else:
            asked = [question for question, _value in self.questions(page, given, self.answers)]
            self.pages.append(Asked(page, (tuple(asked),)))

    def list_of(self, page: Page, given: Any) -> None:
        """Ask a page once for each item; at least as many are asked for as the list must have."""
        assert page.repeat
        items = _items(given)
        if items is None or len(items) > page.repeat.max:
            self.errors[page.id] = _("Give the answers as a list.") if items is None else _too_many(page)
            items = []
        items += [{}] * (page.repeat.min - len(items))
        asked: list[tuple[Question, ...]] = []
        kept: list[dict[str, Any]] = []
        errors_before = len(self.errors)
        for index, item in enumerate(items):
            questions, values = self.item(page, item, index)
            asked.append(questions)
            if values:
                kept.append(values)
            if self.stop:
                break
        if len(kept) < page.repeat.min and len(self.errors) == errors_before:
            self.errors[page.id] = _too_few(page)
        if kept:
            self.lists[page.id] = kept
        self.pages.append(Asked(page, tuple(asked)))

    def item(self, page: Page, given: Answers, index: int) -> tuple[tuple[Question, ...], dict[str, Any]]:
        """Ask the questions of one item. One more than needed, in which nothing was answered, is none."""
        assert page.repeat
        errors, path, values = dict(self.errors), f"{page.id}.{index}.", dict[str, Any]()
        questions = list(self.questions(page, given, values, path))
        if index >= page.repeat.min and not any(_is_given(value) for _question, value in questions):
            self.errors = errors
        self.refuse_unknown(given, frozenset(page.answerable), path)
        return tuple(question for question, _value in questions), values

    def questions(
        self, page: Page, given: Answers, values: dict[str, Any], path: str = ""
    ) -> Iterator[tuple[Question, Any]]:
        """Ask the questions of a page or item in order, filling `values`; what is asked comes out."""
        for question in page.questions:
            facts = self.facts.within(values) if page.repeat else self.facts
            value = given.get(question.id) if question.is_answerable else None
            if not _is_asked(question, facts):
                if _is_given(value):
                    self.not_asked.append(path + question.id)
                continue
            if question.is_answerable:
                self.take(page, question, value, values, path)
            yield question, value
            if self.stop:
                return

    def take(self, page: Page, question: Question, given: Any, values: dict[str, Any], path: str) -> None:
        """Judge one answer; a good one counts from here on."""
        try:
            value = normalized(question, given, self.context)
        except Wrong as wrong:
            self.errors[path + question.id] = str(wrong)
            return
        if value is None:
            if question.required:
                self.errors[path + question.id] = missing(question)
            return
        values[question.id] = value
        facts = self.facts.within(values) if page.repeat else self.facts
        for check in question.checks:
            if not check.rule.holds(facts):
                del values[question.id]
                self.errors[path + question.id] = str(check.message)
                return
        for option in _chosen(question, value):
            if option.stop:
                self.stop = Stop(page.id, question.id, option.stop, option.instead)


def _is_asked(question: Question, facts: Facts) -> bool:
    if question.staff_only and not facts.context.by_staff:
        return False
    if question.kind == Kind.FILE and facts.context.by_staff:
        return False  # At the desk, files are added in one place, and nobody is asked for them on the phone.
    return question.show_if is None or question.show_if.holds(facts)


def _chosen(question: Question, value: Any) -> list[Option]:
    codes = value if isinstance(value, list) else [value]
    return [question.codes[code] for code in codes if isinstance(code, str) and code in question.codes]


def _is_given(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_is_given(part) for part in value.values())
    return value is not None and value != [] and (not isinstance(value, str) or bool(value.strip()))


def _items(given: Any) -> list[Mapping[str, Any]] | None:
    if given is None:
        return []
    good = isinstance(given, list | tuple) and all(isinstance(item, Mapping) for item in given)
    return list(given) if good else None


def _too_few(page: Page) -> str:
    assert page.repeat
    return _("Add at least %(count)s: %(item)s.") % {"count": page.repeat.min, "item": page.repeat.item}


def _too_many(page: Page) -> str:
    assert page.repeat
    return _("Enter at most %(count)s: %(item)s.") % {"count": page.repeat.max, "item": page.repeat.item}
