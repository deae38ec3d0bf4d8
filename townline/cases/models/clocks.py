"""One promise on one case: what was promised, how it stands, and what it says of itself."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import CalendarVersion
from townline.catalogue.models import Standard
from townline.core.localized import LocalizedField
from townline.core.promise import Happened, Reading, Terms, Wait, What, due_of, notices, read
from townline.ui.moments import deadline

RECKONED = ["due_at", "soon_at", "late_at", "later_at", "next_at"]
"""The fields that follow from all others, and are only kept."""


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
    that lists can be sorted by it; it is empty while the clock stands still, and
    while a declared weather event (`weather`) holds it. `next_at` is when staff
    are told of it next, and `told` how far that has come.
    """

    class Ending(models.TextChoices):
        KEPT = "kept", _l("Fulfilled")
        REPLACED = "replaced", _l("Promised anew")
        DROPPED = "dropped", _l("Not called for any more")

    class Told(models.IntegerChoices):
        NOTHING = 0, _l("Nothing yet")
        SOON = 1, _l("Soon due")
        LATE = 2, _l("Overdue")
        LATER = 3, _l("Still overdue")

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
    weather = models.ForeignKey(
        "cases.Weather", null=True, on_delete=models.PROTECT, related_name="clocks", db_index=False
    )
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    soon_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    later_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    told = models.PositiveSmallIntegerField(choices=Told, default=Told.NOTHING)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "promise"], name="clock_case"),
            models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="clock_next"),
            models.Index(
                fields=["weather", "id"],
                condition=models.Q(weather__isnull=False, ended_at=None),
                name="clock_weather",
            ),
        ]
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
            and (self.due_at is None or self.ended_at <= self.due_at)
        )

    @property
    def in_words(self) -> str:
        """The promise to the customer: “Public Works will answer by Thursday 3 December, 4:30 p.m.”."""
        if self.begun_at is None:
            return _("%(promise)s: the time begins when the declared weather event is over.") % {"promise": self.label}
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

    @property
    def terms(self) -> Terms:
        """What was promised, as it was promised."""
        return Terms(self.amount, self.unit, self.calendar_version.opening_hours, frozenset(self.pauses_for))

    @property
    def begun_at(self) -> datetime | None:
        """Since when the time counts; None while a declared weather event holds it."""
        return self.weather.ended_at if self.weather else self.started_at

    def reckon(self, waits: Iterable[Wait]) -> None:
        """Work out again when it is due, from its start and from what the case waited for."""
        self.due_at = due_of(self.terms, self.begun_at, waits, self.ended_at)
        self._plan_notices()

    def end(self, at: datetime, ending: str, waits: Iterable[Wait]) -> None:
        """Stop it; one that stood still is reckoned as if the case went on at this moment."""
        self.ended_at, self.ending, self.next_at = at, ending, None
        if self.due_at is None:
            self.reckon(waits)

    def history(self, waits: Iterable[Wait]) -> list[Happened]:
        """Everything that its due moment follows from; what was done before its time began ended as it began."""
        found = [Happened(self.started_at, What.GIVEN, terms=self.terms)]
        if self.weather:
            found += [Happened(self.started_at, What.HELD)]
            found += [Happened(self.weather.ended_at, What.BEGUN)] if self.weather.ended_at else []
        for reason, began_at, ended_at in waits:
            if ended_at is None or ended_at > self.started_at:
                found += [Happened(max(began_at, self.started_at), What.WAITED, reason)]
                found += [Happened(ended_at, What.WENT_ON)] if ended_at else []
        ended = [Happened(max(self.ended_at, self.started_at), What.ENDED)] if self.ended_at else []
        return found + ended

    def reading(self, waits: Iterable[Wait], now: datetime) -> Reading:
        """How it stands at a moment, by its history alone."""
        return read(self.history(waits), now)

    def _plan_notices(self) -> None:
        """When staff are to be told next; what they were told already they are not told again."""
        begun_at = self.begun_at
        if self.due_at is None or self.ended_at or begun_at is None:
            self.soon_at = self.late_at = self.later_at = self.next_at = None
            return
        told = notices(self.calendar_version.opening_hours, begun_at, self.due_at)
        self.soon_at, self.late_at, self.later_at = told
        self.next_at = ((told.soon_at or told.late_at), told.late_at, told.later_at, None)[self.told]
