"""A draft of a service's questions, changed row by row and published whole; and sample answers kept as tests."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from townline.catalogue.models import Service
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.packs.form_definitions import canonical, read_definition
from townline.questions.definition import Definition
from townline.timeline.models import Recorded

Written = dict[str, Any]
MOST_PAGES, MOST_QUESTIONS = 50, 50


class FormDraft(Recorded):
    """The next version of a service's questions while it is being written; one at a time for each service.

    `definition` is a form definition without its version. What is in force, the
    drafts of customers and the cases that were asked with it stay as they are.
    """

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="form_draft")
    definition = models.JSONField()
    based_on = models.PositiveIntegerField(help_text="The version in force when it was begun; 0 for none.")
    changes = models.PositiveIntegerField(default=0)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.service_id}"

    @property
    def parsed(self) -> Definition:
        """The definition as it would be published."""
        return read_definition(self.service.code, self.definition)

    @cached_property
    def in_force(self) -> Definition | None:
        """What is asked now, if anything is."""
        return self.service.questions.parsed if self.service.questions else None

    @verb
    def retitle(self, *, by: Any, seen: int, title: Written) -> None:
        """Give the whole form another title."""
        self._must_be_as_seen(seen)
        self._keep({**self.definition, "title": title}, by)
        self.record("retitled", by=by)

    @verb
    def add_page(self, *, by: Any, seen: int, page: Written) -> None:
        """A page at the end."""
        self._must_be_as_seen(seen)
        if len(self.pages) >= MOST_PAGES:
            raise NotPossible(_("A form has %(count)s pages at most.") % {"count": MOST_PAGES})
        self._keep_pages([*self.pages, {"questions": [], **page}], by)
        self.record("page_added", by=by, page=page["id"])

    @verb
    def change_page(self, *, by: Any, seen: int, page_id: str, page: Written) -> None:
        """Another title or condition of a page; its questions stay."""
        self._must_be_as_seen(seen)
        at = self._page_at(page_id)
        kept: Written = {name: self.pages[at][name] for name in ("id", "questions", "repeat") if name in self.pages[at]}
        self._keep_pages(_put(self.pages, at, {**kept, **page}), by)
        self.record("page_changed", by=by, page=page_id)

    @verb
    def move_page(self, *, by: Any, seen: int, page_id: str, up: bool) -> None:
        """One place up or down."""
        self._must_be_as_seen(seen)
        self._keep_pages(_moved(self.pages, self._page_at(page_id), up), by)
        self.record("page_moved", by=by, page=page_id)

    @verb
    def remove_page(self, *, by: Any, seen: int, page_id: str) -> None:
        """Take a page out, with its questions."""
        self._must_be_as_seen(seen)
        at = self._page_at(page_id)
        gone = [page_id, *(question["id"] for question in self.pages[at]["questions"])]
        self._keep_pages([page for page in self.pages if page["id"] != page_id], by, gone)
        self.record("page_removed", by=by, page=page_id)

    @verb
    def add(self, *, by: Any, seen: int, page_id: str, question: Written) -> None:
        """A question at the end of a page."""
        self._must_be_as_seen(seen)
        at = self._page_at(page_id)
        questions = self.pages[at]["questions"]
        if len(questions) >= MOST_QUESTIONS:
            raise NotPossible(_("A page has %(count)s questions at most.") % {"count": MOST_QUESTIONS})
        self._keep_pages(_put(self.pages, at, {**self.pages[at], "questions": [*questions, question]}), by)
        self.record("question_added", by=by, question=question["id"])

    @verb
    def change(self, *, by: Any, seen: int, question_id: str, question: Written, page_id: str = "") -> None:
        """Another text, kind, limit or condition; on another page it stands at the end."""
        self._must_be_as_seen(seen)
        at, index = self._question_at(question_id)
        questions = _put(self.pages[at]["questions"], index, question)
        pages = _put(self.pages, at, {**self.pages[at], "questions": questions})
        if page_id and page_id != self.pages[at]["id"]:
            to = self._page_at(page_id)
            left = [one for one in questions if one is not question]
            pages = _put(pages, at, {**pages[at], "questions": left})
            pages = _put(pages, to, {**pages[to], "questions": [*pages[to]["questions"], question]})
        gone = [question_id] if question["id"] != question_id else []
        self._keep_pages(pages, by, gone)
        self.record("question_changed", by=by, question=question["id"])

    @verb
    def move(self, *, by: Any, seen: int, question_id: str, up: bool) -> None:
        """One place up or down; over the edge of a page, to the page before or after it."""
        self._must_be_as_seen(seen)
        at, index = self._question_at(question_id)
        questions = self.pages[at]["questions"]
        if 0 <= index + (-1 if up else 1) < len(questions):
            pages = _put(self.pages, at, {**self.pages[at], "questions": _moved(questions, index, up)})
        else:
            pages = self._over_the_edge(at, index, up)
        self._keep_pages(pages, by)
        self.record("question_moved", by=by, question=question_id)

    @verb
    def remove(self, *, by: Any, seen: int, question_id: str) -> None:
        """Take a question out; the answers given to it stay where they are."""
        self._must_be_as_seen(seen)
        at, index = self._question_at(question_id)
        left = [one for place, one in enumerate(self.pages[at]["questions"]) if place != index]
        self._keep_pages(_put(self.pages, at, {**self.pages[at], "questions": left}), by, [question_id])
        self.record("question_removed", by=by, question=question_id)

    @verb
    def publish(self, *, by: Any, version: int) -> None:
        """It is in force as this version; the draft is over. What must be true, `publishing.py` looks after."""
        type(self)._base_manager.filter(pk=self.pk).delete()
        self.record("published", by=by, version=version, service=self.service_id)

    @verb
    def discard(self, *, by: Any, seen: int) -> None:
        """Throw the draft away; what is in force stays."""
        self._must_be_as_seen(seen)
        type(self)._base_manager.filter(pk=self.pk).delete()
        self.record("discarded", by=by, service=self.service_id)

    @property
    def pages(self) -> list[Written]:
        """The pages as they are written."""
        found: list[Written] = self.definition["pages"]
        return found

    @property
    def names(self) -> set[str]:
        """Every id that is used here, or was used before."""
        used = {page["id"] for page in self.pages} | set(self.definition.get("retired", ()))
        return used | {question["id"] for page in self.pages for question in page["questions"]}

    def is_as_seen(self, seen: int) -> bool:
        """Has nobody changed it since?"""
        return seen == self.changes

    def _must_be_as_seen(self, seen: int) -> None:
        """Of two who edit at once, the second is told who was first."""
        if not self.is_as_seen(seen):
            raise NotPossible(
                _("%(name)s has changed the questions since you opened the page. Look at them as they are now.")
                % {"name": self.changed_by}
            )

    def _page_at(self, page_id: str) -> int:
        for at, page in enumerate(self.pages):
            if page["id"] == page_id:
                return at
        raise NotPossible(_("There is no such page in this draft any more."))

    def _question_at(self, question_id: str) -> tuple[int, int]:
        for at, page in enumerate(self.pages):
            for index, question in enumerate(page["questions"]):
                if question["id"] == question_id:
                    return at, index
        raise NotPossible(_("There is no such question in this draft any more."))

    def _over_the_edge(self, at: int, index: int, up: bool) -> list[Written]:
        to = at - 1 if up else at + 1
        if not 0 <= to < len(self.pages):
            raise NotPossible(_("The question is at the end of the form already."))
        question = self.pages[at]["questions"][index]
        left = [one for one in self.pages[at]["questions"] if one is not question]
        there = self.pages[to]["questions"]
        pages = _put(self.pages, at, {**self.pages[at], "questions": left})
        return _put(pages, to, {**self.pages[to], "questions": [*there, question] if up else [question, *there]})

    def _keep_pages(self, pages: list[Written], by: Any, gone: list[str] | None = None) -> None:
        """Ids that were asked under in the version in force are never used again."""
        retired = list(self.definition.get("retired", ()))
        retired += [one for one in gone or [] if self.in_force and self._was_asked(one) and one not in retired]
        self._keep({**self.definition, "pages": pages, **({"retired": retired} if retired else {})}, by)

    def _was_asked(self, name: str) -> bool:
        assert self.in_force
        return self.in_force.question(name) is not None or self.in_force.page(name) is not None

    def _keep(self, definition: Written, by: Any) -> None:
        self.definition = canonical(read_definition(self.service.code, definition))
        self.changes += 1
        self.changed_by = by
        self.save()


class Sample(Recorded):
    """Answers as somebody might give them, and what must come of them; every sample must hold before publishing.

    `expects` holds what was asked, what was wrong and where the form ended:
    ids only. The day is kept, so that a rule about today says the same later.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="samples")
    name = models.CharField(max_length=80)
    by_staff = models.BooleanField(default=False)
    on = models.DateField(default=timezone.localdate)
    answers = models.JSONField(default=dict)
    expects = models.JSONField(default=dict)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @verb
    def accept(self, *, by: Any, expects: Written) -> None:
        """What comes of it now is right: this is expected from now on."""
        self.expects = expects
        self.kept_by = by
        self.save()
        self.record("accepted", by=by, service=self.service_id)

    @verb
    def drop(self, *, by: Any) -> None:
        """Keep it no longer."""
        type(self)._base_manager.filter(pk=self.pk).delete()
        self.record("dropped", by=by, service=self.service_id)


def _put(rows: list[Written], at: int, row: Written) -> list[Written]:
    return [*rows[:at], row, *rows[at + 1 :]]


def _moved(rows: list[Written], at: int, up: bool) -> list[Written]:
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        raise NotPossible(_("It is at the end already."))
    found = list(rows)
    found[at], found[to] = found[to], found[at]
    return found
