"""The way through a request: where, the service's questions, about you, check.

Which steps there are follows from the service and from what was answered so
far; nothing of it is stored but the answers themselves.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.intake import Contact, Matter, Place
from townline.cases.models import Draft
from townline.cases.near import Nearby, heard_of
from townline.catalogue.models import Door, Service
from townline.core.refusals import NotPossible
from townline.questions.definition import Page
from townline.questions.resolve import Resolved, resolve
from townline.questions.terms import Context, Scalar

WHERE, NEAR, YOU, CHECK = "where", "near", "you", "check"
QUESTIONS = "q-"


@dataclass
class Asking:
    """One draft on its way, with its steps, for somebody in the language they read now."""

    draft: Draft
    user: Any
    language: str

    @property
    def service(self) -> Service:
        """What is asked for."""
        assert self.draft.service is not None
        return self.draft.service

    @property
    def is_open(self) -> bool:
        """Can this still be asked for here? A service may have been closed, or moved to the staff door, since then."""
        return self.service.is_open and self.service.is_public and self.service.door != Door.STAFF

    @property
    def needs_sign_in(self) -> bool:
        """Must they sign in before it can be sent?"""
        return self.service.account == Service.Account.REQUIRED and not self.user.is_authenticated

    @cached_property
    def definition(self) -> Any:
        """The questions the draft was begun with; a newer version does not change them."""
        return self.draft.form_version.parsed if self.draft.form_version else None

    @cached_property
    def context(self) -> Context:
        """What rules may know besides the answers."""
        about: dict[str, Scalar] = {
            "channel": self.draft.channel,
            "language": self.language,
            "is_signed_in": bool(self.user.is_authenticated),
        }
        return Context(today=timezone.localdate(), values=about)

    @cached_property
    def resolved(self) -> Resolved | None:
        """The answers so far, judged."""
        return resolve(self.definition, self.draft.answers, self.context) if self.definition else None

    @cached_property
    def nearby(self) -> list[Nearby]:
        """What others have told us of close by, where the service lets it be heard."""
        return heard_of(self.service, Place(**self.draft.place)) if self.draft.place else []

    @property
    def steps(self) -> list[str]:
        """The steps of this request, as the answers so far make them."""
        where = [WHERE] if self.service.needs_place else []
        where += [NEAR] if where and (NEAR in self.draft.done or self.nearby) else []
        pages = [f"{QUESTIONS}{page}" for page in self.resolved.page_ids] if self.resolved else []
        you = [YOU] if self.service.contact != Service.Contact.NONE else []
        return [*where, *pages, *you, CHECK]

    def before(self, step: str) -> str | None:
        """The step that came before; None at the first."""
        steps = self.steps
        return steps[steps.index(step) - 1] if step in steps and steps.index(step) else None

    def after(self, step: str) -> str:
        """Where to go on: the step that follows, or the check when nothing else is missing."""
        fresh = Asking(self.draft, self.user, self.language)
        if fresh.unfinished is None:
            return CHECK
        steps = fresh.steps
        return steps[min(steps.index(step) + 1, len(steps) - 1)] if step in steps else steps[0]

    @property
    def unfinished(self) -> str | None:
        """The first step that still misses something; None when it can be sent."""
        if self.resolved and self.resolved.stop:
            return f"{QUESTIONS}{self.resolved.stop.page_id}"
        wrong = self.resolved.unfinished_page if self.resolved else None
        for step in self.steps[:-1]:
            if step not in self.draft.done or step == f"{QUESTIONS}{wrong}":
                return step
        return None

    def page(self, step: str) -> Page:
        """The page of questions that a step asks."""
        found: Page = self.definition.page(step.removeprefix(QUESTIONS))
        return found

    def url(self, step: str) -> str:
        """The address of a step."""
        return reverse("portal:ask", args=[self.draft.token, step])

    def name(self, step: str) -> str:
        """What a step is called in the progress line."""
        if step.startswith(QUESTIONS):
            return _("Questions")
        return {WHERE: _("Where"), NEAR: _("Where"), YOU: _("About you"), CHECK: _("Check and send")}[step]

    def stages(self, step: str) -> tuple[list[str], int]:
        """The names of the stages, pages of questions counted as one, and where this step stands (from 1)."""
        names = list(dict.fromkeys(self.name(one) for one in self.steps))
        return names, names.index(self.name(step)) + 1

    def keep(self, part: str, value: Any, step: str, among: Collection[str] | None = None) -> None:
        """Keep what was typed at a step; whoever has signed in meanwhile finds it in their account."""
        self.draft.language = self.language
        if self.draft.user_id is None and self.user.is_authenticated and self.user.is_customer:
            self.draft.user = self.user
        self.draft.keep(part, value, step, among=among, again=NEAR if step == WHERE else "")

    def matter(self) -> Matter:
        """What is to be taken in: only the answers that count."""
        if self.resolved and not self.resolved.is_complete:
            raise NotPossible(_("Some of the answers do not fit this form any more. Please start again, or call us."))
        return Matter(
            service=self.service,
            language=self.language,
            answers=self.resolved.answers if self.resolved else {},
            form_version=self.draft.form_version,
            place=Place(**self.draft.place) if self.draft.place else Place(),
        )

    def contact(self) -> Contact | None:
        """Who the customer said they are, if anybody."""
        return Contact(**self.draft.contact) if self.draft.contact else None
