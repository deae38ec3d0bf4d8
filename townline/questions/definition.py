"""The Townline form definition, version 1: one JSON document that asks people questions.

These models are the source of its JSON Schema. They hold shape only: what a
definition must also be to be published is in `lint.py`.
"""

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    Strict,
    StringConstraints,
    WithJsonSchema,
)

from townline.core.localized import LANGUAGES, Localized
from townline.questions.rules import Rule
from townline.questions.terms import Id, Term, wrong

LONGEST_TEXT = 5_000


class Kind(models.TextChoices):
    """The kinds of question. `information` is text to read and has no answer."""

    SHORT_TEXT = "short_text", _l("Short text")
    PARAGRAPH = "paragraph", _l("Paragraph")
    NUMBER = "number", _l("Number")
    MONEY = "money", _l("Amount of money")
    DATE = "date", _l("Date")
    ONE_CHOICE = "one_choice", _l("One choice")
    MANY_CHOICES = "many_choices", _l("Many choices")
    YES_NO = "yes_no", _l("Yes or no")
    FILE = "file", _l("File")
    PLACE = "place", _l("Place")
    EMAIL = "email", _l("E-mail address")
    PHONE = "phone", _l("Phone number")
    INFORMATION = "information", _l("Text to read")


TEXTS = frozenset({Kind.SHORT_TEXT, Kind.PARAGRAPH})
TYPED = TEXTS | {Kind.PLACE, Kind.EMAIL, Kind.PHONE}
NUMBERS = frozenset({Kind.NUMBER, Kind.MONEY})
CHOICES = frozenset({Kind.ONE_CHOICE, Kind.MANY_CHOICES})
WITHOUT_ANSWER = frozenset({Kind.INFORMATION})
COUNTED = NUMBERS | {Kind.FILE}
"""Kinds with a most: of files, how many."""

FILES, MOST_FILES = 5, 10
"""How many files a question takes when it says nothing, and the most it may say."""

LENGTHS = {Kind.SHORT_TEXT: 200, Kind.PARAGRAPH: 2_000, Kind.EMAIL: 254, Kind.PHONE: 40, Kind.PLACE: 300}
LONGEST_ANSWER = 10_000


class Purpose(StrEnum):
    """What a form is for."""

    INTAKE = "intake"
    SURVEY = "survey"
    QUIZ = "quiz"
    CHECKLIST = "checklist"


def _text(value: Any) -> Any:
    right = _("Write “{en: …, fr: …}”.")
    if not isinstance(value, dict):
        raise wrong(_("Text is given in English and French."), right)
    for language, said in value.items():
        if language not in LANGUAGES:
            what = _("“%(language)s” is not a language of this form.") % {"language": language}
            raise wrong(what, _("Write “{en: …, fr: …}”. Put text with a comma in quotes."))
        if not isinstance(said, str):
            right = _("Put it in quotes if it looks like a number, a date or yes and no.")
            raise wrong(_("“%(value)s” is not text.") % {"value": said}, right)
        if len(said) > LONGEST_TEXT:
            what = _("The text has %(count)s characters.") % {"count": len(said)}
            raise wrong(what, _("Shorten it to %(most)s or fewer.") % {"most": LONGEST_TEXT})
        if "\0" in said:
            raise wrong(_("The text holds a NUL character."), _("Take it out."))
    return Localized(value)


TEXT_SCHEMA = {
    "type": "object",
    "properties": {language: {"type": "string", "maxLength": LONGEST_TEXT} for language in LANGUAGES},
    "additionalProperties": False,
}
Text = Annotated[Localized, BeforeValidator(_text), PlainSerializer(dict), WithJsonSchema(TEXT_SCHEMA)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]
OptionCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$")]
Number = int | float


