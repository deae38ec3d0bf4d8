"""The questions of one page, or of the whole form, as a Django form.

The form only draws and collects. What is asked, demanded or wrong is decided by
`resolve`, so that a page and a program are judged alike. Names begin with
`q-`, so that these fields can stand beside any other form.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import get_language

from townline.questions.clean import Wrong, normalized
from townline.questions.definition import Definition, Kind, Page, Question
from townline.questions.fields import AnswerField
from townline.questions.layout import Section, least, sections_of
from townline.questions.resolve import Stop, resolve
from townline.questions.terms import Answers, Context
from townline.questions.words import answer_only_if

PREFIX = "q"


class QuestionsForm(forms.Form):
    """Asks one page of a form, or with `page_id=None` everything at once, as at a counter.

    Given what was answered so far; after a good `is_valid()`, `form.answers` is
    that with this page in it, for the draft. `files` are those that were brought
    so far, by their key, with what the page shows of them. Questions are in `language`, the
    sentences of errors in the language of the page. Pressing *Add another* or
    *Remove* in a list is never valid: the form is to be shown again, and has
    everything that was typed.
    """

    template_name = "questions/form.html"
    use_required_attribute = False

    def __init__(
        self,
        definition: Definition,
        page_id: str | None,
        answers: Answers,
        *,
        context: Context,
        data: Mapping[str, Any] | None = None,
        language: str | None = None,
        files: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data=None if data is None else _lists(data), prefix=PREFIX)
        self.definition = definition
        self.context = context
        self.language = (language or get_language() or "en")[:2]
        self.before = dict(answers)
        self.kept_files = files or {}
        self.answers: dict[str, Any] = {}
        self.resolved = resolve(definition, answers, context)
        self._facts = self.resolved.facts
        self.has_headings = page_id is None
        self.pages = [page for page in definition.pages if self._is_here(page, page_id)]
        self.is_rearranged = False
        self.counts = {page.id: self._rearrange(page) for page in self.pages if page.repeat}
        for page in self.pages:
            self._add_fields(page)

    @property
    def page(self) -> Page | None:
        """The one page that is asked; None when it is not asked at all, or when several are."""
        return self.pages[0] if len(self.pages) == 1 else None

    @property
    def stop(self) -> Stop | None:
        """The answer that ended the form, if one did."""
        return self.resolved.stop

    @property
    def next_page_id(self) -> str | None:
        """Where to go on; None when the answers are to be checked."""
        return self.resolved.page_after(self.pages[-1].id) if self.pages else self.resolved.page_after()

    @cached_property
    def sections(self) -> list[Section]:
        """What the template draws."""
        return sections_of(self)

    def is_valid(self) -> bool:
        """Can the page be left? Not when it was only rearranged."""
        return not self.is_rearranged and super().is_valid()

    def full_clean(self) -> None:
        """Rearranging a list judges nothing."""
        if self.is_rearranged:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def clean(self) -> None:
        """Let `resolve` judge this page together with everything before it."""
        given = {**self.before, **{page.id: self._typed_items(page) for page in self.pages if page.repeat}}
        for page in self.pages:
            given |= {} if page.repeat else self._typed(page, "")
        self.resolved = resolve(self.definition, given, self.context)
        for path, sentence in self.resolved.errors.items():
            name = path.replace(".", "-")
            if name in self.fields or path in self.counts:
                self.add_error(name if name in self.fields else None, sentence)
        self.answers = self._kept(given)

    def shown(self, page: Page) -> Iterator[Question]:
        """The questions of a page that are on it. A condition on this very form is left to whoever answers."""
        for question in page.questions:
            if question.kind == Kind.FILE if self.context.by_staff else question.staff_only:
                continue
            if self.depends_on_this_form(question) or question.show_if is None or question.show_if.holds(self._facts):
                yield question

    def depends_on_this_form(self, part: Page | Question) -> bool:
        """Does its condition speak of something that is asked on this form?"""
        return part.show_if is not None and not self._asked_here.isdisjoint(part.show_if.mentions())

    @cached_property
    def _asked_here(self) -> frozenset[str]:
        return frozenset({page.id for page in self.pages}.union(*(page.answerable for page in self.pages)))

    def _is_here(self, page: Page, page_id: str | None) -> bool:
        if page_id is not None:
            return page.id == page_id and page.id in self.resolved.page_ids
        if page.show_if is None or page.show_if.mentions():
            return True
        return page.show_if.holds(self._facts)

    def _rearrange(self, page: Page) -> int:
        """How many items the list shows, after *Add another* or *Remove*."""
        assert page.repeat
        if not self.is_bound:
            return min(max(least(page), len(self.before.get(page.id, ()))), page.repeat.max)
        name = self.add_prefix(page.id)
        count = min(max(least(page), _count(self.data.get(f"{name}-items"))), page.repeat.max)
        if f"{name}-add" in self.data:
            self.is_rearranged = True
            return min(count + 1, page.repeat.max)
        if f"{name}-remove" in self.data:
            self.is_rearranged = True
            self.data = _without_item(_lists(self.data), name, _count(self.data[f"{name}-remove"]), count)
            return max(count - 1, least(page))
        return count

    def _add_fields(self, page: Page) -> None:
        for index in range(self.counts.get(page.id, 1)):
            items = self.before.get(page.id, ()) if page.repeat else (self.before,)
            item = items[index] if index < len(items) else {}
            name = f"{page.id}-{index}-" if page.repeat else ""
            for question in self.shown(page):
                if question.is_answerable:
                    line = self._condition(question)
                    field = AnswerField(question, item.get(question.id), self.language, line, self.kept_files)
                    self.fields[f"{name}{question.id}"] = field

    def _condition(self, question: Question) -> str:
        if question.show_if is None or not self.depends_on_this_form(question):
            return ""
        return answer_only_if(self.definition, question.show_if, self.language)

    def _typed(self, page: Page, name: str) -> dict[str, Any]:
        return {
            question_id: self.cleaned_data.get(f"{name}{question_id}")
            for question_id in page.answerable
            if f"{name}{question_id}" in self.fields
        }

    def _typed_items(self, page: Page) -> list[dict[str, Any]]:
        return [self._typed(page, f"{page.id}-{index}-") for index in range(self.counts[page.id])]

    def _kept(self, given: Answers) -> dict[str, Any]:
        """The draft with this page in it. An answer that is hidden for now is kept, if it is a good one."""
        kept = dict(self.before)
        for page in self.pages:
            if page.repeat:
                kept.pop(page.id, None)
                items = [good for item in given[page.id] if (good := self._good(page, item))]
                kept |= {page.id: items} if items else {}
            else:
                typed = {
                    name: value for name, value in given.items() if name in page.answerable and name in self.fields
                }
                kept = {name: value for name, value in kept.items() if name not in typed} | self._good(page, typed)
        return kept

    def _good(self, page: Page, typed: Answers) -> dict[str, Any]:
        found = {}
        for question_id, value in typed.items():
            try:
                found[question_id] = normalized(page.answerable[question_id], value, self.context)
            except Wrong:
                continue
        return {question_id: value for question_id, value in found.items() if value is not None}


def _lists(data: Mapping[str, Any]) -> MultiValueDict[str, Any]:
    """Posted data, or a plain dictionary, in one shape that can be rearranged."""
    if isinstance(data, MultiValueDict):
        return MultiValueDict({name: list(values) for name, values in data.lists()})
    return MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in data.items()})


def _count(text: Any) -> int:
    return int(text) if isinstance(text, str) and len(text) <= 3 and text.isdecimal() else 0


def _without_item(data: MultiValueDict[str, Any], name: str, gone: int, count: int) -> MultiValueDict[str, Any]:
    """What was typed, with one item of a list taken out and the later ones moved up."""
    prefixes = {f"{name}-{index}-": index for index in range(count)}
    moved: MultiValueDict[str, Any] = MultiValueDict()
    for key, values in data.lists():
        prefix = next((prefix for prefix in prefixes if key.startswith(prefix)), None)
        index = prefixes[prefix] if prefix else -1
        if prefix is None or index < gone:
            moved.setlist(key, values)
        elif index > gone:
            moved.setlist(f"{name}-{index - 1}-{key.removeprefix(prefix)}", values)
    return moved
