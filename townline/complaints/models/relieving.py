"""Whoever has a complaint may lose the right to: named as a witness, promoted or moved below whom it is about, gone."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.models import User
from townline.complaints.ladder import Chair, next_above
from townline.complaints.models.leading import Leading, chairs_now
from townline.complaints.models.people import Assignment
from townline.complaints.models.states import Stage
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class Witness(models.Model):
    """A member of staff who saw what a complaint is about: from then on they do not investigate, open or find it."""

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="witnesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "user"], name="one_witness_each")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.user_id}"


class Relieving(Leading):
    """Naming witnesses, and giving a complaint to the next who may have it."""

    open_intake: Any

    class Meta:
        abstract = True

    @property
    def is_in_wrong_hands(self) -> bool:
        """Does somebody have it who may not have it any more, or is not here any more?"""
        active = self.active
        return active is not None and (not active.user.is_active or self.keeps_out(active.user_id))

    @verb
    def name_witness(self, *, by: Any, user: User) -> None:
        """Name a member of staff as a witness. If they have the complaint, they lose it at once."""
        self._must_still_be_for(by, "name_witness")
        if user.pk in self.subject_ids or self.witnesses.filter(user=user).exists():
            raise NotPossible(_("%(name)s is named in this complaint already.") % {"name": user})
        self.witnesses.create(user=user, by=by)
        self.record("witness_named", by=by, user=user.pk)
        if self.is_in_wrong_hands:
            self.relieve(by=by)

    @verb
    def relieve(self, *, by: Any) -> None:
        """Give it to the next who may have it: somebody else in the same chair, else the next chair above.

        What was found and promised at a decided level stays; where nobody inside may have it, the way leads outside.
        """
        active = self.active
        if active is None or not self.is_in_wrong_hands:
            raise NotPossible(_("Whoever has this complaint may keep it."))
        if self.stage == Stage.INTAKE:
            self.open_intake(by=by)
        elif (chair := self._next_able(active)) is None:
            self._go_outside(by=by)
        elif self.stage == Stage.DECIDED:
            self._hand_to(chair, by=by)
        else:
            self._give_to(chair, by=by)
        self.save()
        self.record("relieved", by=by, level=self.level)

    def _next_able(self, active: Assignment) -> Chair | None:
        chairs = chairs_now()
        own = chairs.get(active.position_id)
        if own is not None and self._able(own, chairs):
            return own
        found = next_above(chairs, active.position_id, self.subject_ids, barred=self.barred_ids) if own else []
        return found[0] if found else None

    def _hand_to(self, chair: Chair, *, by: Any) -> None:
        """Only who has it changes; finding, window and level stay."""
        holder = self._able(chair, chairs_now())[0]
        self._end_assignment()
        self.assignments.create(
            user_id=holder, position_id=chair.pk, role=Assignment.Role.INVESTIGATOR, level=self.level
        )
        self.case.entrust(by=by, to=User.objects.get(pk=holder))
