"""One promise on one case: what was promised, how it stands, and what it says of itself."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import CalendarVersion
from townline.catalogue.models import Standard
from townline.core.clock import due_with_pauses
from townline.core.localized import LocalizedField
from townline.ui.moments import deadline

Stretch = tuple[str, datetime, datetime | None]
"""Why a case waited, from when, and until when if that is over."""


class ClockQuerySet(models.QuerySet["Clock"]):
    """Clocks as they are asked for."""

    def running(self) -> "ClockQuerySet":
        """Still to be kept."""
        return self.filter(ended_at=None)

    def still_told(self) -> "ClockQuerySet":
        """Without those that another took the place of, and those that were not called for any more."""
        return self.filter(ending__in=["", Clock.Ending.KEPT])


class Clock(models.Model):
    """One running time standard on one case.

    Amount, unit, calendar and what it pauses for are copied from the standard as
    it was promised: a changed standard or calendar holds for new promises only.
    `due_at` is what follows from that and from what the case waited for, kept so
    that lists can be sorted by it; it is empty while the clock stands still.
    """

    class Ending(models.TextChoices):
        KEPT = "kept", _l("Fulfilled")
        REPLACED = "replaced", _l("Promised anew")
        DROPPED = "dropped", _l("Not called for any more")

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="clocks")
    promise = models.CharField(max_length=12, choices=Standard.Promise)
    step = models.CharField(max_length=60, blank=True)
    step_label = LocalizedField(blank=True)
    standard = models.ForeignKey(Standard, null=True, on_delete=models.SET_NULL, related_name="+")
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=15, choices=Standard.Unit)
    calendar_version = models.ForeignKey(CalendarVersion, on_delete=models.PROTECT, related_name="+")
    is_legal = models.BooleanField(default=False)
    pauses_for = models.JSONField(default=list)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "promise"], name="clock_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step"],
                condition=models.Q(ended_at=None) & ~models.Q(step=""),
                name="one_running_clock_per_step",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_promise_display()} {self.due_at}"

    @property
    def is_running(self) -> bool:
        """Is the promise still to be kept?"""
        return self.ended_at is None

    @property
    def is_kept(self) -> bool:
        """Was it kept in time?"""
        return (
            self.ended_at is not None
            and self.ending == self.Ending.KEPT
            and self.due_at is not None
            and self.ended_at <= self.due_at
        )

    @property
    def in_words(self) -> str:
        """The promise to the customer: “Public Works will answer by Thursday 3 December, 4:30 p.m.”."""
        if self.due_at is None:
            return _("The time stands still while we wait.")
        sentences = {
            Standard.Promise.ACKNOWLEDGE: _("%(department)s will confirm by %(when)s that we have it."),
            Standard.Promise.ANSWER: _("%(department)s will answer by %(when)s."),
            Standard.Promise.STEP: _("%(step)s: by %(when)s."),
            Standard.Promise.OUTCOME: _("It will be done or decided by %(when)s."),
        }
        said = {
            "department": self.case.department.name,
            "when": deadline(self.due_at),
            "step": self.step_label or self.step,
        }
        sentence = sentences[Standard.Promise(self.promise)] % said
        return sentence[:-1] if sentence.endswith("..") else sentence

    @property
    def label(self) -> str:
        """What is promised, in a few words: a step by its own name."""
        return str(self.step_label or self.step or self.get_promise_display())

    def reckon(self, waits: Iterable[Stretch]) -> None:
        """Work out again when it is due, from its start and from what the case waited for."""
        pauses = [(began_at, ended_at) for reason, began_at, ended_at in waits if reason in self.pauses_for]
        hours = self.calendar_version.opening_hours
        self.due_at = due_with_pauses(self.started_at, self.amount, self.unit, hours, pauses)

    def end(self, at: datetime, ending: str, waits: Iterable[Stretch]) -> None:
        """Stop it; one that stood still is reckoned as if the case went on at this moment.

        So it can be told later whether it was kept in time.
        """
        self.ended_at, self.ending = at, ending
        if self.due_at is None:
            self.reckon([(why, began_at, ended_at or max(began_at, at)) for why, began_at, ended_at in waits])