class Part(BaseModel):
    """A part of a definition: strict, frozen, and nothing unknown in it."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Instead(Part):
    """Another door for whoever is stopped: 9-1-1, a phone number, or another service."""

    emergency: bool = False
    phone: Annotated[str, StringConstraints(pattern=r"^[0-9][0-9 .()-]{2,30}( ext\. [0-9]{1,6})?$")] | None = None
    service: Code | None = None


class Option(Part):
    """One of the choices. With `stop`, choosing it ends the form with that text, and leads to what is `instead`."""

    code: OptionCode
    label: Text
    stop: Text | None = None
    instead: Instead | None = None


class Check(Part):
    """What a good answer must also be; the message says what to do when it is not."""

    rule: Rule
    message: Text


class Question(Part):
    """One thing that is asked. Its id is stable for ever."""

    id: Id
    kind: Annotated[Kind, Strict(False)]
    label: Text
    hint: Text | None = None
    required: bool = False
    options: Annotated[tuple[Option, ...], Strict(False), Field(max_length=300)] = ()
    show_if: Rule | None = None
    checks: Annotated[tuple[Check, ...], Strict(False), Field(max_length=20)] = ()
    min: Number | None = None
    max: Number | None = None
    max_length: Annotated[int, Field(ge=1, le=LONGEST_ANSWER)] | None = None
    past: bool = False
    pii: bool = False
    staff_only: bool = False
    open311: bool = True

    @property
    def is_answerable(self) -> bool:
        """Can there be an answer to it?"""
        return self.kind not in WITHOUT_ANSWER

    @property
    def length(self) -> int:
        """The most characters an answer may have."""
        given = self.max_length if self.kind in TEXTS else None
        return given or LENGTHS.get(self.kind, LONGEST_ANSWER)

    @property
    def most_files(self) -> int:
        """The most files that answer it."""
        return min(int(self.max or FILES), MOST_FILES)

    @cached_property
    def codes(self) -> dict[str, Option]:
        """The options by their code."""
        return {option.code: option for option in self.options}


class Repeat(Part):
    """The page is answered once for each item: a list, one level deep."""

    min: Annotated[int, Field(ge=0, le=50)] = 0
    max: Annotated[int, Field(ge=1, le=50)]
    item: Text


class Page(Part):
    """Questions that are asked together."""

    id: Id
    title: Text
    show_if: Rule | None = None
    repeat: Repeat | None = None
    questions: Annotated[tuple[Question, ...], Strict(False), Field(max_length=50)]

    @cached_property
    def answerable(self) -> dict[str, Question]:
        """Its questions that can have an answer, by id."""
        return {question.id: question for question in self.questions if question.is_answerable}


class Definition(Part):
    """A form. Only looks back: a rule speaks of what was asked earlier, so one pass decides everything."""

    schema_version: Literal[1]
    code: Code
    version: Annotated[int, Field(ge=1)]
    title: Text
    purpose: Annotated[Purpose, Strict(False)] = Purpose.INTAKE
    pages: Annotated[tuple[Page, ...], Strict(False), Field(max_length=50)]
    retired: Annotated[tuple[Id, ...], Strict(False)] = ()
    calculations: dict[Id, Term] = {}

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return {page.id: page for page in self.pages}

    @cached_property
    def _questions(self) -> dict[str, tuple[Page, Question]]:
        return {question.id: (page, question) for page in self.pages for question in page.questions}

    def page(self, page_id: str) -> Page | None:
        """The page of this id."""
        return self._pages.get(page_id)

    def question(self, question_id: str) -> Question | None:
        """The question of this id, on any page."""
        found = self._questions.get(question_id)
        return found[1] if found else None

    def page_of(self, question_id: str) -> Page | None:
        """The page on which a question is asked."""
        found = self._questions.get(question_id)
        return found[0] if found else None

    @cached_property
    def answer_ids(self) -> frozenset[str]:
        """What a set of answers may hold at its top: questions, and the lists of repeated pages."""
        plain = {question_id for page in self.pages if not page.repeat for question_id in page.answerable}
        return frozenset(plain | {page.id for page in self.pages if page.repeat})

    def as_json(self) -> dict[str, Any]:
        """The definition as it is stored: no key that only repeats its default."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a definition, for whoever writes one elsewhere."""
    return Definition.model_json_schema(by_alias=True)
