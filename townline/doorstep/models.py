"""What waits on the doorstep: a report that somebody looks at before it goes to a department."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import User
from townline.cases.intake import Contact, Matter, Place, submit
from townline.cases.models import Case, Draft
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded


class HeldQuerySet(models.QuerySet["Held"]):
    """Held reports as the page of the desk asks for them."""

    def waiting(self) -> "HeldQuerySet":
        """Nobody has decided yet, and no link was pressed."""
        return self.filter(state=Held.State.WAITING)


class Held(Recorded):
    """A report from the portal that is not with a department yet, because so much came from the same place.

    Whoever sent it has its reference and can confirm it by the link in our mail; staff can let it in,
    or turn it away. Its clocks count from the moment it was sent. Where it came from is kept as a keyed
    digest that lets staff see what came together, and no address.
    """

    class Reason(models.TextChoices):
        PACE = "pace", _l("Much came from the same place")
        TRAP = "trap", _l("A field was filled in that people do not see")

    class State(models.TextChoices):
        WAITING = "waiting", _l("Waiting")
        RELEASED = "released", _l("Let in")
        DISCARDED = "discarded", _l("Turned away")

    draft = models.OneToOneField(Draft, on_delete=models.CASCADE, related_name="waiting")
    reference = models.CharField(max_length=20, unique=True)
    reason = models.CharField(max_length=5, choices=Reason)
    source = models.CharField(max_length=16, help_text="A keyed digest of where it came from.")
    addressee = models.CharField(max_length=16, blank=True, help_text="A keyed digest of the e-mail address given.")
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    case = models.OneToOneField(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="waited")

    objects = HeldQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "id"], name="held_list"),
            models.Index(fields=["state", "source", "id"], name="held_by_source"),
            models.Index(fields=["addressee", "received_at"], name="held_by_addressee"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def matter(self) -> Matter:
        """What is to be taken in."""
        draft = self.draft
        assert draft.service is not None
        return Matter(
            service=draft.service,
            language=draft.language,
            answers=draft.answers,
            form_version=draft.form_version,
            place=Place(**draft.place) if draft.place else Place(),
        )

    @verb
    def release(self, *, by: Any) -> Case:
        """Let it in: it becomes a case with the reference that was given, received when it was sent."""
        if self.state == self.State.RELEASED:
            raise NotPossible(_("This report was let in already."))
        Draft.objects.filter(pk=self.draft_id).update(is_held=False)
        contact = Contact(**self.draft.contact) if self.draft.contact else None
        case = submit(
            self.draft, self.matter, by=by if by.is_customer else User.objects.system(), contact=contact,
            received_at=self.received_at, reference=self.reference,
        )  # fmt: skip
        self.state, self.case = self.State.RELEASED, case
        self.save()
        self.record("released", by=by, case=case.pk)
        return case

    @verb
    def discard(self, *, by: Any) -> None:
        """Turn it away; what was typed is kept for 30 days, so that it can still be let in."""
        if self.state != self.State.WAITING:
            raise NotPossible(_("This report is not waiting any more."))
        Draft.objects.filter(pk=self.draft_id).update(is_held=False)
        self.state = self.State.DISCARDED
        self.save()
        self.record("discarded", by=by)
