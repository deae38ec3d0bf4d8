"""The register of privacy breaches: what happened, how bad it may be, and who was told."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded


class Breach(Recorded):
    """Personal information that was lost, stolen, or seen or used by somebody who should not have.

    The duties to assess, to report and to tell come with Bill 97 (2026), whose
    commencement for municipalities is to be verified; the register does not wait for it.
    """

    class Cause(models.TextChoices):
        MISSENT = "missent", _l("Sent to the wrong person")
        LOST = "lost", _l("Lost")
        STOLEN = "stolen", _l("Stolen")
        LOOKED = "looked", _l("Looked at without a need")
        ATTACKED = "attacked", _l("An attack on a system")
        PUBLISHED = "published", _l("Published by mistake")
        OTHER = "other", _l("Something else")

    class Holds(models.TextChoices):
        CONTACT = "contact", _l("Names and contact information")
        IDENTITY = "identity", _l("Identity documents or dates of birth")
        MONEY = "money", _l("Payment or account information")
        HEALTH = "health", _l("Health or disability")
        COMPLAINT = "complaint", _l("Who complained, or about whom")
        SIGN_IN = "sign_in", _l("Passwords or other ways to sign in")
        OTHER = "other", _l("Something else")

    class Degree(models.TextChoices):
        LOW = "low", _l("Low")
        MEDIUM = "medium", _l("Medium")
        HIGH = "high", _l("High")

    what = models.TextField(help_text="What happened; names nobody.")
    cause = models.CharField(max_length=10, choices=Cause)
    holds = models.JSONField(default=list)
    people = models.PositiveIntegerField(help_text="How many people it is about; an estimate at first.")
    discovered_on = models.DateField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    contained_on = models.DateField(null=True, blank=True)
    how_contained = models.TextField(blank=True)
    sensitivity = models.CharField(max_length=6, choices=Degree, blank=True)
    misuse = models.CharField(max_length=6, choices=Degree, blank=True)
    is_reduced = models.BooleanField(null=True, blank=True, help_text="Were steps taken that reduce the harm?")
    is_real_risk = models.BooleanField(null=True, blank=True)
    why_so = models.TextField(blank=True)
    assessed_on = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True, help_text="To the Information and Privacy Commissioner.")
    told_on = models.DateField(null=True, blank=True)
    how_told = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["discovered_on", "id"], name="breach_by_day")]
        constraints = [
            models.CheckConstraint(
                name="breach_assessed_whole",
                condition=Q(assessed_on=None) | Q(is_real_risk__isnull=False, why_so__gt=""),
            ),
            models.CheckConstraint(
                name="real_risk_is_reported_and_told",
                condition=Q(closed_on=None)
                | Q(is_real_risk=False)
                | Q(reported_on__isnull=False, told_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.discovered_on} {self.pk}"

    @property
    def kinds(self) -> list[Any]:
        """What kinds of information it is about, in words."""
        return [self.Holds(one).label for one in self.holds if one in self.Holds.values]

    @property
    def still_to_do(self) -> list[str]:
        """Which verbs must come before it can be closed, in their order."""
        needed = [("contain", self.contained_on is None), ("assess", self.assessed_on is None)]
        if self.is_real_risk:
            needed += [("report", self.reported_on is None), ("tell", self.told_on is None)]
        return [verb for verb, is_needed in needed if is_needed]

    @classmethod
    def register(
        cls, *, by: Any, what: str, cause: str, holds: Iterable[str], people: int, discovered_on: date
    ) -> "Breach":
        """Write it down as soon as it is known; the rest follows."""
        _demand_past(discovered_on)
        kinds = [cls.Holds(one).value for one in holds]
        made = cls.objects.create(
            what=what, cause=cls.Cause(cause), holds=kinds, people=people, discovered_on=discovered_on,
            registered_by=by,
        )  # fmt: skip
        made.record("registered", by=by, cause=made.cause, people=people, discovered=discovered_on.isoformat())
        return made

    @verb
    def contain(self, *, by: Any, on: date, how: str) -> None:
        """It goes no further from this day."""
        self._must_be_open()
        _demand_past(on)
        if on < self.discovered_on:
            raise NotPossible(_("It cannot have been contained before it was discovered."))
        self.contained_on, self.how_contained = on, how
        self.save()
        self.record("contained", by=by, on=on.isoformat())

    @verb
    def assess(self, *, by: Any, sensitivity: str, misuse: str, is_reduced: bool, is_real_risk: bool, why: str) -> None:
        """Say whether there is a real risk of significant harm, from what is known now; it can be assessed again."""
        self._must_be_open()
        self.sensitivity, self.misuse = self.Degree(sensitivity), self.Degree(misuse)
        self.is_reduced, self.is_real_risk, self.why_so = is_reduced, is_real_risk, why
        self.assessed_on = timezone.localdate()
        self.save()
        self.record("assessed", by=by, real_risk=is_real_risk, sensitivity=self.sensitivity, misuse=self.misuse)

    @verb
    def report(self, *, by: Any, on: date) -> None:
        """It was reported to the Information and Privacy Commissioner."""
        self._must_be_open()
        _demand_past(on)
        self.reported_on = on
        self.save()
        self.record("reported", by=by, on=on.isoformat())

    @verb
    def tell(self, *, by: Any, on: date, how: str) -> None:
        """The people it is about were told."""
        self._must_be_open()
        _demand_past(on)
        self.told_on, self.how_told = on, how
        self.save()
        self.record("told", by=by, on=on.isoformat())

    @verb
    def close(self, *, by: Any, remedy: str) -> None:
        """It is dealt with; say what was changed so that it does not happen again."""
        self._must_be_open()
        if self.still_to_do:
            raise NotPossible(_("Contain and assess it first; where the risk is real, report it and tell the people."))
        self.remedy, self.closed_on = remedy, timezone.localdate()
        self.save()
        self.record("closed", by=by)

    def _must_be_open(self) -> None:
        if self.closed_on:
            raise NotPossible(_("This breach is closed."))


def _demand_past(on: date) -> None:
    if on > timezone.localdate():
        raise NotPossible(_("It cannot have happened in the future."))
