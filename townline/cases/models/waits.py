"""A case that waits: the clocks stand still, with a reason and a date."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.models.moves import Moving
from townline.cases.models.states import Status
from townline.catalogue.models import Reason
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class Wait(models.Model):
    """One stretch in which a case waits; the clocks that pause for its reason stand still."""

    Reason = Reason

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="waits")
    reason = models.CharField(max_length=12, choices=Reason)
    until_on = models.DateField()
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_at=None), name="one_running_wait_per_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.until_on}"


class Waiting(Moving):
    """Stopping and resuming the clocks."""

    class Meta:
        abstract = True

    @verb
    def wait(self, *, by: Any, reason: str, until_on: date) -> None:
        """Stop the clocks until the case can go on, at the latest on a named day."""
        self._must_still_be_for(by, "wait")
        if until_on < timezone.localdate():
            raise NotPossible(_("The day to wait for is already past."))
        self._move_to(Status.WAITING)
        self.waits.create(reason=reason, until_on=until_on, by=by)
        self.reckon()
        self.save()
        self.record("waiting", by=by, reason=reason, until=until_on.isoformat())

    @verb
    def resume(self, *, by: Any) -> None:
        """Go on: the clocks run again, moved by the time that was waited."""
        self._must_still_be_for(by, "resume")
        if self.status != Status.WAITING:
            raise NotPossible(_("This case is not waiting."))
        self._move_to(Status.OPEN)
        self._stop_waiting()
        self.save()
        self.record("resumed", by=by)

    def _stop_waiting(self) -> None:
        for wait in self.waits.filter(ended_at=None):
            wait.ended_at = max(timezone.now(), wait.began_at)  # The machine's clock may have been put back.
            wait.save()
        self.reckon()
