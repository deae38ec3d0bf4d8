"""Records classes: for how long what kind of record is kept, and what happens then; written by the pack."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from townline.cases.models import Case
from townline.catalogue.models import Kind
from townline.core.localized import LocalizedField
from townline.records.terms import Term


class RecordsClass(models.Model):
    """What is kept together: from which moment, how long, what then, and the by-law that says so.

    It is for some services, else for a kind of case, else for everything that
    no other class is for. Where no by-law is named, one year after the last use
    holds (R.R.O. 1990, Reg. 823, s. 5); a longer time is a proposal.
    """

    class About(models.TextChoices):
        CASES = "cases", _l("Cases")
        CONTACTS = "contacts", _l("Contacts that were answered at once")

    class Trigger(models.TextChoices):
        CLOSED = "closed", _l("The case was closed")
        YEAR_END = "year_end", _l("The end of the year in which the case was closed")
        LAST_USED = "last_used", _l("The last use")

    class Unit(models.TextChoices):
        MONTHS = "months", _l("months")
        YEARS = "years", _l("years")

    class Action(models.TextChoices):
        DESTROY = "destroy", _l("Personal information is destroyed")
        REVIEW = "review", _l("Somebody looks at it first")
        KEEP = "keep", _l("Kept for good")

    code = models.SlugField(unique=True)
    name = LocalizedField()
    about = models.CharField(max_length=8, choices=About, default=About.CASES)
    services = models.JSONField(default=list, help_text="Codes of the services it is for, before any kind.")
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    trigger = models.CharField(max_length=10, choices=Trigger, default=Trigger.CLOSED)
    amount = models.PositiveSmallIntegerField(default=1)
    unit = models.CharField(max_length=6, choices=Unit, default=Unit.YEARS)
    action = models.CharField(max_length=8, choices=Action, default=Action.DESTROY)
    bylaw = models.CharField(max_length=200, blank=True, help_text="The by-law that sets the period, with its number.")
    order = models.PositiveIntegerField(default=0)
    provenance = models.JSONField(default=dict)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def term(self) -> Term:
        """What the reckoning needs."""
        months = self.amount * (12 if self.unit == self.Unit.YEARS else 1)
        return Term(self.trigger, months, bool(self.bylaw))  # type: ignore[arg-type]

    @property
    def authority(self) -> str:
        """The by-law; where none is named, the regulation."""
        return self.bylaw or _("R.R.O. 1990, Reg. 823, s. 5 (no by-law is named)")

    @property
    def period(self) -> str:
        """“2 years after: The case was closed”, in words."""
        years = self.unit == self.Unit.YEARS
        said = (
            ngettext("%(count)s year", "%(count)s years", self.amount)
            if years
            else ngettext("%(count)s month", "%(count)s months", self.amount)
        )
        return said % {"count": self.amount}

    @property
    def is_about_contacts(self) -> bool:
        """Does it hold contacts without a case, which are counted from the day they were received?"""
        return self.about == self.About.CONTACTS


def class_of(service_code: str, kind: str, classes: list[RecordsClass]) -> RecordsClass | None:
    """The class that holds for a case: for its service, else for its kind, else the one for everything else."""
    of_cases = [one for one in classes if one.about == RecordsClass.About.CASES]
    for one in of_cases:
        if service_code in one.services:
            return one
    for one in of_cases:
        if one.kind and one.kind == kind and not one.services:
            return one
    return next((one for one in of_cases if not one.kind and not one.services), None)


def cases_of(chosen: RecordsClass, classes: list[RecordsClass]) -> "models.QuerySet[Any]":
    """The cases that a class holds for, in the words of the database."""
    rows = Case.objects.all()
    if chosen.services:
        return rows.filter(service__code__in=chosen.services)
    own = {code for one in classes for code in one.services}
    rows = rows.exclude(service__code__in=own) if own else rows
    if chosen.kind:
        return rows.filter(kind=chosen.kind)
    kinds = {one.kind for one in classes if one.kind and not one.services}
    return rows.filter(~Q(kind__in=kinds)) if kinds else rows
