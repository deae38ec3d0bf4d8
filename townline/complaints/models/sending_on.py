"""From the sealed intake to the one who investigates."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from townline.accounts.models import User
from townline.catalogue.models import Service
from townline.complaints.ladder import Chair, chairs_of, lowest_above, lowest_over
from townline.complaints.models.leading import Leading, chairs_now
from townline.complaints.models.people import Assignment
from townline.complaints.models.procedure import LadderLevel, Procedure
from townline.complaints.models.states import Stage
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class SendingOn(Leading):
    """Naming whom it is about, and sending it to the lowest level above them all."""

    class Meta:
        abstract = True

    @verb
    def open_intake(self, *, by: Any) -> None:
        """Put it before the intake that the procedure names, or before the other one when it is about the first."""
        procedure = Procedure.objects.select_related("intake", "other_intake", "foi").get()
        chairs = chairs_now()
        about = self.about_service.department_id if self.about_service else None
        own = procedure.intake.department_id == about and self.about == "staff"
        order = [procedure.other_intake, procedure.intake] if own else [procedure.intake, procedure.other_intake]
        for position in (one for one in order if one is not None and one.pk in chairs):
            able = self._able(chairs[position.pk], chairs)
            if able:
                break
        else:
            raise NotPossible(_("Nobody holds the position that opens formal complaints. Give it to somebody first."))
        self._end_assignment()
        self.assignments.create(user_id=able[0], position=position, role=Assignment.Role.INTAKE, level=0)
        self.case.entrust(by=by, to=User.objects.get(pk=able[0]))
        first = LadderLevel.objects.filter(number=1).first()
        self._promise_step("send-on", first.acknowledge_amount if first else 2, "business_days", by=by)
        self.record("opened_intake", by=by, position=position.pk)

    @verb
    def send_on(self, *, by: Any, subjects: Iterable[User] = (), about_service: Service | None = None) -> None:
        """Name the staff it is about, and send it to who must investigate; the intake loses it.

        Where nobody inside stands above them all, the complainant is shown the way to the office outside.
        """
        self._must_still_be_for(by, "send_on")
        if about_service is not None:
            self.about_service = about_service
        for user in subjects:
            self.subjects.get_or_create(user=user)
        if self.about == "staff" and not self.subject_ids and self.about_service is None:
            raise NotPossible(
                _("Name the staff it is about, or at least the service, so that it reaches the right level.")
            )
        chair = self._where_to()
        if chair is None:
            self._go_outside(by=by)
        else:
            self._move_to(Stage.INVESTIGATION)
            self._give_to(chair, by=by)
        self.save()
        self.record("sent_on", by=by, level=self.level, subjects=len(self.subject_ids))

    def _where_to(self) -> Chair | None:
        chairs, subjects = chairs_now(), self.subject_ids
        barred, seats = self.barred_ids, self._seats_of_those_who_left()
        has_a_place = seats or chairs_of(chairs, subjects)
        if has_a_place:
            found = lowest_above(chairs, subjects, seats=seats, barred=barred)
        else:
            found = lowest_over(chairs, self._department_it_is_about(), subjects, barred=barred)
        if not found and not has_a_place:
            raise NotPossible(_("No position above this department is held by anybody. Give one to somebody first."))
        return found[0] if found else None

    def _seats_of_those_who_left(self) -> list[int]:
        """The chairs that people it is about had when they left: it goes above those."""
        left = User.objects.filter(pk__in=self.subject_ids, is_active=False, position__isnull=False)
        return list(left.values_list("position", flat=True))

    def _department_it_is_about(self) -> int:
        """Of the service; else of the first person who belongs to one; else where complaints are filed."""
        if self.about_service:
            return int(self.about_service.department_id)
        departments = User.departments.through.objects.filter(user_id__in=self.subject_ids).order_by("pk")
        return int(departments.values_list("department", flat=True).first() or self.case.department_id)
