"""A formal complaint: what may stand outside the vault of it, and how rows of them are asked for."""

import secrets
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Case
from townline.catalogue.models import Service
from townline.complaints.models.attaching import Attaching
from townline.complaints.models.deciding import Deciding
from townline.complaints.models.escalating import Escalating
from townline.complaints.models.hearing import Hearing
from townline.complaints.models.lettering import LettersBy
from townline.complaints.models.letting_in import LettingIn
from townline.complaints.models.packaging import Packaging
from townline.complaints.models.people import Assignment
from townline.complaints.models.relieving import Relieving
from townline.complaints.models.sending_on import SendingOn
from townline.complaints.models.states import Finding, Stage
from townline.timeline.models import Recorded

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_pseudonym() -> str:
    """“K7-402”: what everybody else calls the complainant; drawn by lot, so that it says nothing."""
    return f"{secrets.choice(LETTERS)}{secrets.randbelow(9) + 1}-{secrets.randbelow(900) + 100}"


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    """Complaints as those who lead or oversee them ask for them."""

    def of(self, user: Any) -> "ComplaintQuerySet":
        """Those that this person has now."""
        active = Assignment.objects.active().filter(user=user)
        return self.filter(pk__in=active.values("complaint_id"))

    def for_rows(self) -> "ComplaintQuerySet":
        """With what a row shows."""
        return self.select_related("case", "about_service")


class Complaint(SendingOn, Hearing, Attaching, Deciding, Escalating, Relieving, LettingIn, Packaging, Recorded):
    """A formal complaint: dissatisfaction with staff, a service, a program or a facility, in writing and with a name.

    It *has* a case, which is confidential and holds nothing of the complainant.
    Name, contact points, narrative, evidence and letters lie in its safe. What
    stands here are choices and dates, by which it can be led and counted.
    """

    class About(models.TextChoices):
        STAFF = "staff", _l("Staff")
        SERVICE = "service", _l("A service")
        PROGRAM = "program", _l("A program")
        FACILITY = "facility", _l("A facility")

    class Manner(models.TextChoices):
        RUDE = "rude", _l("Rude")
        UNHELPFUL = "unhelpful", _l("Unhelpful")
        DISMISSIVE = "dismissive", _l("Dismissive")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="complaint")
    safe = models.OneToOneField("vault.Safe", on_delete=models.PROTECT, related_name="+")
    came_from = models.OneToOneField(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="The plain case that it was before; all its words are sealed here.",
    )  # fmt: skip
    pseudonym = models.CharField(max_length=8, unique=True, default=new_pseudonym, editable=False)
    about = models.CharField(max_length=10, choices=About)
    about_service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    manner = models.JSONField(default=list, help_text="Of the staff: rude, unhelpful, dismissive.")
    stage = models.CharField(max_length=15, choices=Stage, default=Stage.INTAKE)
    level = models.PositiveSmallIntegerField(default=0)
    is_extended = models.BooleanField(default=False)
    finding = models.CharField(max_length=15, choices=Finding, blank=True)
    window_until = models.DateField(null=True, blank=True)
    is_anonymous = models.BooleanField(default=False)
    read_back_at = models.DateTimeField(
        null=True, blank=True, help_text="When staff read it back and had it confirmed."
    )
    notice_shown_at = models.DateTimeField(default=timezone.now)
    has_email = models.BooleanField(default=False)
    letters_by = models.CharField(max_length=5, choices=LettersBy, default=LettersBy.HERE)
    is_bilingual = models.BooleanField(default=False, help_text="Letters in English and in French.")

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="decided_means_found", condition=~Q(stage="decided") | Q(finding__gt=""))
        ]

    def __str__(self) -> str:
        return f"{self.case.reference} {self.pseudonym}"

    def get_absolute_url(self) -> str:
        """Its page at the desk."""
        return reverse("complaints:detail", args=[self.case.reference])
