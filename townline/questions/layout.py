"""The questions of a form in the order in which a page shows them."""

from typing import TYPE_CHECKING, NamedTuple

from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from townline.questions.definition import Page, Question
from townline.questions.fields import Html, in_language, marked
from townline.questions.words import applies_only_if

if TYPE_CHECKING:
    from townline.questions.forms import QuestionsForm


class Part(NamedTuple):
    """A question's field, or lines to read."""

    field: BoundField | None
    lines: tuple[Html, ...] = ()


class Group(NamedTuple):
    """The questions of one item of a list, under its name; or those of a page, under none."""

    at: int
    legend: str
    remove: str
    parts: list[Part]


class Section(NamedTuple):
    """A page of the form; `name` begins the names of its buttons when it is a list."""

    title: Html
    only_if: Html
    name: str
    size: int
    groups: list[Group]
    add: str

    @property
    def add_name(self) -> str:
        """The name of the button that adds an item."""
        return f"{self.name}-add"

    @property
    def remove_name(self) -> str:
        """The name of the buttons that remove one; their value says which."""
        return f"{self.name}-remove"


def sections_of(form: "QuestionsForm") -> list[Section]:
    """Everything the form shows, in order."""
    return [_list(form, page) if page.repeat else _page(form, page) for page in form.pages]


def _page(form: "QuestionsForm", page: Page) -> Section:
    return Section(*_head(form, page), "", 0, [Group(0, "", "", _parts(form, page, ""))], "")


def _list(form: "QuestionsForm", page: Page) -> Section:
    assert page.repeat
    count, item = form.counts[page.id], page.repeat.item
    groups = [
        Group(
            index,
            capfirst(f"{item} {index + 1}"),
            _("Remove %(item)s %(number)s") % {"item": item, "number": index + 1} if count > least(page) else "",
            _parts(form, page, f"{page.id}-{index}-"),
        )
        for index in range(count)
    ]
    add = _("Add another: %(item)s") % {"item": item} if count < page.repeat.max else ""
    return Section(*_head(form, page), form.add_prefix(page.id), count, groups, add)


def least(page: Page) -> int:
    """How many items of a list are always on the page."""
    return max(1, page.repeat.min) if page.repeat else 1


def _head(form: "QuestionsForm", page: Page) -> tuple[Html, Html]:
    return marked(page.title, form.language), _condition(form, page)


def _condition(form: "QuestionsForm", part: Page | Question) -> Html:
    if part.show_if is None or not form.depends_on_this_form(part):
        return ""
    return in_language(applies_only_if(form.definition, part.show_if, form.language), form.language)


def _parts(form: "QuestionsForm", page: Page, name: str) -> list[Part]:
    found = []
    for question in form.shown(page):
        if question.is_answerable:
            found.append(Part(form[f"{name}{question.id}"]))
        else:
            said = [_condition(form, question), marked(question.label, form.language)]
            said += [marked(question.hint, form.language)] if question.hint else []
            found.append(Part(None, tuple(line for line in said if line)))
    return found
