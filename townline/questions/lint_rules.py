"""Do the rules of a definition make sense? They look only back, and compare like with like."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from townline.questions import rules, terms
from townline.questions.definition import NUMBERS, TEXTS, Definition, Kind, Page, Question
from townline.questions.findings import Finding, Loc, one_of

DEEPEST = 12


def findings_in_rules(definition: Definition) -> Iterator[Finding]:
    """Everything that is wrong with the conditions, checks and calculations."""
    position = 0
    for at, page in enumerate(definition.pages):
        if page.show_if:
            yield from _Scope(definition, position, None).rule(page.show_if, ("pages", at, "show_if"))
        for index, question in enumerate(page.questions):
            loc: Loc = ("pages", at, "questions", index)
            own = page if page.repeat else None
            if question.show_if:
                yield from _Scope(definition, position, own).rule(question.show_if, (*loc, "show_if"))
            position += 1
            for number, check in enumerate(question.checks):
                yield from _Scope(definition, position, own).rule(check.rule, (*loc, "checks", number, "rule"))
    for name, term in definition.calculations.items():
        yield from _Scope(definition, position, None).term(term, ("calculations", name))


@dataclass(frozen=True)
class _Scope:
    """What a rule at one place may speak of: the questions before `position`, and those of its own item."""

    definition: Definition
    position: int
    item_of: Page | None

    @property
    def _order(self) -> list[str]:
        return [question.id for page in self.definition.pages for question in page.questions]

    def rule(self, rule: Any, loc: Loc) -> Iterator[Finding]:
        """Judge a rule and all that is inside it."""
        if rule.depth > DEEPEST:
            yield Finding(loc, _("The rule is too deep to be understood."), _("Use several questions or pages."))
            return
        loc = (*loc, str(terms.key_of(rule)))
        match rule:
            case rules.All() | rules.AnyOf():
                if not rule.value:
                    yield Finding(loc, _("The list of rules is empty."), _("Add a rule, or take this one out."))
                for index, inner in enumerate(rule.value):
                    yield from self.rule(inner, (*loc, index))
            case rules.Not():
                yield from self.rule(rule.not_, loc)
            case rules.Comparison():
                yield from self.comparison(rule, loc)
            case rules.In():
                term, values = rule.in_
                yield from self.term(term, (*loc, 0))
                for index, value in enumerate(values):
                    yield from self.value(self.about(term), value, (*loc, 1, index))
            case rules.Has():
                yield from self.has(rule, loc)
            case rules.Answered():
                yield from self.answer(rule.answered, loc)
            case rules.OverItems():
                yield from self.over_items(rule, loc)

    def over_items(self, rule: rules.OverItems, loc: Loc) -> Iterator[Finding]:
        page_id, inner = rule.value
        if self.item_of and self.item_of.id == page_id:
            what = _("Inside a list, a rule speaks of this item only.")
            yield Finding(loc, what, _("Name the question itself."))
            return
        yield from self.list_of(page_id, (*loc, 0))
        page = self.definition.page(page_id)
        if page and page.repeat:
            yield from _Scope(self.definition, self.position, page).rule(inner, (*loc, 1))

    def has(self, rule: rules.Has, loc: Loc) -> Iterator[Finding]:
        term, code = rule.has
        yield from self.term(term, (*loc, 0))
        question = self.definition.question(term.answer)
        if question and question.kind != Kind.MANY_CHOICES:
            right = _("Use eq, or make the question many_choices.")
            yield Finding(loc, _("“%(id)s” has one answer, not several.") % {"id": question.id}, right)
        elif question and code not in question.codes:
            yield _no_option(question, code, (*loc, 1))

    def comparison(self, rule: rules.Comparison, loc: Loc) -> Iterator[Finding]:
        orders = not isinstance(rule, rules.Equal | rules.NotEqual)
        for index, term in enumerate(rule.value):
            yield from self.term(term, (*loc, index))
            question = self.about(term)
            if question and question.kind == Kind.MANY_CHOICES:
                right = _("Write “{has: [{answer: %(id)s}, code]}”.") % {"id": question.id}
                yield Finding((*loc, index), _("A question with many choices is asked with has."), right)
            elif question and question.kind in (Kind.PLACE, Kind.FILE):
                right = _("Write “{answered: %(id)s}”.") % {"id": question.id}
                yield Finding((*loc, index), _("A place or a file cannot be compared."), right)
            elif question and orders and question.kind not in NUMBERS | {Kind.DATE}:
                right = _("Use eq, ne or in.")
                yield Finding((*loc, index), _("“%(id)s” has no more and less.") % {"id": question.id}, right)
            else:
                yield from self.value(question, rule.value[1 - index], (*loc, 1 - index))

    def value(self, question: Question | None, value: Any, loc: Loc) -> Iterator[Finding]:
        """Could this plain value ever be the answer?"""
        if question is None or isinstance(value, terms.Node):
            return
        if question.kind == Kind.ONE_CHOICE and value not in question.codes:
            yield _no_option(question, value, loc)
        elif question.kind == Kind.YES_NO and value not in ("yes", "no"):
            right = _("Write “yes” or “no”, in quotes.")
            yield Finding(loc, _("“%(value)s” is no answer to “%(id)s”.") % {"value": value, "id": question.id}, right)
        elif question.kind in NUMBERS and (isinstance(value, bool) or not isinstance(value, int | float)):
            yield Finding(loc, _("“%(id)s” is compared with a number.") % {"id": question.id}, _("Write a number."))
        elif question.kind == Kind.DATE and not _is_date(value):
            right = _("Write a date as 2026-03-31, or {today: true}.")
            yield Finding(loc, _("“%(id)s” is compared with a date.") % {"id": question.id}, right)
        elif question.kind in TEXTS and not isinstance(value, str):
            yield Finding(loc, _("“%(id)s” is compared with text.") % {"id": question.id}, _("Put it in quotes."))

    def term(self, term: Any, loc: Loc) -> Iterator[Finding]:
        """Judge a term: does what it names exist, and was it asked before?"""
        match term:
            case terms.Answer():
                yield from self.answer(term.answer, loc)
            case terms.FromContext() if term.context not in terms.CONTEXT:
                what = _("Nothing is known about “%(name)s”.") % {"name": term.context}
                yield Finding((*loc, "context"), what, one_of(term.context, terms.CONTEXT))
            case terms.Count():
                yield from self.list_of(term.count, (*loc, "count"))
            case terms.Sum():
                yield from self.sum(term, (*loc, "sum"))
            case terms.AgeOn():
                born, on = term.age_on
                yield from self.answer(born.answer, (*loc, "age_on", 0))
                yield from self.term(on, (*loc, "age_on", 1))
                question = self.definition.question(born.answer)
                if question and question.kind != Kind.DATE:
                    yield Finding((*loc, "age_on", 0), _("An age is counted from a date."), _("Name a date question."))

    def sum(self, term: terms.Sum, loc: Loc) -> Iterator[Finding]:
        page_id, question_id = term.sum
        yield from self.list_of(page_id, (*loc, 0))
        page = self.definition.page(page_id)
        if page and page.repeat:
            numbers = {question.id for question in page.questions if question.kind in NUMBERS}
            if question_id not in numbers:
                what = _("“%(id)s” is not a number in this list.") % {"id": question_id}
                yield Finding((*loc, 1), what, one_of(question_id, numbers))

    def answer(self, question_id: str, loc: Loc) -> Iterator[Finding]:
        """A question that a rule may use here: known, answerable, asked earlier, and not inside another list."""
        question, page = self.definition.question(question_id), self.definition.page_of(question_id)
        if question is None or page is None:
            retired = question_id in self.definition.retired
            what = _("“%(id)s” was retired.") if retired else _("There is no question “%(id)s”.")
            yield Finding(loc, what % {"id": question_id}, one_of(question_id, self._order))
        elif not question.is_answerable:
            right = _("Name a question that has an answer.")
            yield Finding(loc, _("“%(id)s” has no answer.") % {"id": question_id}, right)
        elif page.repeat and (self.item_of is None or self.item_of.id != page.id):
            what = _("“%(id)s” is asked once for each item of “%(list)s”.") % {"id": question_id, "list": page.id}
            yield Finding(loc, what, _("Use any_item, all_items, count or sum."))
        elif self._order.index(question_id) >= self.position:
            what = _("“%(id)s” is not asked before this.") % {"id": question_id}
            yield Finding(loc, what, _("A rule only looks back: move the question, or use an earlier one."))

    def list_of(self, page_id: str, loc: Loc) -> Iterator[Finding]:
        """A list that is complete before this place."""
        page = self.definition.page(page_id)
        if page is None or not page.repeat:
            lists = [page.id for page in self.definition.pages if page.repeat]
            yield Finding(loc, _("“%(id)s” is not a list.") % {"id": page_id}, one_of(page_id, lists))
        elif any(self._order.index(question.id) >= self.position for question in page.questions):
            what = _("The list “%(id)s” is not complete before this.") % {"id": page_id}
            yield Finding(loc, what, _("A rule only looks back: put this on a later page."))

    def about(self, term: Any) -> Question | None:
        """The question a term is the answer to."""
        return self.definition.question(term.answer) if isinstance(term, terms.Answer) else None


def _no_option(question: Question, code: Any, loc: Loc) -> Finding:
    what = _("“%(id)s” has no option “%(code)s”.") % {"id": question.id, "code": code}
    return Finding(loc, what, one_of(code, question.codes))


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False
