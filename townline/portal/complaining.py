"""The way through a formal complaint: what about, what happened, what you want, evidence, about you, check.

What is written, and each file, is sealed at once, before the next page is shown.
"""

import secrets
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.http import Http404
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from townline.complaints.evidence import taken_in
from townline.complaints.filing import (
    begin_draft,
    files_of,
    keep_files,
    keep_typed,
    must_be_named,
    remove_file,
    typed_in,
)
from townline.complaints.models import ComplaintDraft
from townline.complaints.models.attaching import MOST_FILES
from townline.portal.complaint_forms import AboutForm, EvidenceForm, WhatForm, WishForm, YouForm
from townline.ui.moments import day

ABOUT, WHAT, WISH, EVIDENCE, YOU, CHECK = "about", "what", "wish", "evidence", "you", "check"
STEPS = (ABOUT, WHAT, WISH, EVIDENCE, YOU, CHECK)


@dataclass
class Complaining:
    """One draft of a complaint on its way."""

    draft: ComplaintDraft

    @classmethod
    def begin(cls, session: MutableMapping[str, Any], language: str) -> "Complaining":
        """A new draft of this browser."""
        return cls(begin_draft(session.setdefault("drafter", secrets.token_urlsafe(24)), language))

    @classmethod
    def resume(cls, session: MutableMapping[str, Any], token: str) -> "Complaining":
        """The draft that this browser began; for every other there is none."""
        drafts = ComplaintDraft.objects.select_related("safe", "complaint__case")
        found = drafts.filter(token=token, session_key=session.get("drafter") or "-").first()
        if found is None:
            raise Http404
        return cls(found)

    @cached_property
    def typed(self) -> dict[str, Any]:
        """What was written so far."""
        return {} if self.draft.complaint_id else typed_in(self.draft)

    @property
    def must_be_named(self) -> bool:
        """Does the procedure refuse anonymous complaints?"""
        return must_be_named()

    @property
    def unfinished(self) -> str | None:
        """The first step that still misses something; nobody has to give evidence."""
        return next((step for step in STEPS[:-1] if step not in self.draft.done and step != EVIDENCE), None)

    def after(self, step: str) -> str:
        """Where to go on: the next step, or the check when nothing else is missing."""
        is_first_time = step == WISH and EVIDENCE not in self.draft.done
        return EVIDENCE if is_first_time else self.unfinished or CHECK

    @cached_property
    def files(self) -> list[dict[str, Any]]:
        """The files that lie with the draft: name, title, kind and size."""
        return files_of(self.draft)

    def take_in(self, request: Any) -> list[str]:
        """Seal the files that came with the page; the sentences for those that were refused."""
        good, refused = taken_in(request, MOST_FILES - len(self.files))
        if good:
            keep_files(self.draft, good)
            self._read_anew()
        return refused

    def remove(self, name: str) -> None:
        """Take out a file again."""
        remove_file(self.draft, name)
        self._read_anew()

    def _read_anew(self) -> None:
        for known in ("typed", "files"):
            self.__dict__.pop(known, None)

    def before(self, step: str) -> str | None:
        """The step that came before."""
        at = STEPS.index(step)
        return STEPS[at - 1] if at else None

    def url(self, step: str) -> str:
        """The address of a step."""
        return reverse("portal:complain", args=[self.draft.token, step])

    def names(self) -> list[str]:
        """The names of the steps in the progress line."""
        return [
            _("About what"), _("What happened"), _("What you want"), _("Evidence"), _("About you"), _("Check and send"),
        ]  # fmt: skip

    def form(self, step: str, data: Any = None) -> forms.Form:
        """The form of a step, filled with what was written."""
        typed = {**self.typed}
        if typed.get("when_on"):
            typed["when_on"] = date.fromisoformat(typed["when_on"])
        if step == YOU:
            return YouForm(data, initial=typed, must_be_named=self.must_be_named)
        kinds: dict[str, type[forms.Form]] = {
            ABOUT: AboutForm, WHAT: WhatForm, WISH: WishForm, EVIDENCE: EvidenceForm,
        }  # fmt: skip
        return kinds[step](data, initial=typed)

    def keep(self, step: str, cleaned: dict[str, Any]) -> None:
        """Seal what was written at a step."""
        typed = dict(cleaned)
        if typed.get("when_on"):
            typed["when_on"] = typed["when_on"].isoformat()
            typed["when"] = f"{day(cleaned['when_on'])}, {cleaned['when_time']}"
        keep_typed(self.draft, typed, step)
        self._read_anew()

    def rows(self) -> list[tuple[str, list[tuple[Any, str]]]]:
        """Everything that was written, by step, to be checked."""
        return [(step, self._files_in_words() if step == EVIDENCE else _rows(self.form(step))) for step in STEPS[:-1]]

    def _files_in_words(self) -> list[tuple[Any, str]]:
        given = [f"{one['title']} ({filesizeformat(one['size'])})" for one in self.files]
        return [(_("Photos and documents"), "\n".join(given) or _("None"))]


def _rows(form: forms.Form) -> list[tuple[Any, str]]:
    found = []
    for name, field in form.fields.items():
        value = form.initial.get(name)
        if not value:
            continue
        choices = dict(getattr(field, "choices", ()))
        if isinstance(value, list | tuple):
            text = ", ".join(str(choices.get(one, one)) for one in value)
        elif isinstance(value, date):
            text = day(value)
        elif value is True:
            text = _("Yes")
        else:
            text = str(choices.get(value, value))
        found.append((field.label, text))
    return found
