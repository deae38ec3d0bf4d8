"""The promises of a case: one clock per standard, and the nearest of them on the case."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.models import Calendar
from townline.cases.models.moves import Moving
from townline.cases.models.states import NEVER, Status
from townline.catalogue.models import Standard
from townline.core.clock import due_with_pauses
from townline.ui.moments import deadline


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

    @property
    def in_words(self) -> str:
        """The promise to the customer: “Public Works will answer by Thursday 3 December, 4:30 p.m.”."""
        if self.due_at is None:
            return _("The time stands still while we wait.")
        sentences = {
            Standard.Promise.ACKNOWLEDGE: _("%(department)s will confirm by %(when)s that we have it."),
            Standard.Promise.ANSWER: _("%(department)s will answer by %(when)s."),
            Standard.Promise.OUTCOME: _("It will be done or decided by %(when)s."),
        }
        said = {"department": self.case.department.name, "when": deadline(self.due_at)}
        sentence = sentences[Standard.Promise(self.promise)] % said
        return sentence[:-1] if sentence.endswith("..") else sentence

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
                ended_at=started_at if standard.promise in kept else None,
            )
            clock.reckon([])
            clocks.append(clock)
        self._show_nearest(clocks)
        if self.pk is None:
            self.save()
        Clock.objects.bulk_create([clock for clock in clocks if clock.pk is None])

    def keep(self, *promises: str) -> None:
        """These promises are fulfilled now; their clocks stop.

        One that stood still is reckoned as if the case went on at this moment,
        so that it can be told later whether it was kept in time.
        """
        now = timezone.now()
        kept = list(self.clocks.filter(promise__in=promises, ended_at=None).select_related("calendar"))
        pauses = self._pauses() if any(clock.due_at is None for clock in kept) else []
        for clock in kept:
            clock.ended_at = now
            if clock.due_at is None:
                clock.reckon([(began_at, ended_at or max(began_at, now)) for began_at, ended_at in pauses])
        Clock.objects.bulk_update(kept, ["due_at", "ended_at"])
        self._show_nearest()

    def reckon(self) -> None:
        """Work out every running clock again from the waits."""
        pauses = self._pauses()
        running = list(self.clocks.filter(ended_at=None).select_related("calendar"))
        for clock in running:
            clock.reckon(pauses)
        Clock.objects.bulk_update(running, ["due_at"])
        self._show_nearest(running)

    def _pauses(self) -> list[tuple[datetime, datetime | None]]:
        return list(self.waits.order_by("began_at").values_list("began_at", "ended_at"))

    def _show_nearest(self, running: list[Clock] | None = None) -> None:
        if self.status == Status.CLOSED:
            return
        clocks = self.clocks.filter(ended_at=None) if running is None else running
        dues = sorted((clock.due_at, clock.promise) for clock in clocks if clock.is_running and clock.due_at)
        self.due_at, self.due_kind = dues[0] if dues else (NEVER, "")
