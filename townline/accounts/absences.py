"""Who is away, and who stands in: the days a colleague is not here, and the one who sees their work meanwhile."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.ui.moments import day

LONGEST = timedelta(days=2 * 366)
HERE = timedelta(minutes=15)
"""Whoever asked for a page of the desk within so long is present."""


class French(models.TextChoices):
    """How well somebody serves in French."""

    NONE = "", _l("Not in French")
    SOME = "some", _l("Can get by in French")
    FLUENT = "fluent", _l("Serves in French")


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences as they are asked for."""

    def on(self, on: date) -> "AbsenceQuerySet":
        """Those that cover this day."""
        return self.filter(from_on__lte=on, until_on__gte=on)

    def to_come(self) -> "AbsenceQuerySet":
        """Those of today and later, the nearest first."""
        return self.filter(until_on__gte=timezone.localdate()).select_related("cover").order_by("from_on", "pk")


class Absence(models.Model):
    """The days on which one member of staff is away, first and last included, and who covers for them.

    Meanwhile no new work is given to them by turn, and who covers sees and does
    theirs. Why somebody is away is nobody's business here.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField()
    cover = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="covers"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="absence_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.from_on} {self.until_on}"


class Away(models.Model):
    """What a member of staff says about when and how they are there."""

    if TYPE_CHECKING:
        absences: Any
        kind: Any
        is_active: Any
        departments: Any
        record: Any
        pk: Any

    seen_at = models.DateTimeField(null=True, editable=False)
    french = models.CharField(max_length=8, choices=French, blank=True, default=French.NONE)

    class Meta:
        abstract = True

    @verb
    def be_away(self, *, by: Any, from_on: date, until_on: date, cover: Any = None) -> Absence:
        """Be away from a day to a day, with a colleague who sees to the work meanwhile."""
        self._demand_days(from_on, until_on)
        if cover is not None:
            self._demand_cover(cover, from_on, until_on)
        found: Absence = self.absences.create(from_on=from_on, until_on=until_on, cover=cover)
        days = {"from": from_on.isoformat(), "until": until_on.isoformat()}
        self.record("away", by=by, absence=found.pk, cover=cover.pk if cover else None, **days)
        return found

    @verb
    def be_back(self, *, by: Any, absence: int) -> None:
        """End an absence today, or take back one that has not begun."""
        found = self.absences.filter(pk=absence, until_on__gte=timezone.localdate()).first()
        if found is None:
            raise NotPossible(_("This absence is over already."))
        yesterday = timezone.localdate() - timedelta(days=1)
        if found.from_on <= yesterday:
            found.until_on = yesterday
            found.save()
        else:
            found.delete()
        self.record("back", by=by, absence=absence)

    @verb
    def serve_in_french(self, *, by: Any, french: str) -> None:
        """Say how well they serve in French; cases in French come to those who do."""
        if self.french == french:
            raise NotPossible(_("That is what is noted already."))
        self.french = French(french)
        self.save()
        self.record("french_noted", by=by, french=self.french)

    def _demand_days(self, from_on: date, until_on: date) -> None:
        if until_on < from_on:
            raise NotPossible(_("The last day comes before the first."))
        if until_on < timezone.localdate():
            raise NotPossible(_("These days are over."))
        if until_on > timezone.localdate() + LONGEST:
            raise NotPossible(_("Absences are entered up to two years ahead."))
        if self.absences.filter(from_on__lte=until_on, until_on__gte=from_on).exists():
            raise NotPossible(_("Some of these days are entered already."))

    def _demand_cover(self, cover: Any, from_on: date, until_on: date) -> None:
        if cover.pk == self.pk:
            raise NotPossible(_("Nobody can cover for themselves."))
        shared = set(self.departments.values_list("pk", flat=True)) & set(cover.department_ids)
        if not cover.is_active or not shared:
            raise NotPossible(_("%(name)s does not work in the same department.") % {"name": cover})
        theirs = cover.absences.filter(from_on__lte=until_on, until_on__gte=from_on).first()
        if theirs:
            raise NotPossible(
                _("%(name)s is away then too, until %(day)s.") % {"name": cover, "day": day(theirs.until_on)}
            )
