"""Text in the municipality's two languages.

Catalogue text is one JSON field holding `{"en": "…", "fr": "…"}`. A language
that is missing falls back to the other one, and the page marks the text with
its true `lang` so that a screen reader pronounces it rightly.
"""

import unicodedata
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LANGUAGES = ("en", "fr")


def folded(text: str) -> str:
    """Text as it is sorted and compared: no accents, no case, single spaces."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


class Wording(NamedTuple):
    """A text in the language it was found in."""

    text: str
    lang: str


class Localized(dict[str, str]):
    """A text in English and French; `str()` gives it in the language of the moment."""

    def wording(self, lang: str | None = None) -> Wording:
        """The text in `lang` (default: the active language), or in the other language when it is missing."""
        wanted = (lang or get_language() or "en")[:2]
        for code in (wanted, *LANGUAGES):
            if self.get(code):
                return Wording(self[code], code)
        return Wording("", wanted)

    def __str__(self) -> str:
        return self.wording().text

    def __bool__(self) -> bool:
        return any(self.values())

    def __html__(self) -> SafeString:
        """The escaped text, wrapped in its `lang` when that is not the page's language."""
        text, lang = self.wording()
        if text and lang != (get_language() or "en")[:2]:
            return format_html('<span lang="{}">{}</span>', lang, text)
        return format_html("{}", text)


class LocalizedField(models.JSONField):
    """Stores a `Localized`; `blank=False` demands English or French, not both."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Localized)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """A `Localized` from what the database holds."""
        loaded = super().from_db_value(value, expression, connection)
        return Localized(loaded) if isinstance(loaded, dict) else loaded

    def to_python(self, value: Any) -> Any:
        """A `Localized` from a plain mapping."""
        return Localized(value) if isinstance(value, dict) else value

    def get_prep_value(self, value: Any) -> Any:
        """A plain mapping for the database."""
        return dict(value) if isinstance(value, dict) else value

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Only the two languages."""
        super().validate(value, model_instance)
        if value and set(value) - set(LANGUAGES):
            raise ValidationError(_("Text can be given in en and fr only."))
