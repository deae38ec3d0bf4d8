"""A text in English and French, typed side by side."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _l

LANGUAGES = (("en", _l("English")), ("fr", _l("French")))


class BothInput(forms.Widget):
    """Two inputs beside each other, each with its language; with `rows`, for long text."""

    template_name = "ui/both.html"
    use_fieldset = True

    def __init__(self, rows: int = 0) -> None:
        super().__init__()
        self.rows = rows

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        """The error summary leads to the first of the two."""
        return f"{id_}_en" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        """Adds the two parts."""
        context = super().get_context(name, None, dict(attrs or {}))
        given = context["widget"]["attrs"]
        texts = value if isinstance(value, dict) else {}
        context["widget"] |= {
            "rows": self.rows,
            "parts": [
                {
                    "name": f"{name}_{code}",
                    "id": f"{given.get('id', name)}_{code}",
                    "label": label,
                    "lang": code,
                    "value": texts.get(code, ""),
                    "invalid": given.get("aria-invalid"),
                }
                for code, label in LANGUAGES
            ],
        }
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        """Both texts as they came."""
        return {code: str(data.get(f"{name}_{code}") or "") for code, _label in LANGUAGES}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the page did not ask for this text at all."""
        return not any(f"{name}_{code}" in data for code, _label in LANGUAGES)


class Both(forms.Field):
    """A text in both languages: `{"en": …, "fr": …}`, trimmed; empty when neither was written.

    Text for the public is there in both or in none; with `for_staff`, the
    French may be left out.
    """

    default_error_messages = {
        "en": _l("Write it in English."),
        "fr": _l("Write it in French as well: text for the public is in both languages."),
        "long": _l("Shorten it to %(limit)s characters or fewer, in each language."),
    }

    def __init__(self, *, rows: int = 0, longest: int = 0, for_staff: bool = False, **options: Any) -> None:
        self.longest = longest or (5000 if rows else 200)
        self.for_staff = for_staff
        super().__init__(widget=BothInput(rows), **options)

    def clean(self, value: Any) -> dict[str, str]:
        """The two texts without the white space around them."""
        given = value or {}
        found = {code: given.get(code, "").replace("\r\n", "\n").strip() for code, _label in LANGUAGES}
        if not any(found.values()) and not self.required:
            return {}
        for code, text in found.items():
            if not text and not (code == "fr" and self.for_staff):
                raise forms.ValidationError(self.error_messages[code], code=code)
            if len(text) > self.longest:
                raise forms.ValidationError(self.error_messages["long"] % {"limit": self.longest}, code="long")
            if "\0" in text:
                raise forms.ValidationError(self.error_messages["long"] % {"limit": self.longest}, code="long")
        return {code: text for code, text in found.items() if text}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Is there other text than before?"""
        return (initial or {}) != {code: text for code, text in (data or {}).items() if text}
