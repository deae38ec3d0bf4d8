"""Who is on call: by department and week, in the order in which they are paged."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from townline.accounts.models import Department, User
from townline.cases.models.voices import managers_of, supervisors_of
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded

MOST = 10
"""So many people are on call in one week, one after the other."""


class Rota(Recorded):
    """The people of one department who are on call, week by week, and how soon the next is paged."""

    code = models.SlugField(unique=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="rotas")
    changes_on = models.PositiveSmallIntegerField(default=0, choices=WEEKDAYS, help_text="0 is Monday.")
    changes_at = models.CharField(max_length=5, default="08:30")
    climb_minutes = models.PositiveSmallIntegerField(default=15, help_text="So long a page waits for its answer.")
    rounds = models.PositiveSmallIntegerField(default=3, help_text="So often the whole list is paged.")
    is_active = models.BooleanField(default=True)
    provenance = models.JSONField(default=dict)

    class Meta:
        ordering = ["department__sort_key", "code"]

    def __str__(self) -> str:
        return str(self.department.name)

    def week_of(self, at: datetime) -> date:
        """The day on which the week of that moment began."""
        local = timezone.localtime(at)
        hour, minute = (int(part) for part in self.changes_at.split(":"))
        began = local.date() - timedelta(days=(local.weekday() - self.changes_on) % 7)
        if began == local.date() and local.time() < time(hour, minute):
            began -= timedelta(days=7)
        return began

    def begins(self, week_on: date) -> bool:
        """Is this a day on which a week of this rota begins?"""
        return week_on.weekday() == self.changes_on

    def asked_in_order(self, at: datetime) -> list[User]:
        """Whom to page, one after the other: who is on call, then who supervises, then who manages."""
        shifts = self.shifts.filter(week_on=self.week_of(at), user__is_active=True).select_related("user")
        on_call = [shift.user for shift in shifts.order_by("rank")]
        above = [*supervisors_of(self.department), *managers_of(self.department)]
        return list({user.pk: user for user in [*on_call, *above]}.values())

    @verb
    def roster(self, *, by: Any, week_on: date, people: Sequence[tuple[User, str]]) -> None:
        """Say who is on call in one week, in order, each with the number to call; what was said before goes."""
        if not self.begins(week_on):
            raise NotPossible(_("A week of this roster begins on another day of the week."))
        if week_on + timedelta(days=7) <= timezone.localdate():
            raise NotPossible(_("This week is over. What was, stays."))
        users = [user for user, _phone in people]
        if len({user.pk for user in users}) != len(users):
            raise NotPossible(_("Somebody is on the list twice."))
        if any(not user.is_employee or not user.is_active for user in users):
            raise NotPossible(_("Only staff who can sign in can be on call."))
        self.shifts.filter(week_on=week_on).delete()
        Shift.objects.bulk_create(
            Shift(rota=self, week_on=week_on, rank=rank, user=user, phone=phone)
            for rank, (user, phone) in enumerate(people[:MOST], start=1)
        )
        self.record("rostered", by=by, week=week_on.isoformat(), people=[user.pk for user in users])

    @verb
    def swap(self, *, by: Any, one: "Shift", other: "Shift") -> None:
        """Two people change places, in the same week or between two; their numbers go with them."""
        held = {shift.pk: shift for shift in self.shifts.filter(pk__in=(one.pk, other.pk))}
        if len(held) != 2:
            raise NotPossible(_("Choose two different places of this roster."))
        first, second = held[one.pk], held[other.pk]
        for shift, user in ((first, second.user_id), (second, first.user_id)):
            if shift.week_on + timedelta(days=7) <= timezone.localdate():
                raise NotPossible(_("This week is over. What was, stays."))
            twice = self.shifts.filter(week_on=shift.week_on, user=user).exclude(pk__in=held)
            if twice.exists():
                raise NotPossible(_("Somebody would be on call twice in one week."))
        places = [(first.week_on, first.rank), (second.week_on, second.rank)]
        users = [first.user_id, second.user_id]
        self.shifts.filter(pk=first.pk).delete()
        self.shifts.filter(pk=second.pk).update(week_on=places[0][0], rank=places[0][1])
        Shift.objects.create(rota=self, week_on=places[1][0], rank=places[1][1], user_id=users[0], phone=first.phone)
        self.record("swapped", by=by, weeks=[week.isoformat() for week, _rank in places], people=users)


class Shift(models.Model):
    """One person on call in one week; the first of the list is paged first."""

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="shifts", db_index=False)
    week_on = models.DateField(help_text="The day on which the week begins.")
    rank = models.PositiveSmallIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shifts")
    phone = models.CharField(max_length=40, blank=True, help_text="The number to call while they are on call.")

    class Meta:
        ordering = ["week_on", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["rota", "week_on", "rank"], name="one_person_per_place"),
            models.UniqueConstraint(fields=["rota", "week_on", "user"], name="on_call_once_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.week_on} {self.rank} {self.user_id}"
