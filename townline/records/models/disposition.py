"""A disposition: what is to go, who approved it, what went, and the certificate that remains."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Case
from townline.channels.models import Interaction
from townline.core.localized import Localized
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.records.models.classes import RecordsClass
from townline.timeline.models import Recorded


class Disposition(Recorded):
    """Cases of one class whose time is over: listed, approved by two people, then carried out one after the other.

    When it is done it is the certificate: class, authority, dates, numbers and
    approvers as they were. Class and authority are copied, for the pack may change.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _l("Waiting for approval")
        RUNNING = "running", _l("Being carried out")
        DONE = "done", _l("Carried out")
        WITHDRAWN = "withdrawn", _l("Withdrawn")

    records_class = models.ForeignKey(RecordsClass, on_delete=models.PROTECT, related_name="dispositions")
    class_name = models.JSONField(default=dict)
    authority = models.CharField(max_length=300)
    period = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    listed_on = models.DateField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    what_review_found = models.TextField(blank=True)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    first_at = models.DateTimeField(null=True, blank=True, editable=False)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    second_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    gone = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="approved_by_two",
                condition=Q(second_by=None) | Q(first_by__isnull=False) & ~Q(second_by=F("first_by")),
            ),
            models.CheckConstraint(
                name="carried_out_when_approved_by_two",
                condition=~Q(state__in=["running", "done"]) | Q(second_by__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.records_class} {self.listed_on}"

    @property
    def called(self) -> Localized:
        """The class, as it was called then."""
        return Localized(self.class_name)

    @property
    def is_waiting(self) -> bool:
        """Does it wait for approval?"""
        return self.state == self.State.PROPOSED

    @classmethod
    def propose(
        cls, chosen: RecordsClass, days: Iterable[tuple[int, date, date, date]], *, by: Any, listed_on: date,
        what_review_found: str = "",
    ) -> "Disposition":  # fmt: skip
        """Keep a list: each case (or contact) with the days it was closed, last used and is kept through."""
        with transaction.atomic():
            made = cls.objects.create(
                records_class=chosen, class_name=dict(chosen.name), authority=chosen.authority, period=chosen.period,
                listed_on=listed_on, proposed_by=by, what_review_found=what_review_found,
            )  # fmt: skip
            listed = list(days)
            if chosen.is_about_contacts:
                ContactItem.objects.bulk_create(
                    [ContactItem(disposition=made, interaction_id=one[0], kept_through=one[3]) for one in listed]
                )
            else:
                items = [
                    Item(disposition=made, case_id=pk, closed_on=closed_on, last_used_on=used_on, kept_through=through)
                    for pk, closed_on, used_on, through in listed
                ]
                Item.objects.bulk_create(items)
            made.record("proposed", by=by, records_class=chosen.code, about=chosen.about, count=len(listed))
        return made

    @verb
    def approve(self, *, by: Any) -> None:
        """Say yes to the list; the second yes, of somebody else, starts it."""
        self._must_wait()
        if self.first_by_id == by.pk:
            raise NotPossible(_("You approved this already. Somebody else has to approve it too."))
        if self.first_by_id is None:
            self.first_by, self.first_at = by, timezone.now()
        else:
            self.second_by, self.second_at = by, timezone.now()
            self.state = self.State.RUNNING
        self.save()
        self.record("approved", by=by, state=self.state)
        if self.state == self.State.RUNNING:
            from townline.records.disposing import carry_out

            carry_out.enqueue(disposition_id=self.pk)

    @verb
    def withdraw(self, *, by: Any) -> None:
        """Nothing of this list goes; possible until the second approval."""
        self._must_wait()
        self.state = self.State.WITHDRAWN
        self.save()
        self.record("withdrawn", by=by)

    @verb
    def finish(self, *, by: Any) -> None:
        """Every case had its turn: write the numbers of the certificate."""
        if self.state != self.State.RUNNING:
            raise NotPossible(_("This is not being carried out."))
        turns = self.contacts if self.records_class.is_about_contacts else self.items
        if turns.filter(state=Item.State.WAITING).exists():
            raise NotPossible(_("Some cases have not had their turn."))
        self.gone = turns.filter(state=Item.State.GONE).count()
        self.kept = turns.filter(state=Item.State.KEPT).count()
        self.state, self.done_at = self.State.DONE, timezone.now()
        self.save()
        self.record("finished", by=by, gone=self.gone, kept=self.kept)

    def _must_wait(self) -> None:
        if not self.is_waiting:
            now = self.State(self.state).label
            raise NotPossible(_("This cannot be done with a disposition that is “%(state)s”.") % {"state": now})


class Item(models.Model):
    """One case of a disposition: why it may go, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _l("On the list")
        GONE = "gone", _l("Disposed of")
        KEPT = "kept", _l("Kept")

    class Reason(models.TextChoices):
        OPEN = "open", _l("It is open")
        HOLD = "hold", _l("A hold keeps it")
        USED = "used", _l("It was used within the period")
        MATTER = "matter", _l("It belongs to a matter that is still kept")
        GONE = "gone", _l("It was disposed of before")
        CLASS = "class", _l("Another class or action holds for it now")

    disposition = models.ForeignKey(Disposition, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disposals")
    closed_on = models.DateField()
    last_used_on = models.DateField()
    kept_through = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=8, choices=Reason, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["disposition", "state", "id"], name="disposal_item_state")]
        constraints = [models.UniqueConstraint(fields=["disposition", "case"], name="once_in_a_disposition")]

    def __str__(self) -> str:
        return f"{self.disposition_id} {self.case_id}"


class ContactItem(models.Model):
    """One contact of a disposition, and what came of it."""

    disposition = models.ForeignKey(Disposition, on_delete=models.CASCADE, related_name="contacts")
    interaction = models.ForeignKey(Interaction, on_delete=models.PROTECT, related_name="+")
    kept_through = models.DateField()
    state = models.CharField(max_length=8, choices=Item.State, default=Item.State.WAITING)
    reason = models.CharField(max_length=8, choices=Item.Reason, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["disposition", "state", "id"], name="disposal_contact_state")]
        constraints = [models.UniqueConstraint(fields=["disposition", "interaction"], name="contact_once_listed")]

    def __str__(self) -> str:
        return f"{self.disposition_id} {self.interaction_id}"
