"""Safety interventions: what staff do to make contact safer, and whether it helped (Amherstburg 4.9)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.customers.models import Customer
from townline.timeline.models import Recorded


class InterventionQuerySet(models.QuerySet["Intervention"]):
    """Interventions as whoever is about to meet the customer would ask for them."""

    def in_force(self, on: date) -> "InterventionQuerySet":
        """Not ended, and not over on this day, whether or not a job has noticed."""
        return self.filter(ended_at=None, until_on__gte=on)


class Intervention(Recorded):
    """A targeted step to improve safety: what, where, why, until when, and in the end whether it helped.

    It is something staff do, and takes nothing from the customer.
    """

    class Helped(models.TextChoices):
        YES = "yes", _l("It helped")
        PARTLY = "partly", _l("It helped in part")
        NO = "no", _l("It did not help")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="interventions")
    what = models.CharField(max_length=300)
    place = models.CharField(max_length=200, blank=True)
    why = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    helped = models.CharField(max_length=6, choices=Helped, blank=True)
    how_it_went = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")), name="intervention_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_on} {self.until_on}"

    @property
    def is_in_force(self) -> bool:
        """Does it hold today?"""
        return self.ended_at is None and timezone.localdate() <= self.until_on

    @classmethod
    def plan(
        cls, customer: Customer, *, by: Any, what: str, why: str, until_on: date, place: str = ""
    ) -> "Intervention":
        """Decide on one, from today on; shown before contact until it ends."""
        _demand_to_come(until_on)
        made = cls.objects.create(
            customer=customer.standing, what=what, place=place, why=why, from_on=timezone.localdate(),
            until_on=until_on, planned_by=by,
        )  # fmt: skip
        made.record("planned", by=by, customer=made.customer_id, until=until_on.isoformat())
        return made

    @verb
    def review(self, *, by: Any, until_on: date) -> None:
        """Look at it again: until when does it hold?"""
        self._demand_not_ended()
        _demand_to_come(until_on)
        self.until_on = until_on
        self.save()
        self.record("reviewed", by=by, until=until_on.isoformat())

    @verb
    def end(self, *, by: Any, helped: str, how_it_went: str = "") -> None:
        """It is over; say whether it helped, so that the next one is better."""
        self._demand_not_ended()
        self.helped, self.how_it_went = self.Helped(helped), how_it_went
        self.ended_at = timezone.now()
        self.save()
        self.record("ended", by=by, helped=self.helped)

    def _demand_not_ended(self) -> None:
        if self.ended_at:
            raise NotPossible(_("This intervention has ended already."))


def _demand_to_come(until_on: date) -> None:
    if until_on < timezone.localdate():
        raise NotPossible(_("It must last at least until today."))
