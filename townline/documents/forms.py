"""Shape of a form to which files may be added."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _l

from townline.documents.bringing import Brought
from townline.documents.models import LONGEST_DESCRIPTION
from townline.documents.reading import limits_in_words

ACCEPT = "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf"
LIMITS: Any = lazy(limits_in_words, str)()


class FilesInput(forms.FileInput):
    """Several files at once; with `camera`, a phone opens its camera."""

    allow_multiple_selected = True

    def __init__(self, camera: bool = False) -> None:
        super().__init__({"accept": "image/*", "capture": "environment"} if camera else {"accept": ACCEPT})

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        """Files cannot be written into a page again; those that were good are held beside it."""
        context: dict[str, Any] = super().get_context(name, None, {**(attrs or {}), "multiple": True})
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> None:
        """`Brought` has them."""


def files_field(label: Any) -> forms.Field:
    """A field for several files that says the limits beforehand."""
    return forms.Field(label=label, required=False, help_text=LIMITS, widget=FilesInput())


class FilesForm(forms.Form):
    """Files, with a sentence for each that is refused; everything else that was typed stays."""

    def __init__(self, *args: Any, brought: Brought | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brought = brought

    @property
    def held(self) -> list[Any]:
        """The good files that came with this form before."""
        return self.brought.attachments if self.brought else []

    def clean(self) -> dict[str, Any]:
        """Each file that was refused, at the field for files."""
        cleaned = super().clean() or {}
        for sentence in self.brought.sentences if self.brought else []:
            self.add_error("add_files", sentence)
        return cleaned


class AttachForm(FilesForm):
    """Photos and documents by themselves."""

    add_files = files_field(_l("Photos and documents"))
    photo = forms.Field(
        label=_l("Or take a photo"),
        required=False,
        help_text=_l("On a phone, this opens the camera."),
        widget=FilesInput(camera=True),
    )
    description = forms.CharField(
        label=_l("What do they show?"),
        required=False,
        max_length=LONGEST_DESCRIPTION,
        help_text=_l("In a few words, for whoever cannot see them."),
    )

    def clean(self) -> dict[str, Any]:
        """At least one."""
        cleaned = super().clean()
        if not self.held and "add_files" not in self.errors:
            self.add_error("add_files", _l("Choose at least one file."))
        return cleaned
