"""What every trait of a complaint leans on: its stage, its investigator, its promises."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.models import Position, User
from townline.complaints.ladder import Chair, able_in, is_kept_out
from townline.complaints.models.people import Assignment
from townline.complaints.models.procedure import LadderLevel
from townline.complaints.models.states import MOVES, Stage
from townline.core.access import may
from townline.core.localized import Localized
from townline.core.refusals import NotAllowed, NotPossible
from townline.vault import door

STEPS = {
    "send-on": Localized(
        en="It is sent to the person who investigates it", fr="Elle est transmise à la personne qui fait l’enquête"
    ),
    "next-level": Localized(en="The next level can be asked for", fr="Le niveau suivant peut être demandé"),
    "closing": Localized(en="It is closed", fr="Elle est fermée"),
}
"""What comes next at intake and when it is decided, for staff and for the complainant."""


def chairs_now() -> dict[int, Chair]:
    """The organization as it stands: every chair in use, with its holders who are still here."""
    holders: dict[int, list[int]] = {}
    here = User.objects.filter(kind=User.Kind.STAFF, is_active=True, position__isnull=False)
    for user, position in here.order_by("pk").values_list("pk", "position"):
        holders.setdefault(position, []).append(user)
    rows = Position.objects.filter(is_active=True).values_list("pk", "level", "reports_to", "department")
    return {
        pk: Chair(pk, level, above, department, tuple(holders.get(pk, ()))) for pk, level, above, department in rows
    }


class Leading(models.Model):
    """Moving a complaint, and giving it to somebody."""

    if TYPE_CHECKING:
        case: Any
        case_id: Any
        safe: Any
        stage: Any
        level: Any
        about: Any
        about_service: Any
        is_extended: Any
        finding: Any
        window_until: Any
        has_email: Any
        subjects: Any
        witnesses: Any
        assignments: Any
        exchanges: Any
        follow_ups: Any
        offers: Any
        decisions: Any
        emergencies: Any
        requests: Any
        disclosures: Any
        evidence: Any
        letters: Any
        packages: Any
        is_bilingual: Any
        remedies: Any
        record: Any
        get_stage_display: Any

    class Meta:
        abstract = True

    @property
    def subject_ids(self) -> list[int]:
        """The people it is about."""
        return list(self.subjects.order_by("pk").values_list("user", flat=True))

    @property
    def barred_ids(self) -> list[int]:
        """The witnesses: they decide nothing here."""
        return list(self.witnesses.order_by("pk").values_list("user", flat=True))

    def keeps_out(self, user: int) -> bool:
        """Is this person complained about, below somebody who is, or a witness?"""
        return user in self.barred_ids or is_kept_out(chairs_now(), user, self.subject_ids)

    def _able(self, chair: Chair, chairs: dict[int, Chair]) -> list[int]:
        return able_in(chairs, chair, self.subject_ids, self.barred_ids)

    @property
    def active(self) -> Assignment | None:
        """Whose turn it is."""
        found: Assignment | None = self.assignments.active().select_related("user", "position").first()
        return found

    @property
    def ladder_level(self) -> LadderLevel | None:
        """The level at which it stands."""
        return LadderLevel.objects.filter(number=self.level).first()

    def _move_to(self, stage: Stage) -> None:
        if stage not in MOVES[Stage(self.stage)]:
            raise NotPossible(
                _("A complaint that is “%(now)s” cannot become “%(next)s”.")
                % {"now": self.get_stage_display(), "next": stage.label}
            )
        self.stage = stage

    def _must_still_be_for(self, by: Any, verb: str) -> None:
        """The page asked before the lock was taken; having the complaint is the right, so ask the fresh row again."""
        if by.kind != by.Kind.SYSTEM and not may(by, verb, self):
            raise NotAllowed(_("This complaint is not yours now."))

    def _must_be_investigated(self) -> None:
        if self.stage != Stage.INVESTIGATION:
            raise NotPossible(_("This complaint is not being investigated now."))

    def _give_to(self, chair: Chair, *, by: Any) -> Assignment:
        """A new investigator at the level of this chair, with a fresh promise; whoever had it before loses it."""
        holder = self._able(chair, chairs_now())[0]
        level = LadderLevel.objects.filter(held_by=chair.level).first()
        self._end_assignment()
        self.level = level.number if level else self.level + 1
        self.is_extended, self.finding, self.window_until = False, "", None
        made: Assignment = self.assignments.create(
            user_id=holder, position_id=chair.pk, role=Assignment.Role.INVESTIGATOR, level=self.level
        )
        self.case.entrust(by=by, to=User.objects.get(pk=holder))
        self._promise(level, by=by)
        return made

    def _end_assignment(self) -> None:
        self.assignments.active().update(until_at=timezone.now())

    def _promise(self, level: LadderLevel | None, *, by: Any, longer: int = 0) -> None:
        amount, unit = (level.answer_amount, level.answer_unit) if level else (10, "business_days")
        acknowledge = (level.acknowledge_amount if level else 2) if not longer else 0
        promises = [("answer", amount + longer, unit)]
        if acknowledge:
            promises.append(("acknowledge", acknowledge, "business_days"))
        self.case.promise(by=by, promises=promises)

    def _promise_step(self, step: str, amount: int, unit: str, *, by: Any) -> None:
        """The clock of what comes next where nothing is promised to be answered: no open complaint is without one."""
        self.case.promise(by=by, promises=[("step", amount, unit)], step=step, label=STEPS[step])

    def _go_outside(self, *, by: Any) -> None:
        outside = LadderLevel.objects.filter(held_by="").order_by("-number").first()
        self._move_to(Stage.OUTSIDE)
        self._end_assignment()
        self.level = outside.number if outside else self.level
        self.window_until = None
        if not self.case.is_closed:
            self.case.settle(by=by, outcome="unable")
        self._close_accesses()

    def _close_accesses(self) -> None:
        now = timezone.now()
        self.case.accesses.filter(until=None).update(until=now)

    def _say(self, way: str, words: str, *, by: Any, subject: Any = None) -> Any:
        """Seal what was said, and keep that it was."""
        name = door.put(self.safe, f"said-{way}", words, by=by)
        return self.exchanges.create(way=way, name=name, level=self.level, subject=subject, by=by)
