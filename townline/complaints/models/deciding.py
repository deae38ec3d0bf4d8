"""Finding and deciding at one level, with a letter to the complainant."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.models import Position, User
from townline.complaints.models.lettering import Letter, Lettering
from townline.complaints.models.people import Exchange
from townline.complaints.models.procedure import LadderLevel, Procedure
from townline.complaints.models.states import Finding, Remedy, Stage
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.vault import door


class Decision(models.Model):
    """What was decided at one level. Reasons and letter are sealed; the letter's words under `letter`."""

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="decisions")
    level = models.PositiveSmallIntegerField()
    finding = models.CharField(max_length=15, choices=Finding)
    remedies = models.JSONField(default=list, help_text="Choices of Remedy.")
    letter = models.CharField(max_length=32)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    window_until = models.DateField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.level} {self.finding}"


class FollowUp(models.Model):
    """A remedy or a lesson to be carried out by a department: without names, followed to done."""

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(max_length=12, choices=Remedy)
    words = models.TextField(help_text="What is to be done; without names.")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.words[:60]


class Deciding(Lettering):
    """Finding, deciding, extending once, closing, following up."""

    class Meta:
        abstract = True

    @verb
    def find(self, *, by: Any, finding: str, reasons: str) -> None:
        """Say what the investigation found, with reasons; it can be found anew until it is decided."""
        self._must_still_be_for(by, "find")
        self._must_be_investigated()
        unheard = self.subjects.filter(heard_at=None).exists()
        if unheard and finding in (Finding.SUBSTANTIATED, Finding.PARTLY):
            raise NotPossible(_("The person complained about has not been heard yet. Put the substance to them first."))
        self.finding = Finding(finding)
        self.save()
        door.put(self.safe, f"reasons-{self.level}", reasons, by=by)
        self.record("found", by=by, level=self.level, finding=self.finding)

    @verb
    def decide(self, *, by: Any, letter: str, remedies: Iterable[str] = (), other_letter: str = "") -> Decision:
        """Decide at this level with a letter: findings and what is done, never discipline. Opens the window.

        `other_letter` says the same in the other official language, for whoever wants both.
        """
        self._must_still_be_for(by, "decide")
        self._must_be_investigated()
        self._must_be_in_both(other_letter)
        self._must_be_printable(letter, other_letter)
        assignment = self.active
        if not self.finding or assignment is None:
            raise NotPossible(_("Say first what was found."))
        self._move_to(Stage.DECIDED)
        self.window_until = self._window()
        name = door.put(self.safe, f"letter-{self.level}", letter, by=by)
        decision: Decision = self.decisions.create(
            level=self.level, finding=self.finding, remedies=[Remedy(one) for one in remedies],
            letter=name, by=by, position=assignment.position, window_until=self.window_until,
        )  # fmt: skip
        paper = self._begin_letter(Letter.What.DECISION, name, other_letter, by=by, decision=decision)
        self.case.fulfil("acknowledge", "answer", by=by)
        step = "next-level" if self.window_until else "closing"
        self._promise_step(step, Procedure.objects.get().window_days, "calendar_days", by=by)
        self.save()
        self.record("decided", by=by, level=self.level, finding=self.finding, decision=decision.pk, letter=paper.pk)
        return decision

    @verb
    def extend(self, *, by: Any, reasons: str) -> None:
        """Make the promise of this level longer, once, with reasons that the complainant is told."""
        self._must_still_be_for(by, "extend")
        self._must_be_investigated()
        if self.is_extended:
            raise NotPossible(_("The time at this level was made longer once already; that is the limit."))
        level = self.ladder_level
        if level is None:
            raise NotPossible(_("No promise is running."))
        self.case.lengthen(by=by, promise="answer", amount=level.extension_amount)
        self.is_extended = True
        self.save()
        self._say(Exchange.Way.TO_COMPLAINANT, reasons, by=by)
        self.record("extended", by=by, level=self.level)

    @verb
    def close(self, *, by: Any) -> None:
        """End it: decided, and the window for the next level has passed or the complainant is content."""
        self._must_still_be_for(by, "close")
        if self.stage == Stage.DECIDED and self.window_until and self.window_until >= timezone.localdate():
            raise NotPossible(
                _("Until %(day)s the complainant can still ask for the next level.") % {"day": self.window_until}
            )
        self._close(by=by)

    @verb
    def accept(self, *, by: Any) -> None:
        """The complainant is content with the decision: it ends before the window has passed."""
        if self.stage != Stage.DECIDED:
            raise NotPossible(_("There is no decision yet."))
        self._close(by=by)

    @verb
    def follow_up(self, *, by: Any, kind: str, words: str, due_on: date) -> FollowUp:
        """Give a remedy or a lesson a day by which it is done."""
        self._must_still_be_for(by, "follow_up")
        made: FollowUp = self.follow_ups.create(kind=Remedy(kind), words=words, due_on=due_on, by=by)
        self.record("follow_up_set", by=by, follow_up=made.pk, kind=made.kind)
        return made

    @verb
    def finish_follow_up(self, *, by: Any, follow_up: FollowUp) -> None:
        """It is done."""
        if follow_up.done_at:
            raise NotPossible(_("This is done already."))
        follow_up.done_at = timezone.now()
        follow_up.save(update_fields=["done_at"])
        self.record("follow_up_done", by=by, follow_up=follow_up.pk)

    def _close(self, *, by: Any) -> None:
        self._move_to(Stage.CLOSED)
        self._end_assignment()
        if not self.case.is_closed:
            self.case.settle(by=by, outcome="withdrawn" if self.finding == Finding.WITHDRAWN else "answered")
        self._close_accesses()
        self.save()
        self.record("closed", by=by, level=self.level)

    def _window(self) -> date | None:
        """The last day on which the next level can be asked for; none where there is none above."""
        procedure = Procedure.objects.get()
        above = LadderLevel.objects.filter(number__gt=self.level).exists()
        if not (procedure.is_ladder_adopted and above):
            return None
        return timezone.localdate() + timedelta(days=procedure.window_days)
