"""One verb for many cases: what was asked, and how it went with each."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded

MOST = 2_000
"""So many cases at once: what a person can still oversee, and a few minutes' work."""


class BulkAction(Recorded):
    """One verb that somebody does to many cases; the worker does it to one after the other.

    It is no short cut: each case goes through the verb itself, with the
    permission, the guard, the event and the mail that belong to it.
    """

    class Verb(models.TextChoices):
        TAKE = "take", _l("Take them")
        ASSIGN = "assign", _l("Assign them")
        HAND_OVER = "hand_over", _l("Hand them over")
        PRIORITISE = "prioritise", _l("Change their priority")
        NOTE = "note", _l("Write a note on each")
        CLOSE = "close", _l("Close them")
        REOPEN = "reopen", _l("Reopen them")

    class State(models.TextChoices):
        RUNNING = "running", _l("Running")
        DONE = "done", _l("Done")
        STOPPED = "stopped", _l("Stopped")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bulk_actions")
    doing = models.CharField(max_length=12, choices=Verb)
    given = models.JSONField(default=dict, help_text="Ids and choices that the verb is given.")
    text = models.TextField(blank=True, help_text="Words that the verb is given, the same for each case.")
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.get_doing_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        """The page that shows how far it is."""
        return reverse("desk:bulk", args=[self.pk])

    @classmethod
    def begin(cls, cases: list[int], *, by: Any, verb: str, text: str = "", **given: Any) -> "BulkAction":
        """Write down what is to be done to which cases; the worker then does it."""
        cases = list(dict.fromkeys(cases))
        if not cases:
            raise NotPossible(_("Choose at least one case."))
        if len(cases) > MOST:
            raise NotPossible(_("At most %(count)s cases at once.") % {"count": MOST})
        made = cls.objects.create(by=by, doing=cls.Verb(verb), text=text, given=given)
        BulkStep.objects.bulk_create(BulkStep(action=made, case_id=pk, number=at) for at, pk in enumerate(cases, 1))
        made.record("begun", by=by, verb=str(made.doing), cases=len(cases))
        return made

    @property
    def is_running(self) -> bool:
        """Is there something still to do?"""
        return self.state == self.State.RUNNING

    @property
    def numbers(self) -> dict[str, Any]:
        """How many cases there are, and how many of them were done, refused, or are still waiting."""
        return self.steps.aggregate(
            total=Count("pk"),
            done=Count("pk", filter=Q(state=BulkStep.State.DONE)),
            refused=Count("pk", filter=Q(state=BulkStep.State.REFUSED)),
            waiting=Count("pk", filter=Q(state=BulkStep.State.WAITING)),
        )

    @verb
    def stop(self, *, by: Any) -> None:
        """Leave the cases that are still to come as they are; what is done stays done."""
        self._must_be_running()
        self._end(self.State.STOPPED)
        numbers: Any = self.numbers
        self.record("stopped", by=by, **numbers)

    @verb
    def finish(self, *, by: Any) -> None:
        """Every case has had its turn."""
        self._must_be_running()
        if self.numbers["waiting"]:
            raise NotPossible(_("There are cases still to come."))
        self._end(self.State.DONE)
        numbers: Any = self.numbers
        self.record("finished", by=by, **numbers)

    def _must_be_running(self) -> None:
        if not self.is_running:
            raise NotPossible(_("It has ended already."))

    def _end(self, state: str) -> None:
        self.state = self.State(state)
        self.ended_at = timezone.now()
        self.save()


class BulkStep(models.Model):
    """One case of a bulk action, with what came of it; written in the transaction of the verb itself."""

    class State(models.TextChoices):
        WAITING = "waiting", _l("Waiting")
        DONE = "done", _l("Done")
        REFUSED = "refused", _l("Refused")

    action = models.ForeignKey(BulkAction, on_delete=models.PROTECT, related_name="steps", db_index=False)
    number = models.PositiveIntegerField()
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True, help_text="The sentence of the refusal.")

    class Meta:
        indexes = [models.Index(fields=["action", "state", "number"], name="bulk_step_state")]
        constraints = [models.UniqueConstraint(fields=["action", "case"], name="one_step_per_case")]

    def __str__(self) -> str:
        return f"{self.action_id} {self.number} {self.state}"
