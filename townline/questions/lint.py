"""Is a definition fit to be published? Its shape was judged when it was read; this is about sense."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from townline.core.localized import LANGUAGES, Localized
from townline.questions.definition import (
    CHOICES,
    COUNTED,
    MOST_FILES,
    NUMBERS,
    TEXTS,
    Definition,
    Kind,
    Page,
    Part,
    Purpose,
    Question,
)
from townline.questions.findings import Finding, Loc
from townline.questions.lint_rules import findings_in_rules


def lint(definition: Definition) -> list[Finding]:
    """Everything that keeps this definition from being published."""
    found = [*_ids(definition), *_languages(definition, ())]
    for at, page in enumerate(definition.pages):
        found += _page(page, ("pages", at))
        for index, question in enumerate(page.questions):
            found += _question(definition, question, ("pages", at, "questions", index))
    return [*found, *findings_in_rules(definition)]


def _ids(definition: Definition) -> Iterator[Finding]:
    """Pages and questions share one set of names, each used once and for ever."""
    if not definition.pages:
        yield Finding(("pages",), _("The form asks nothing."), _("Add a page with a question."))
    seen: set[str] = set()
    for at, page in enumerate(definition.pages):
        named: list[tuple[Loc, str]] = [(("pages", at, "id"), page.id)]
        named += [(("pages", at, "questions", i, "id"), question.id) for i, question in enumerate(page.questions)]
        for loc, name in named:
            if name in seen:
                yield Finding(loc, _("The id “%(id)s” is used twice.") % {"id": name}, _("Give it another id."))
            if name in definition.retired:
                what = _("The id “%(id)s” was retired: old answers still stand under it.") % {"id": name}
                yield Finding(loc, what, _("Give the new question a new id."))
            seen.add(name)


def _languages(value: Any, loc: Loc) -> Iterator[Finding]:
    """All text is there in every language."""
    if isinstance(value, Localized):
        for language in LANGUAGES:
            if not value.get(language, "").strip():
                what = _("The text is missing in “%(language)s”.") % {"language": language}
                yield Finding((*loc, language), what, _("Write it in both languages."))
    elif isinstance(value, Part):
        for name in type(value).model_fields:
            yield from _languages(getattr(value, name), (*loc, name))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _languages(part, (*loc, index))


def _page(page: Page, loc: Loc) -> Iterator[Finding]:
    if not page.questions:
        yield Finding((*loc, "questions"), _("The page has no questions."), _("Add one, or take the page out."))
    if page.repeat and page.repeat.min > page.repeat.max:
        yield Finding((*loc, "repeat", "min"), _("The least is more than the most."), _("Make min at most max."))
    if page.repeat and not page.answerable:
        yield Finding((*loc, "repeat"), _("The list asks nothing."), _("Add a question, or take out repeat."))


def _question(definition: Definition, question: Question, loc: Loc) -> Iterator[Finding]:
    if question.kind == Kind.FILE and question.max is not None and question.max not in range(1, MOST_FILES + 1):
        right = _("Write a number from 1 to %(most)s.") % {"most": MOST_FILES}
        yield Finding((*loc, "max"), _("So many files cannot be added."), right)
    if question.pii and definition.purpose == Purpose.SURVEY:
        yield Finding((*loc, "pii"), _("A survey asks for no personal information."), _("Take the question out."))
    if question.kind == Kind.INFORMATION:
        for name in ("required", "checks", "pii"):
            if getattr(question, name):
                yield Finding(
                    (*loc, name), _("Text to read has no answer."), _("Take out “%(name)s”.") % {"name": name}
                )
    yield from _options(question, loc)
    yield from _limits(question, loc)


def _options(question: Question, loc: Loc) -> Iterator[Finding]:
    if question.kind in CHOICES and not question.options:
        yield Finding((*loc, "options"), _("There is nothing to choose from."), _("Add options with code and label."))
    if question.kind not in CHOICES and question.options:
        right = _("Take out options, or make it one_choice or many_choices.")
        yield Finding((*loc, "options"), _("A question of this kind has no options."), right)
    seen: set[str] = set()
    for index, option in enumerate(question.options):
        if option.code in seen:
            what = _("The code “%(code)s” is used twice.") % {"code": option.code}
            yield Finding((*loc, "options", index, "code"), what, _("Give it another code."))
        seen.add(option.code)
        if option.instead is None:
            continue
        if not option.stop:
            right = _("Write the text of stop, or take out instead.")
            yield Finding((*loc, "options", index, "instead"), _("Another door is for whoever is stopped."), right)
        if not any((option.instead.emergency, option.instead.phone, option.instead.service)):
            right = _("Write emergency: true, a phone number, or the code of a service.")
            yield Finding((*loc, "options", index, "instead"), _("It leads nowhere."), right)


def _limits(question: Question, loc: Loc) -> Iterator[Finding]:
    """A limit stands only where it means something."""
    fits = {"min": NUMBERS, "max": COUNTED, "max_length": TEXTS, "past": {Kind.DATE}}
    for name, kinds in fits.items():
        if getattr(question, name) not in (None, False) and question.kind not in kinds:
            right = _("It is for: %(kinds)s.") % {"kinds": ", ".join(sorted(str(kind) for kind in kinds))}
            yield Finding((*loc, name), _("“%(name)s” means nothing here.") % {"name": name}, right)
    if question.kind == Kind.MONEY and any(isinstance(limit, float) for limit in (question.min, question.max)):
        yield Finding(loc, _("An amount of money is in whole cents."), _("Write 1250 for $12.50."))
    if question.min is not None and question.max is not None and question.min > question.max:
        yield Finding((*loc, "min"), _("The least is more than the most."), _("Make min at most max."))
