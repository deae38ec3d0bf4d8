"""Who is complained about, who has the complaint, and who was let in besides."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Position

EMERGENCY = timedelta(minutes=30)
REVIEW = timedelta(days=7)


class Subject(models.Model):
    """A member of staff whom a complaint is about. They can never investigate, open or find it."""

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="subjects")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    heard_at = models.DateTimeField(null=True, blank=True, help_text="When the substance was put to them.")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "user"], name="one_subject_each")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.user_id}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments that hold."""

    def active(self) -> "AssignmentQuerySet":
        """Not ended."""
        return self.filter(until_at=None)


class Assignment(models.Model):
    """Somebody's turn with a complaint: at its intake, or as its investigator at one level. At most one is active."""

    class Role(models.TextChoices):
        INTAKE = "intake", _l("Intake")
        INVESTIGATOR = "investigator", _l("Investigator")

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role)
    level = models.PositiveSmallIntegerField(default=0)
    from_at = models.DateTimeField(default=timezone.now)
    until_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "until_at"], name="assignment_of_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=models.Q(until_at=None), name="one_active_assignment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.role} {self.level}"


def when_emergency_ends() -> Any:
    """Half an hour from now."""
    return timezone.now() + EMERGENCY


class EmergencyAccess(models.Model):
    """Opening a complaint without an assignment: a reason, half an hour, and a review within seven days."""

    class Reason(models.TextChoices):
        SAFETY = "safety", _l("Somebody is in danger")
        COURT = "court", _l("A court or tribunal demands it now")
        ABSENCE = "absence", _l("The investigator is away and a promise runs out")

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="emergencies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.TextField(help_text="Why it cannot wait; without names.")
    at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(default=when_emergency_ends)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    was_right = models.BooleanField(null=True)

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.at}"

    @property
    def is_review_late(self) -> bool:
        """Seven days have gone by, and nobody looked at it."""
        return self.reviewed_at is None and timezone.now() > self.at + REVIEW


class RecordedRequest(models.Model):
    """A request under MFIPPA that lets the FOI coordinator open the complaint, until it is answered."""

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, help_text="The number of the access request.")
    at = models.DateTimeField(default=timezone.now)
    until_on = models.DateField()

    def __str__(self) -> str:
        return self.number


class Offer(models.Model):
    """A complaint whose promise ran out, offered to whoever holds the next level: they may take it over."""

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="offers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(help_text="The level whose promise ran out.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "user", "level"], name="one_offer_each")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.level}"


class Disclosure(models.Model):
    """That personal information of a complaint was, or may be, given to somebody: to whom stands in the vault."""

    class Ground(models.TextChoices):
        CONSENT = "consent", _l("Written consent of the complainant")
        LAW = "law", _l("Required by law")
        OMBUDSMAN = "ombudsman", _l("Request of the Ombudsman")

    class What(models.TextChoices):
        IDENTITY = "identity", _l("Who complained")
        FILE = "file", _l("The whole file")
        LETTERS = "letters", _l("The decision letters")

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="disclosures")
    ground = models.CharField(max_length=10, choices=Ground)
    what = models.CharField(max_length=10, choices=What)
    until_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.ground} {self.what}"

    @property
    def is_consent_in_force(self) -> bool:
        """Can the complainant still take it back?"""
        return self.ground == self.Ground.CONSENT and self.withdrawn_at is None

    def holds_for(self, what: str) -> bool:
        """May this be given on it today?"""
        is_over = self.until_on is not None and self.until_on < timezone.localdate()
        return self.what == what and self.withdrawn_at is None and not is_over


class Exchange(models.Model):
    """That something was said in a complaint: between whom, and when. The words are sealed under `name`."""

    class Way(models.TextChoices):
        TO_COMPLAINANT = "to", _l("To the complainant")
        FROM_COMPLAINANT = "from", _l("From the complainant")
        TO_SUBJECT = "hear", _l("The substance, put to the person complained about")
        FROM_SUBJECT = "answer", _l("The answer of the person complained about")
        NOTE = "note", _l("Note of the investigator")

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="exchanges")
    way = models.CharField(max_length=8, choices=Way)
    name = models.CharField(max_length=32)
    level = models.PositiveSmallIntegerField()
    subject = models.ForeignKey(
        "complaints.Subject", null=True, blank=True, on_delete=models.PROTECT, related_name="exchanges"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.way}"
