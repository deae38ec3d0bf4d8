"""The noun of this part: a job, one piece of work that a worker does later."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.jobs.backend import MAX_ATTEMPTS
from townline.timeline.models import Recorded


class State(models.TextChoices):
    """How far a job is."""

    READY = "ready", _l("Waiting")
    LEASED = "leased", _l("Running")
    DONE = "done", _l("Done")
    DEAD = "dead", _l("Failed")
    DISCARDED = "discarded", _l("Discarded")


class Reason(models.TextChoices):
    """Why a job did not succeed, in a sentence that names nobody."""

    FAILED = "failed", _l("It met an error that this version of Townline does not expect.")
    UNREACHABLE = "unreachable", _l("Another system refused, or did not answer.")
    GONE = "gone", _l("The record it is about no longer exists.")
    UNKNOWN = "unknown", _l("This version of Townline does not know this kind of job.")
    MISFIT = "misfit", _l("It was queued by another version of Townline, in a form that this one cannot read.")
    LOST = "lost", _l("The worker stopped in the middle of it, every time.")


LIVE = (State.READY, State.LEASED)


class JobQuerySet(models.QuerySet["Job"]):
    """The queue, as people ask for it."""

    def live(self) -> "JobQuerySet":
        """Not finished yet: waiting or running."""
        return self.filter(finished_at__isnull=True)

    def due(self, now: datetime) -> "JobQuerySet":
        """What a worker should take now, in the order to take it."""
        return self.live().filter(due_at__lte=now).order_by(F("priority").desc(), "due_at", "id")

    def dead(self) -> "JobQuerySet":
        """Given up, and waiting for somebody to decide; the latest first."""
        return self.filter(state=State.DEAD, finished_at__isnull=False).order_by("-finished_at", "-id")

    def oldest_age(self, now: datetime) -> timedelta:
        """For how long the job that is due longest has been waiting."""
        oldest = self.live().filter(due_at__lte=now).aggregate(oldest=models.Min("due_at"))["oldest"]
        return now - oldest if oldest else timedelta(0)


class Job(Recorded):
    """One piece of work that a worker does after the transaction that asked for it.

    A worker holds a job by a lease: `due_at` then is the moment the lease runs
    out, and `lease` the token without which nobody can finish the job. What
    went wrong is kept as the error's class and place, never its text, which
    may quote a person. Arguments hold ids.
    """

    STATUS: ClassVar[dict[str, str]] = {
        State.READY: "READY",
        State.LEASED: "RUNNING",
        State.DONE: "SUCCESSFUL",
        State.DEAD: "FAILED",
        State.DISCARDED: "FAILED",
    }

    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=32, default="default")
    priority = models.SmallIntegerField(default=0)
    slot = models.CharField(max_length=250, null=True, unique=True, help_text="Which run of a periodic job this is.")
    state = models.CharField(max_length=10, choices=State, default=State.READY)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=MAX_ATTEMPTS)
    lease = models.CharField(max_length=32, blank=True)
    worker = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    error_class = models.CharField(max_length=200, blank=True)
    error_place = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        # The conditions hold no values: SQLite does not match a partial index with a value that comes as a parameter.
        indexes = [
            models.Index(F("priority").desc(), "due_at", "id", condition=Q(finished_at__isnull=True), name="job_due"),
            models.Index("state", "finished_at", condition=Q(finished_at__isnull=False), name="job_finished"),
        ]
        constraints = [
            models.CheckConstraint(
                name="leased_means_lease",
                condition=(Q(state="leased") & ~Q(lease="")) | (~Q(state="leased") & Q(lease="")),
            ),
            models.CheckConstraint(
                name="finished_means_finished_at",
                condition=Q(state__in=LIVE, finished_at=None) | (~Q(state__in=LIVE) & Q(finished_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.pk}"

    @property
    def is_done(self) -> bool:
        """Has a worker finished it?"""
        return self.state == State.DONE

    @property
    def is_dead(self) -> bool:
        """Was it given up, and is it waiting for somebody to decide?"""
        return self.state == State.DEAD

    @property
    def what(self) -> str:
        """What is to be done, by its name in the code and its arguments."""
        given = [str(value) for value in self.args] + [f"{name}={value}" for name, value in self.kwargs.items()]
        return f"{self.task.removeprefix('townline.')} ({', '.join(given)})"

    @verb
    def retry(self, *, by: Any) -> None:
        """Put a job that was given up back in the queue, with all its attempts before it."""
        self._demand_dead()
        self.state = State.READY
        self.attempts = 0
        self.due_at = timezone.now()
        self.finished_at = None
        self.save()
        self.record("retried", by=by, task=self.task)

    @verb
    def discard(self, *, by: Any) -> None:
        """Decide that a job that was given up is not to be done any more."""
        self._demand_dead()
        self.state = State.DISCARDED
        self.save()
        self.record("discarded", by=by, task=self.task)

    def _demand_dead(self) -> None:
        if not self.is_dead:
            raise NotPossible(_("This job is not waiting for a decision any more."))
