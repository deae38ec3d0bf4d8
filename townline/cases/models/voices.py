"""What customers say of the municipality: complaints by word of mouth, compliments and feedback."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import override

from townline.accounts.models import Counter, Department, Position, User
from townline.cases.models.moves import Moving
from townline.cases.models.states import Outcome, Status
from townline.catalogue.kinds import Kind
from townline.catalogue.models import Service
from townline.channels.models import Channel
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class FormalWish(models.Model):
    """The customer said that they want a verbal complaint made formal: when, and how they said so."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="formal_wish")
    said_on = models.DateField()
    channel = models.CharField(max_length=10, choices=Channel)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.said_on}"


class Passing(models.Model):
    """A compliment that was passed on: what it is about, and to whom it went."""

    class About(models.TextChoices):
        PERSON = "person", _l("A person")
        PROGRAM = "program", _l("A program")
        SERVICE = "service", _l("A service")
        FACILITY = "facility", _l("A facility")

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="passing")
    about = models.CharField(max_length=10, choices=About)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    facility = models.ForeignKey(Counter, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["at"], name="passing_at")]

    def __str__(self) -> str:
        return f"{self.get_about_display()} {self.at:%Y-%m-%d}"


class Reading(models.Model):
    """Feedback that somebody responsible has read."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="reading")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["at"], name="reading_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Voicing(Moving):
    """What is done with a complaint, a compliment and feedback."""

    class Meta:
        abstract = True

    @verb
    def bring_to_supervisor(self, *, by: Any, department: Department) -> None:
        """A verbal complaint goes to whoever holds the supervisor's position of that department.

        Where nobody or more than one holds it, it waits in the department's queue: nobody is guessed.
        """
        self._must_be(Kind.COMPLAINT)
        self._must_be_open()
        self._put_into_department(department)
        holders = [user for user in supervisors_of(department) if department.pk in user.department_ids]
        self.assignee = holders[0] if len(holders) == 1 else None
        if self.assignee and self.status == Status.NEW:
            self._move_to(Status.OPEN)
        self.save()
        self.record("brought_to_supervisor", by=by, department=department.pk, to=self.assignee_id)

    @verb
    def make_formal(self, *, by: Any, channel: str, said_on: date, words: str) -> FormalWish:
        """Note that the customer wants it to be a formal complaint, and tell them how one is filed.

        It stays the case it is; only the customer makes a complaint formal.
        """
        self._must_be(Kind.COMPLAINT)
        self._must_be_open()
        if said_on > timezone.localdate():
            raise NotPossible(_("It cannot have been said in the future."))
        if FormalWish.objects.filter(case_id=self.pk).exists():
            raise NotPossible(_("It is noted already that the customer wants a formal complaint."))
        wish = FormalWish.objects.create(case_id=self.pk, said_on=said_on, channel=channel, by=by)
        self.save()
        self.record("made_formal", by=by, channel=str(channel), said_on=said_on.isoformat())
        self._tell(by=by, text=words)
        return wish

    @verb
    def pass_on(
        self,
        *,
        by: Any,
        about: str,
        department: Department,
        person: User | None = None,
        service: Service | None = None,
        facility: Counter | None = None,
    ) -> Passing:
        """Bring a compliment to whom it is about and to the manager responsible, thank the customer, and close."""
        self._must_be(Kind.COMPLIMENT)
        self._must_be_open()
        if Passing.objects.filter(case_id=self.pk).exists():
            raise NotPossible(_("This compliment has been passed on already."))
        if person and (not person.is_employee or department.pk not in person.department_ids):
            raise NotPossible(_("%(name)s does not work in this department.") % {"name": person})
        passing = Passing.objects.create(
            case_id=self.pk,
            about=about,
            department=department,
            person=person,
            service=service,
            facility=facility,
            by=by,
        )
        with override(self.language):
            words = _("Thank you for your kind words. We have passed them on.")
        self.close(by=by, outcome=Outcome.DONE, words=words)
        self._put_into_department(department)
        self.save()
        self.record(
            "passed_on", by=by, passing=passing.pk, about=str(about), department=department.pk, person=passing.person_id
        )
        return passing

    @verb
    def read_feedback(self, *, by: Any) -> Reading:
        """Note that feedback has been read, thank the customer, and close; who wants an answer gets one instead."""
        self._must_be(Kind.FEEDBACK)
        if self.answers.get("wants_answer") == "yes":
            raise NotPossible(_("The customer would like an answer. Write to them, and then close the case."))
        reading = Reading(case_id=self.pk, department=self.department, by=by)
        with override(self.language):
            words = _("Thank you for your feedback. %(department)s has read it.") % {"department": self.department}
        self.close(by=by, outcome=Outcome.NO_ACTION, words=words)
        reading.save()
        self.record("feedback_read", by=by, department=self.department_id)
        return reading

    def _must_be(self, kind: Kind) -> None:
        if self.kind != kind:
            raise NotPossible(_("This is not for a case of the kind “%(kind)s”.") % {"kind": self.get_kind_display()})


def supervisors_of(department: Department) -> list[User]:
    """Who holds a supervisor's position in this department and works on cases."""
    return _holders(department, Position.Level.SUPERVISOR)


def managers_of(department: Department, person: User | None = None) -> list[User]:
    """Who is responsible: whom the person reports to, else who manages, supervises or directs the department."""
    above = person.position.reports_to if person and person.position else None
    while above is not None:
        if holders := list(User.objects.filter(position=above, is_active=True)):
            return holders
        above = above.reports_to
    for level in (Position.Level.MANAGER, Position.Level.SUPERVISOR, Position.Level.DIRECTOR):
        if found := _holders(department, level):
            return found
    return []


def _holders(department: Department, level: str) -> list[User]:
    holding = User.objects.filter(
        kind=User.Kind.STAFF, is_active=True, position__department=department, position__level=level
    )
    return [user for user in holding.order_by("pk") if user.holds("case.work")]
