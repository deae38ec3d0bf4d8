"""Disclosures outside of complaints and access requests: personal information that was given to somebody."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.customers.models import Customer
from townline.timeline.models import Recorded


class Disclosed(Recorded):
    """That something about a customer was, or may be, given to somebody: to whom, what, on which ground, until when."""

    class Ground(models.TextChoices):
        CONSENT = "consent", _l("The person consented")
        POLICE = "police", _l("Asked for by the police")
        LAW = "law", _l("Required by law")
        EMERGENCY = "emergency", _l("Health or safety of somebody")
        PURPOSE = "purpose", _l("The purpose it was collected for")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="disclosed")
    to_whom = models.CharField(max_length=120)
    what = models.CharField(max_length=300)
    ground = models.CharField(max_length=10, choices=Ground)
    on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="disclosure_ends_after_it_began", condition=Q(until_on=None) | Q(until_on__gte=models.F("on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.on}"

    @classmethod
    def note(
        cls, customer: Customer, *, by: Any, to_whom: str, what: str, ground: str, on: date,
        until_on: date | None = None,
    ) -> "Disclosed":  # fmt: skip
        """Write it down, on the day or after."""
        if on > timezone.localdate():
            raise NotPossible(_("It cannot have happened in the future."))
        if until_on and until_on < on:
            raise NotPossible(_("It cannot end before it begins."))
        made = cls.objects.create(
            customer=customer.standing, to_whom=to_whom, what=what, ground=cls.Ground(ground), on=on,
            until_on=until_on, noted_by=by,
        )  # fmt: skip
        made.record("noted", by=by, customer=made.customer_id, ground=made.ground, on=on.isoformat())
        return made

    @verb
    def end(self, *, by: Any) -> None:
        """Nothing more is given from now on."""
        if self.ended_at:
            raise NotPossible(_("This has been ended already."))
        self.ended_at = timezone.now()
        self.save()
        self.record("ended", by=by)
