"""What a customer has agreed to, and who may act for them."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents as whoever must rely on one would ask for them."""

    def in_force(self, on: date) -> "ConsentQuerySet":
        """Begun, not over and not withdrawn on this day."""
        begun = self.filter(from_on__lte=on, withdrawn_at=None)
        return begun.filter(Q(until_on=None) | Q(until_on__gte=on))


class Consent(Recorded):
    """A customer's yes: to whom we may tell what, or who may act for them, on which ground and until when."""

    class Kind(models.TextChoices):
        SHARE = "share", _l("We may tell somebody else")
        ACT = "act", _l("Somebody may act for them")

    class Ground(models.TextChoices):
        WRITTEN = "written", _l("They agreed in writing")
        SPOKEN = "spoken", _l("They agreed aloud, and it was noted")
        POWER_OF_ATTORNEY = "attorney", _l("Power of attorney")
        GUARDIAN = "guardian", _l("Parent or guardian")
        OTHER_AUTHORITY = "other", _l("Another authority, named as the proof")

    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=5, choices=Kind)
    to_whom = models.CharField(max_length=120)
    what = models.CharField(max_length=300)
    ground = models.CharField(max_length=8, choices=Ground)
    proof = models.CharField(max_length=300, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    noted_at = models.DateTimeField(default=timezone.now, editable=False)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="consent_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(kind="act") | Q(proof__gt=""), name="acting_for_somebody_has_a_proof"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_in_force(self) -> bool:
        """Does it hold today?"""
        today = timezone.localdate()
        return not self.withdrawn_at and self.from_on <= today and (self.until_on is None or today <= self.until_on)

    @verb
    def withdraw(self, *, by: Any) -> None:
        """The customer takes it back; what was done under it stays."""
        if self.withdrawn_at:
            raise NotPossible(_("This consent was withdrawn already."))
        self.withdrawn_at = timezone.now()
        self.save()
        self.record("withdrawn", by=by)


class Consenting(models.Model):
    """What a customer agrees to."""

    if TYPE_CHECKING:
        consents: Any
        record: Any

    class Meta:
        abstract = True

    @verb
    def consent(
        self,
        *,
        by: Any,
        kind: str,
        to_whom: str,
        what: str,
        ground: str,
        from_on: date,
        until_on: date | None = None,
        proof: str = "",
    ) -> Consent:
        """Note what they agreed to; somebody who acts for them needs a proof that was seen."""
        kind = Consent.Kind(kind)
        if kind == Consent.Kind.ACT and not proof.strip():
            raise NotPossible(_("Say which proof was seen that they may act for the customer."))
        if until_on and until_on < from_on:
            raise NotPossible(_("It cannot end before it begins."))
        made: Consent = self.consents.create(
            kind=kind, to_whom=to_whom, what=what, ground=Consent.Ground(ground), proof=proof.strip(),
            from_on=from_on, until_on=until_on, noted_by=by,
        )  # fmt: skip
        self.record("consented", by=by, consent=made.pk)
        return made
