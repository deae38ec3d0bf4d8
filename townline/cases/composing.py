"""Writing on a case: one page for messages, closing words and notes, on which nothing typed is lost.

Whatever is posted is kept as a draft first, so that a refusal, whatever its
reason, leaves the words on the server. The step that was asked for comes then:
a template is inserted, the preview shown, the draft kept, or the words sent.
"""

from functools import cached_property
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from townline.cases.letters import can_mail, preview
from townline.cases.models import Case, Unsent
from townline.cases.templates_at_hand import Inserted, at_hand, inserted
from townline.cases.timeline import newest_event, said_since
from townline.core.access import may, visible
from townline.documents.bringing import Brought
from townline.documents.models import Attachment
from townline.wording.models import Template
from townline.wording.placeholders import in_braces

STEPS = ("send", "insert", "preview", "keep")
KEPT = ("text", "words", "outcome", "language", "to", "mention")
"""The fields whose content a draft keeps."""


class Kept(NamedTuple):
    """What became of the words that were posted: their draft, and whether another window's stands in the way."""

    draft: Unsent | None
    is_kept: bool


def number(text: str) -> int:
    """A number out of a hidden field; nought for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def keep_typed(request: HttpRequest, reference: str, verb: str) -> Kept:
    """Keep what was posted about a case, before anything is asked that could refuse it."""
    user: Any = request.user
    case = visible(user, Case.objects.filter(reference=reference)).first() if request.method == "POST" else None
    if case is None or not may(user, "note", case):
        return Kept(None, is_kept=True)
    typed = {name: request.POST[name] for name in KEPT if name in request.POST}
    if not any(typed.get(name, "").strip() for name in ("text", "words")):
        typed = {}
    return Kept(*Unsent.keep(case, by=user, verb=verb, typed=typed, seen=number(request.POST.get("revision", ""))))


class Composer:
    """The page of one verb with words in it, and which step of it was asked for."""

    def __init__(
        self, request: HttpRequest, case: Case, verb: str, form_class: Any, kept: Kept, *, takes_files: bool = False
    ) -> None:
        self.request, self.case, self.verb, self.form_class, self.kept = request, case, verb, form_class, kept
        self.user: Any = request.user
        asked = request.POST.get("step", "send")
        self.step = asked if request.method == "POST" and asked in STEPS else "send" if request.POST else ""
        self.inserted: Inserted | None = None
        self.brought = Brought(request, by=self.user, kept=self._files_of_drafts()) if takes_files else None
        if self.step and self.brought:
            self._keep_files(self.brought.attachments)

    @property
    def field(self) -> str:
        """The name of the field with the words."""
        return "words" if self.verb == Unsent.Verb.CLOSE else "text"

    @cached_property
    def form(self) -> Any:
        """Bound when it is to be judged; otherwise filled with what is there."""
        if self.step in ("send", "preview"):
            return self.form_class(self.request.POST, case=self.case, user=self.user, brought=self.brought)
        return self.form_class(initial=self._initial(), case=self.case, user=self.user, brought=self.brought)

    @cached_property
    def newer(self) -> list[dict[str, Any]]:
        """What others have said since the writer began."""
        seen = number(self.request.POST.get("seen", "")) if self.step else 0
        return said_since(self.case, seen, but_by=self.user) if seen else []

    def is_to_be_sent(self) -> bool:
        """Was it asked for, is everything in order, and has nothing newer arrived?"""
        return self.step == "send" and self.form.is_valid() and not self.newer

    def words(self) -> dict[str, Any]:
        """What the verb is given: the words, and the drafts that end with them."""
        hidden = ("seen", "revision", "continues", "began_with", "confirmed", "add_files")
        given = {name: value for name, value in self.form.cleaned_data.items() if name not in hidden}
        template = Template.objects.filter(pk=number(self.form.cleaned_data["began_with"])).first()
        if self.brought is not None:
            given["attachments"] = self.brought.attachments
        return {**given, "template": template, "drafts": self._ended()}

    def answer(self, title: str, button: str) -> HttpResponse:
        """The page, after the step that was asked for."""
        if self.step == "keep" and self.kept.is_kept:
            return self._was_kept()
        form = self.form
        is_previewed = self.step == "preview" and form.is_valid()
        context = {
            "case": self.case,
            "form": self._fresh(form),
            "title": title,
            "button": button,
            "verb": self.verb,
            "can_mail": can_mail(self.case),
            "is_sent": self.verb != Unsent.Verb.NOTE,
            "newer": self.newer,
            "groups": at_hand(self.case, self.user, self.verb),
            "inserted": self.inserted,
            "missing": in_braces(self.inserted.missing) if self.inserted else "",
            "not_found": self.step == "insert" and self.inserted is None,
            "preview": self._preview(form) if is_previewed else None,
            "own": self._own if not self.step else None,
            "other_window": self.kept.draft if not self.kept.is_kept else None,
            "position": self.request.POST.get("position", ""),
        }
        return render(self.request, "cases/compose.html", context)

    # --- What stands in the fields --------------------------------------------------------

    @property
    def _own(self) -> Unsent | None:
        """The draft that this person has here."""
        return self.kept.draft if self.step else self._begun

    @cached_property
    def _begun(self) -> Unsent | None:
        return self.case.unsent.filter(by=self.user, verb=self.verb).first()

    @cached_property
    def _continued(self) -> Unsent | None:
        """A colleague's draft that is to be finished."""
        asked = self.request.POST.get("continues", "") if self.step else self.request.GET.get("draft", "")
        pk = number(asked.partition("_")[0])
        return self.case.unsent.filter(pk=pk, verb=self.verb).exclude(by=self.user).first() if pk else None

    def _initial(self) -> dict[str, Any]:
        if self.step:
            names = (*KEPT, "continues", "began_with", "seen")
            found: dict[str, Any] = {name: self.request.POST.get(name, "") for name in names}
            return self._with_template(found) if self.step == "insert" else found
        found = {"seen": newest_event(self.case), **(self._own.typed if self._own else {})}
        if theirs := self._continued:
            both = [found.get(self.field, ""), theirs.text]
            found = {**theirs.typed, **found, self.field: "\n\n".join(text for text in both if text)}
            found["continues"] = f"{theirs.pk}_{theirs.revision}"
        return found

    def _with_template(self, found: dict[str, Any]) -> dict[str, Any]:
        """The words of the chosen template, where the writer's cursor stood or at the end."""
        language = found["language"] or (get_language() if self.verb == Unsent.Verb.NOTE else self.case.language)
        self.inserted = inserted(self.case, self.user, self.verb, self.request.POST.get("template", ""), language)
        if self.inserted is None:
            return found
        text = found[self.field].replace("\r\n", "\n")
        at = number(self.request.POST.get("position", "")) if self.request.POST.get("position") else len(text)
        before, after = text[:at], text[at:]
        parts = [part for part in (before, self.inserted.text, after) if part.strip()]
        found[self.field] = "\n".join(part.strip("\n") for part in parts)
        found["began_with"] = self.inserted.template.pk
        if "outcome" in self.form_class.base_fields and not found["outcome"]:
            found["outcome"] = self.inserted.template.outcome
        return found

    def _fresh(self, form: Any) -> Any:
        """The form with what has changed since it was posted: what is newest, and which draft is kept."""
        revision = self._own.revision if self._own else 0
        if not form.is_bound:
            form.initial["revision"] = revision
            return form
        form.data = form.data.copy()
        form.data["revision"] = revision
        if self.newer:
            form.data["seen"] = newest_event(self.case)
        return form

    # --- Files ----------------------------------------------------------------------------

    def _files_of_drafts(self) -> list[Attachment]:
        """What lies with the drafts that are written on here."""
        drafts = [draft.pk for draft in (self._own, self._continued) if draft]
        return list(Attachment.objects.filter(enclosure__unsent__in=drafts).order_by("id")) if drafts else []

    def _keep_files(self, files: list[Attachment]) -> None:
        """Let them lie with one's own draft, which they begin where nothing was typed yet."""
        if not self.kept.is_kept or self.case.is_confidential:
            return
        draft = self.kept.draft
        if draft is None and files:
            draft, _is_kept = Unsent.keep(self.case, by=self.user, verb=self.verb, typed={}, seen=0, has_files=True)
            self.kept = Kept(draft, is_kept=True)
        if draft is not None and (files or draft.enclosures.exists()):
            draft.hold(files)

    # --- What a step leads to -------------------------------------------------------------

    def _preview(self, form: Any) -> Any:
        """The mail as it would leave, written by what writes it; None where none is sent."""
        if self.verb == Unsent.Verb.NOTE:
            return None
        given = form.cleaned_data
        return preview(
            self.case,
            text=given[self.field],
            language=given.get("language") or self.case.language,
            to=given.get("to"),
            outcome=given.get("outcome", ""),
            by=self.user,
        )

    def _was_kept(self) -> HttpResponse:
        if self.kept.draft is None:
            messages.info(self.request, _("There was nothing to keep."))
        else:
            messages.success(self.request, _("Your draft is kept with case %(reference)s.") % {"reference": self.case})
        return redirect(self.case)

    def _ended(self) -> list[tuple[int, int]]:
        """The drafts that end when this is sent: one's own, and the colleague's that was finished."""
        own = [(self.kept.draft.pk, self.kept.draft.revision)] if self.kept.draft and self.kept.is_kept else []
        pk, _separator, revision = self.request.POST.get("continues", "").partition("_")
        return [*own, (number(pk), number(revision))]
