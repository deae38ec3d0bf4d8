"""How the municipality deals with formal complaints: data from its pack."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Position
from townline.catalogue.models import Standard
from townline.core.localized import LocalizedField


class Procedure(models.Model):
    """The municipality's procedure for formal complaints; one row.

    Until `is_ladder_adopted`, no level above the first is promised to anybody:
    a document that names one is missing, and the pack says so.
    """

    class Anonymous(models.TextChoices):
        REFUSE = "refuse", _l("Refused, with the ways that remain")
        ACCEPT = "accept", _l("Accepted")

    code = models.SlugField(unique=True)
    name = LocalizedField()
    policy = models.CharField(max_length=200, blank=True, help_text="The document it rests on.")
    anonymous = models.CharField(max_length=10, choices=Anonymous, default=Anonymous.REFUSE)
    is_ladder_adopted = models.BooleanField(default=False)
    window_days = models.PositiveIntegerField(default=30, help_text="Days in which the next level can be asked for.")
    intake = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    other_intake = models.ForeignKey(
        Position, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Opens what is about the intake’s own department.",
    )  # fmt: skip
    foi = models.ForeignKey(Position, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    provenance = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.name)


class LadderLevel(models.Model):
    """One level of the escalation ladder: who decides there, and by when.

    The last level of some ladders is an office outside the municipality; then
    `held_by` is empty and no time is promised.
    """

    code = models.SlugField(unique=True)
    number = models.PositiveSmallIntegerField(unique=True)
    title = LocalizedField()
    held_by = models.CharField(max_length=12, choices=Position.Level, blank=True)
    acknowledge_amount = models.PositiveIntegerField(default=2)
    answer_amount = models.PositiveIntegerField(default=10)
    answer_unit = models.CharField(max_length=15, choices=Standard.Unit, default=Standard.Unit.BUSINESS_DAYS)
    extension_amount = models.PositiveIntegerField(
        default=10, help_text="By how much one reasoned extension is longer."
    )
    provenance = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_outside(self) -> bool:
        """Is it an office outside the municipality?"""
        return not self.held_by


class OutsideOfficeQuerySet(models.QuerySet["OutsideOffice"]):
    """Offices by the day on which they hold."""

    def on(self, day: date) -> "OutsideOffice | None":
        """The office that holds on this day."""
        held = self.filter(models.Q(until_on=None) | models.Q(until_on__gte=day), from_on__lte=day)
        return held.order_by("-from_on").first()


class OutsideOffice(models.Model):
    """An office outside the municipality that a complainant can go to, from one day to another."""

    code = models.SlugField(unique=True)
    name = LocalizedField()
    about = LocalizedField(blank=True, help_text="What it does, and what it needs from the complainant.")
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    provenance = models.JSONField(default=dict)

    objects = OutsideOfficeQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.name)
