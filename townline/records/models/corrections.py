"""Corrections: a person says that what we hold about them is wrong; a decision, and their disagreement beside it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Case
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.customers.models import Customer
from townline.timeline.models import Recorded


class Correction(Recorded):
    """A request to correct personal information (MFIPPA, s. 36 (2)), with its decision.

    What is refused may be answered by a statement of disagreement, which then
    stands beside what it is about, for everybody who reads that.
    """

    class Decision(models.TextChoices):
        MADE = "made", _l("Corrected")
        PART = "part", _l("Corrected in part")
        REFUSED = "refused", _l("Not corrected")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="corrections")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    what = models.TextField(help_text="What is wrong, and what would be right.")
    asked_on = models.DateField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    reasons = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    disagreement = models.TextField(blank=True)
    disagreed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="disagreement_after_a_decision", condition=Q(disagreed_on=None) | Q(decided_on__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.asked_on}"

    @classmethod
    def ask(cls, customer: Customer, *, by: Any, what: str, case: Case | None = None) -> "Correction":
        """Write the request down."""
        if case is not None and case.customer_id not in customer.family_ids:
            raise NotPossible(_("This case is not one of the customer’s."))
        made = cls.objects.create(
            customer=customer.standing, case=case, what=what, asked_on=timezone.localdate(), noted_by=by
        )
        made.record("asked", by=by, customer=made.customer_id)
        return made

    @verb
    def decide(self, *, by: Any, decision: str, reasons: str) -> None:
        """Say what was corrected or why not; the correction itself is made where the information stands."""
        if self.decided_on:
            raise NotPossible(_("This was decided already."))
        self.decision, self.reasons, self.decided_on = self.Decision(decision), reasons, timezone.localdate()
        self.save()
        self.record("decided", by=by, decision=self.decision)

    @verb
    def disagree(self, *, by: Any, words: str) -> None:
        """Attach the person's statement of disagreement, in their own words."""
        if not self.decided_on or self.decision == self.Decision.MADE:
            raise NotPossible(_("A statement of disagreement follows a decision not to correct."))
        if self.disagreed_on:
            raise NotPossible(_("Their statement is attached already."))
        self.disagreement, self.disagreed_on = words, timezone.localdate()
        self.save()
        self.record("disagreed", by=by)


class Export(Recorded):
    """That somebody was given everything we hold about them; what was in it is not kept twice."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="exports")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.made_at}"

    @classmethod
    def make(cls, customer: Customer, *, by: Any) -> "Export":
        """Write down that it was made, before anything is read."""
        made = cls.objects.create(customer=customer, made_by=by)
        made.record("made", by=by, customer=customer.pk)
        return made
