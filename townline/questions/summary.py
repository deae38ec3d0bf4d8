"""The answers as pairs of label and value: for the check page, the case, mail and documents.

What is shown is what was kept. The rules are not asked again, so that a case
reads the same in ten years, on whatever day.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from townline.questions.definition import TYPED, Definition, Page, Question
from townline.questions.resolve import Resolved
from townline.questions.terms import Answers
from townline.questions.words import said


@dataclass(frozen=True)
class Row:
    """One question and its answer. The languages are given because a missing translation falls back."""

    question_id: str
    label: str
    label_lang: str
    value: str
    value_lang: str
    is_answered: bool
    is_pii: bool


@dataclass(frozen=True)
class Section:
    """A page, or one item of a list, with its rows; `heading` names the page and the item."""

    page_id: str
    heading: str
    item: int | None
    rows: tuple[Row, ...]


def summary(
    definition: Definition, given: Resolved | Answers, language: str | None = None, *, for_staff: bool = False
) -> list[Section]:
    """Kept answers in the order of the form, in `language` (default: the active one).

    From a `Resolved`, questions that were asked and left empty are shown too.
    Answers that only staff give are for staff only.
    """
    language = (language or get_language() or "en")[:2]
    resolved = given if isinstance(given, Resolved) else None
    answers: Answers = given.answers if isinstance(given, Resolved) else given
    sections = []
    with override(language):
        for page in definition.pages:
            for index, item in enumerate(_items(page, answers)):
                rows = tuple(_rows(page, item, _asked(page, resolved), language, for_staff))
                if rows:
                    sections.append(Section(page.id, _heading(page, index), index if page.repeat else None, rows))
    return sections


def _items(page: Page, answers: Answers) -> list[Answers]:
    return list(answers.get(page.id, ())) if page.repeat else [answers]


def _asked(page: Page, resolved: Resolved | None) -> set[str]:
    """The questions to show although nothing was answered; in a list only what was answered is shown."""
    if resolved is None or page.repeat:
        return set()
    return {
        question.id for asked in resolved.pages if asked.page.id == page.id for item in asked.items for question in item
    }


def _heading(page: Page, index: int) -> str:
    if not page.repeat:
        return str(page.title)
    return _("%(title)s: %(item)s %(number)s") % {"title": page.title, "item": page.repeat.item, "number": index + 1}


def _rows(page: Page, given: Answers, asked: set[str], language: str, for_staff: bool) -> list[Row]:
    return [
        _row(question, given.get(question.id), language)
        for question in page.answerable.values()
        if (question.id in given or question.id in asked) and (for_staff or not question.staff_only)
    ]


def _row(question: Question, value: Any, language: str) -> Row:
    label, label_lang = question.label.wording(language)
    return Row(
        question_id=question.id,
        label=label,
        label_lang=label_lang,
        value=_("Not answered") if value is None else said(question, value),
        value_lang=_value_lang(question, value, language),
        is_answered=value is not None,
        is_pii=question.pii,
    )


def _value_lang(question: Question, value: Any, language: str) -> str:
    """The language a choice's label was found in; empty for what a person typed, which may be in any."""
    if value is not None and question.kind in TYPED:
        return ""
    codes = value if isinstance(value, list) else [value]
    labels = [question.codes[code].label for code in codes if isinstance(code, str) and code in question.codes]
    return labels[0].wording(language).lang if labels else language
