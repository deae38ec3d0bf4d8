"""One question as a field of a Django form: its control, and an answer as it would be typed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from townline.core.localized import Localized
from townline.documents.forms import FilesInput
from townline.questions.clean import limits
from townline.questions.definition import Kind, Question
from townline.ui.forms import DateParts

MANY = 15
"""More choices than these are a list that opens, not radio buttons."""

Html = str | SafeString


class PlaceInput(forms.TextInput):
    """An address or a description; a map may fill in the point, and without one the words are enough."""

    template_name = "questions/place.html"

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        """Adds the three parts of a place."""
        place = value if isinstance(value, dict) else {"text": value}
        context: dict[str, Any] = super().get_context(name, place.get("text") or "", dict(attrs or {}))
        shown = {part: "" if place.get(part) is None else str(place[part]) for part in ("text", "lat", "long")}
        context["widget"]["place"] = shown
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, Any]:
        """The three parts as they came."""
        return {"text": data.get(name), "lat": data.get(f"{name}_lat"), "long": data.get(f"{name}_long")}


class FilesAnswer(FilesInput):
    """The files that were brought so far, each with a description and a way to remove it, and room for more.

    The answer is the keys of those files: the door that serves the page brings
    new ones, and puts their keys among them.
    """

    template_name = "questions/files.html"

    def __init__(self, files: Mapping[str, Any]) -> None:
        super().__init__()
        self.files = files

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        """Adds what is shown of each file."""
        context = super().get_context(name, None, attrs)
        keys = value if isinstance(value, list) else []
        context["widget"]["kept"] = [(key, self.files[key]) for key in keys if key in self.files]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The keys."""
        return data.getlist(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """No key is an answer too."""
        return False


class AnswerField(forms.Field):
    """Collects what was typed, as it was typed; `resolve` judges it."""

    def __init__(
        self, question: Question, value: Any, language: str, line: str = "", files: Mapping[str, Any] | None = None
    ) -> None:
        self.question = question
        super().__init__(
            required=question.required,
            label=marked(question.label, language),
            help_text=_help(question, language, line),
            initial=written(question, value),
            widget=FilesAnswer(files or {}) if question.kind == Kind.FILE else _widget(question, language),
        )

    def clean(self, value: Any) -> Any:
        """The text itself."""
        return value


def marked(text: Localized, language: str) -> Html:
    """The text in `language`, marked with its language when that is not the page's."""
    found, lang = text.wording(language)
    return in_language(found, lang)


def in_language(text: str | Promise, lang: str) -> Html:
    """A text of the page, marked when it is not in the page's language."""
    if text and lang != (get_language() or "en")[:2]:
        return format_html('<span lang="{}">{}</span>', lang, text)
    return str(text)


def _help(question: Question, language: str, line: str) -> Html:
    """When to answer, what is meant, and the limits, one sentence after the other."""
    with override(language):
        limit = limits(question)
    hint = marked(question.hint, language) if question.hint else ""
    parts = [part for part in (in_language(line, language), hint, in_language(limit, language)) if part]
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _widget(question: Question, language: str) -> forms.Widget:
    match question.kind:
        case Kind.PARAGRAPH:
            return forms.Textarea()
        case Kind.NUMBER | Kind.MONEY:
            return forms.TextInput(attrs={"inputmode": "decimal", "spellcheck": "false"})
        case Kind.DATE:
            return DateParts()
        case Kind.ONE_CHOICE if len(question.options) > MANY:
            return forms.Select(choices=[("", ""), *_choices(question, language)])
        case Kind.ONE_CHOICE | Kind.YES_NO:
            return forms.RadioSelect(choices=_choices(question, language))
        case Kind.MANY_CHOICES:
            return forms.CheckboxSelectMultiple(choices=_choices(question, language))
        case Kind.PLACE:
            return PlaceInput()
        case Kind.EMAIL:
            return forms.EmailInput(attrs={"spellcheck": "false"})
        case Kind.PHONE:
            return forms.TextInput(attrs={"type": "tel"})
    return forms.TextInput()


def _choices(question: Question, language: str) -> list[tuple[str, Html]]:
    if question.kind == Kind.YES_NO:
        with override(language):
            said = [("yes", _("Yes")), ("no", _("No"))]
        return [(code, in_language(label, language)) for code, label in said]
    return [(option.code, marked(option.label, language)) for option in question.options]


def written(question: Question, value: Any) -> Any:
    """A kept answer as a person would type it in the language of the page."""
    if question.kind not in (Kind.NUMBER, Kind.MONEY) or not isinstance(value, int | float):
        return value
    text = f"{int(value) // 100}.{int(value) % 100:02}" if question.kind == Kind.MONEY else _plain(value)
    return text.replace(".", ",") if (get_language() or "en").startswith("fr") else text


def _plain(value: int | float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.6f}".rstrip("0").rstrip(".")
