"""Privacy assessments: written before a service collects personal information, and looked at again."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.catalogue.models import Service
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded

TEXTS = ("purpose", "authority", "kinds", "who_sees", "limits", "safeguards", "retention", "mitigation")


class Assessment(Recorded):
    """What a service collects, why it may, who sees it, and how it is protected; one holds for each service.

    The duty to write one before collecting comes with Bill 97 (2026), whose
    commencement for municipalities is to be verified.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="assessments")
    purpose = models.TextField()
    authority = models.TextField()
    kinds = models.TextField()
    who_sees = models.TextField()
    limits = models.TextField()
    safeguards = models.TextField()
    retention = models.TextField()
    mitigation = models.TextField()
    written_on = models.DateField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["service"], condition=Q(is_current=True), name="one_assessment_holds")
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.written_on}"

    @property
    def is_review_late(self) -> bool:
        """Is the day of its review over?"""
        return self.review_on < timezone.localdate()

    @classmethod
    def write(cls, service: Service, *, by: Any, review_on: date, **texts: str) -> "Assessment":
        """A new one takes the place of the one before, which stays to be read."""
        _demand_to_come(review_on)
        with transaction.atomic():
            held = Service.objects.select_for_update(no_key=True, of=("self",)).get(pk=service.pk)
            cls.objects.filter(service=held, is_current=True).update(is_current=False)
            made = cls.objects.create(
                service=held, written_by=by, written_on=timezone.localdate(), review_on=review_on, **texts
            )
            made.record("written", by=by, service=held.pk, review=review_on.isoformat())
        return made

    @verb
    def review(self, *, by: Any, review_on: date) -> None:
        """It still fits; when is it looked at next?"""
        if not self.is_current:
            raise NotPossible(_("A newer one took its place."))
        _demand_to_come(review_on)
        self.review_on = review_on
        self.save()
        self.record("reviewed", by=by, review=review_on.isoformat())


def _demand_to_come(on: date) -> None:
    if on <= timezone.localdate():
        raise NotPossible(_("Choose a day after today."))
