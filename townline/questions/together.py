"""The questions of a service beside another form, as one form on one page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from townline.questions.forms import QuestionsForm


class Together:
    """Two forms on one page, so that all their mistakes are listed as one."""

    def __init__(self, *together: Any) -> None:
        self.forms = [form for form in together if form is not None]

    def is_multipart(self) -> bool:
        """Does one of them take files?"""
        return any(form.is_multipart() for form in self.forms)

    @property
    def errors(self) -> dict[tuple[int, str], Any]:
        """Every error, by form and field; that of a service's question with the question in it."""
        return {
            (at, name): [_beside_its_question(form, name, sentence) for sentence in found]
            for at, form in enumerate(self.forms)
            for name, found in form.errors.items()
        }

    @property
    def fields(self) -> Mapping[tuple[int, str], Any]:
        """Every field, by form and name."""
        return {(at, name): field for at, form in enumerate(self.forms) for name, field in form.fields.items()}

    def __getitem__(self, key: tuple[int, str]) -> BoundField:
        at, name = key
        found: BoundField = self.forms[at][name]
        return found

    def __iter__(self) -> Iterator[Any]:
        return iter(self.forms)


def _beside_its_question(form: Any, name: str, sentence: str) -> SafeString | str:
    if not isinstance(form, QuestionsForm) or name not in form.fields:
        return sentence
    return format_html("{} – {}", form[name].label, sentence)
