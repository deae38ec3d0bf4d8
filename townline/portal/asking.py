"""The way through a request: where, the service's questions, about you, check.

Which steps there are follows from the service and from what was answered so
far; nothing of it is stored but the answers themselves.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.intake import Contact, Matter, Place
from townline.cases.models import Draft
from townline.catalogue.models import Service
from townline.questions.resolve import Resolved, resolve
from townline.questions.terms import Context

WHERE, YOU, CHECK = "where", "you", "check"


@dataclass
class Asking:
    """One draft on its way, with its steps."""

    draft: Draft

    @property
    def service(self) -> Service:
        """What is asked for."""
        assert self.draft.service is not None
        return self.draft.service

    @cached_property
    def definition(self) -> Any:
        """The questions the draft was begun with; a newer version does not change them."""
        return self.draft.form_version.parsed if self.draft.form_version else None

    @cached_property
    def context(self) -> Context:
        """What rules may know besides the answers."""
        return Context(today=timezone.localdate())

    @cached_property
    def resolved(self) -> Resolved | None:
        """The answers so far, judged."""
        return resolve(self.definition, self.draft.answers, self.context) if self.definition else None

    @property
    def steps(self) -> list[str]:
        """The steps of this request, as the answers so far make them."""
        where = [WHERE] if self.service.needs_place else []
        pages = [f"q-{page}" for page in self.resolved.page_ids] if self.resolved else []
        you = [YOU] if self.service.contact != Service.Contact.NONE else []
        return [*where, *pages, *you, CHECK]

    def after(self, step: str) -> str:
        """The step that follows."""
        steps = self.steps
        return steps[min(steps.index(step) + 1, len(steps) - 1)] if step in steps else steps[0]

    def before(self, step: str) -> str | None:
        """The step that came before; None at the first."""
        steps = self.steps
        return steps[steps.index(step) - 1] if step in steps and steps.index(step) else None

    @property
    def unfinished(self) -> str | None:
        """The first step that still misses something; None when it can be sent."""
        if self.resolved and self.resolved.stop:
            return f"q-{self.resolved.stop.page_id}"
        wrong = self.resolved.unfinished_page if self.resolved else None
        for step in self.steps[:-1]:
            if step not in self.draft.done or step == f"q-{wrong}":
                return step
        return None

    def url(self, step: str) -> str:
        """The address of a step."""
        return reverse("portal:ask", args=[self.draft.token, step])

    def name(self, step: str) -> str:
        """What a step is called in the progress line."""
        if step.startswith("q-"):
            return _("Questions")
        return {WHERE: _("Where"), YOU: _("About you"), CHECK: _("Check and send")}[step]

    def stages(self, step: str) -> tuple[list[str], int]:
        """The names of the stages, pages of questions counted as one, and where this step stands (from 1)."""
        names = list(dict.fromkeys(self.name(one) for one in self.steps))
        return names, names.index(self.name(step)) + 1

    def matter(self) -> Matter:
        """What is to be taken in: only the answers that count."""
        return Matter(
            service=self.service,
            language=self.draft.language,
            answers=self.resolved.answers if self.resolved else {},
            form_version=self.draft.form_version,
            place=Place(**self.draft.place) if self.draft.place else Place(),
        )

    def contact(self) -> Contact | None:
        """Who the customer said they are, if anybody."""
        return Contact(**self.draft.contact) if self.draft.contact else None
