"""One level further up: at the complainant's word, by the municipality, or when a promise ran out."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.complaints.ladder import Chair, next_above
from townline.complaints.models.leading import Leading, chairs_now
from townline.complaints.models.people import Assignment
from townline.complaints.models.procedure import LadderLevel, Procedure
from townline.complaints.models.states import Stage
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.vault import door


class Why(models.TextChoices):
    """At whose word a complaint goes up."""

    COMPLAINANT = "complainant", _l("The complainant is not satisfied")
    MUNICIPALITY = "municipality", _l("The municipality decided so")
    PROMISE = "promise", _l("The promised time ran out")


class Escalating(Leading):
    """Moving up the ladder; below, the personal information is lost with the complaint."""

    class Meta:
        abstract = True

    @property
    def is_window_over(self) -> bool:
        """Has the time passed in which the next level can be asked for without a reason?"""
        return self.window_until is not None and timezone.localdate() > self.window_until

    @property
    def can_go_up(self) -> bool:
        """Can the complainant ask for the next level, with or without a reason?"""
        try:
            self._must_be_escalable(Why.COMPLAINANT, "a reason")
        except NotPossible:
            return False
        return True

    @verb
    def escalate(self, *, by: Any, why: str, reason: str = "") -> None:
        """Take it to the next level: a new investigator, the whole file, a fresh promise.

        A late wish of the complainant needs a reason and is never refused.
        """
        why = Why(why)
        self._must_be_escalable(why, reason)
        last = self.assignments.filter(role=Assignment.Role.INVESTIGATOR).order_by("-pk").first()
        found = self._above(last)
        if reason:
            door.put(self.safe, f"escalation-{self.level}", reason, by=by)
        before, was_closed = self.level, self.case.is_closed
        if found and was_closed:
            self.case.revive(by=by)
        if found:
            self._move_to(Stage.INVESTIGATION)
            self._give_to(found[0], by=by)
        else:
            self._go_outside(by=by)
        self.save()
        self.record("escalated", by=by, why=why, before=before, level=self.level, late=bool(reason) and was_closed)

    @verb
    def offer(self, *, by: Any) -> None:
        """Offer a complaint whose promise ran out to the next level; once at each level."""
        self._must_be_investigated()
        last = self.active
        found = self._above(last)
        if not found:
            raise NotPossible(_("Nobody above can take it."))
        if self.offers.filter(level=self.level).exists():
            raise NotPossible(_("It was offered to the next level already."))
        holder = self._able(found[0], chairs_now())[0]
        self.offers.create(user_id=holder, level=self.level)
        self.record("offered", by=by, level=self.level, to=holder)

    @verb
    def take_over(self, *, by: Any) -> None:
        """The next level takes a complaint whose promise ran out."""
        self._must_still_be_for(by, "take_over")
        self._must_be_escalable(Why.PROMISE, "")
        before = self.level
        last = self.active
        found = self._above(last)
        chair = next((one for one in found if by.pk in one.holders), None)
        if chair is None:
            raise NotPossible(_("Nobody above can take it."))
        self._give_to(chair, by=by)
        self.save()
        self.record("taken_over", by=by, before=before, level=self.level)

    def _above(self, last: Assignment | None) -> list[Chair]:
        """The chairs that come next, nearest first; nobody complained about, below them or a witness sits in one."""
        chairs = chairs_now()
        if last is None or last.position_id not in chairs:
            return []
        return next_above(chairs, last.position_id, self.subject_ids, barred=self.barred_ids)

    def _must_be_escalable(self, why: str, reason: str) -> None:
        if not Procedure.objects.filter(is_ladder_adopted=True).exists():
            raise NotPossible(_("The municipality has not adopted further levels."))
        outside = LadderLevel.objects.filter(held_by="").values_list("number", flat=True).first()
        if self.stage == Stage.OUTSIDE or (outside and self.level >= outside):
            raise NotPossible(
                _("This was the last level. The office outside the municipality can be asked by the complainant.")
            )
        if why == Why.COMPLAINANT and self.stage not in (Stage.DECIDED, Stage.CLOSED):
            raise NotPossible(_("There is no decision at this level yet."))
        if why == Why.COMPLAINANT and (self.is_window_over or self.stage == Stage.CLOSED) and not reason:
            raise NotPossible(_("The time for this has passed. Say why it comes now; it is accepted with a reason."))
