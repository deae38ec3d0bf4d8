"""The promises of a case: one clock per standard, and the nearest of them on the case."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.db import models
from django.utils import timezone

from townline.accounts.models import Calendar
from townline.cases.models.moves import Moving
from townline.cases.models.states import NEVER, Status
from townline.catalogue.models import Standard
from townline.core.clock import due_with_pauses


class Clock(models.Model):
    """One running time standard on one case.

    Amount, unit and calendar are copied from the standard as it was promised: a
    changed standard holds for new cases only. `due_at` is empty while it waits.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="clocks")
    promise = models.CharField(max_length=12, choices=Standard.Promise)
    standard = models.ForeignKey(Standard, null=True, on_delete=models.SET_NULL, related_name="+")
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=15, choices=Standard.Unit)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "promise"], name="clock_case")]

    def __str__(self) -> str:
        return f"{self.get_promise_display()} {self.due_at}"

    @property
    def is_running(self) -> bool:
        """Is the promise still to be kept?"""
        return self.ended_at is None

    @property
    def is_kept(self) -> bool:
        """Was it kept in time?"""
        return self.ended_at is not None and self.due_at is not None and self.ended_at <= self.due_at

    def reckon(self, pauses: list[tuple[datetime, datetime | None]]) -> None:
        """Work out again when it is due, from its start and what was waited."""
        self.due_at = due_with_pauses(self.started_at, self.amount, self.unit, self.calendar.opening_hours, pauses)


class Promised(Moving):
    """Starting, keeping and reckoning the clocks of a case."""

    class Meta:
        abstract = True

    def start_clocks(
        self, started_at: datetime, *, only: Iterable[str] = Standard.Promise.values, kept: Iterable[str] = ()
    ) -> None:
        """Begin the promises that the catalogue makes for this service; `kept` ones are fulfilled at once.

        A new case is saved here, once, with the nearest of them.
        """
        clocks = [] if self.pk is None else list(self.clocks.filter(ended_at=None))
        for standard in Standard.objects.promised_for(self.service):
            if standard.promise not in only:
                continue
            clock = Clock(
                case=cast("Any", self),
                promise=standard.promise,
                standard=standard,
                amount=standard.amount,
                unit=standard.unit,
                calendar=standard.calendar or self.department.calendar,
                started_at=started_at,
                ended_at=timezone.now() if standard.promise in kept else None,
            )
            clock.reckon([])
            clocks.append(clock)
        self._show_nearest(clocks)
        if self.pk is None:
            self.save()
        Clock.objects.bulk_create([clock for clock in clocks if clock.pk is None])

    def keep(self, promise: str, *, by: Any) -> None:
        """This promise is fulfilled now; its clocks stop."""
        self.clocks.filter(promise=promise, ended_at=None).update(ended_at=timezone.now())
        self._show_nearest()

    def reckon(self) -> None:
        """Work out every running clock again from the waits."""
        pauses = list(self.waits.order_by("began_at").values_list("began_at", "ended_at"))
        running = list(self.clocks.filter(ended_at=None).select_related("calendar"))
        for clock in running:
            clock.reckon(pauses)
        Clock.objects.bulk_update(running, ["due_at"])
        self._show_nearest(running)

    def _show_nearest(self, running: list[Clock] | None = None) -> None:
        if self.status == Status.CLOSED:
            return
        clocks = self.clocks.filter(ended_at=None) if running is None else running
        dues = sorted((clock.due_at, clock.promise) for clock in clocks if clock.is_running and clock.due_at)
        self.due_at, self.due_kind = dues[0] if dues else (NEVER, "")
