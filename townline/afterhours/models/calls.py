"""Calls that came in after hours, and the pages that bring them to somebody."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.models import User
from townline.afterhours.models.rotas import Rota
from townline.afterhours.models.scripts import Script
from townline.cases.models import Case
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded


class CallQuerySet(models.QuerySet["Call"]):
    """Calls as they are asked for."""

    def unanswered(self, now: Any) -> "CallQuerySet":
        """Whose page has waited long enough for the next one."""
        return self.filter(next_at__lte=now)

    def to_take_over(self) -> "CallQuerySet":
        """What the morning has not taken over yet, oldest first."""
        return self.filter(taken_over_at=None).order_by("logged_at", "id")


class Call(Recorded):
    """One call taken while the municipality was closed: its case, and how it came to somebody's knowledge.

    `next_at` is when the next person is paged; it is empty when somebody has
    acknowledged, when it was never urgent, or when the whole list was paged as
    often as it is to be.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="calls")
    script = models.ForeignKey(Script, on_delete=models.PROTECT, related_name="calls")
    rota = models.ForeignKey(Rota, null=True, blank=True, on_delete=models.PROTECT, related_name="calls")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    logged_at = models.DateTimeField(default=timezone.now)
    is_urgent = models.BooleanField(default=False)
    pages_sent = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_over_at = models.DateTimeField(null=True, blank=True)
    taken_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CallQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["logged_by", "logged_at", "id"], name="call_logged_by"),
            models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="call_next"),
            models.Index(fields=["logged_at", "id"], condition=models.Q(taken_over_at=None), name="call_to_take_over"),
            models.Index(fields=["logged_at", "id"], name="call_logged"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.logged_at:%Y-%m-%d %H:%M}"

    @property
    def waits_for_answer(self) -> bool:
        """Is somebody being paged, and has nobody said yet that they have it?"""
        return self.is_urgent and self.acknowledged_at is None

    @property
    def is_unanswered(self) -> bool:
        """Was the whole list paged, in vain?"""
        return self.waits_for_answer and self.next_at is None

    @property
    def waited(self) -> timedelta | None:
        """How long it took until somebody had it."""
        return self.acknowledged_at - self.logged_at if self.acknowledged_at else None

    @verb
    def page(self, *, by: Any) -> None:
        """Page the first person on call; the list is climbed from here until somebody acknowledges."""
        if self.pages_sent:
            raise NotPossible(_("Somebody has been paged already."))
        self._page_next(by=by, first="paged")

    @verb
    def climb(self, *, by: Any) -> None:
        """Nobody answered in time: page the next one, and after the last begin again, as often as the rota says."""
        if self.next_at is None or self.next_at > timezone.now():
            raise NotPossible(_("This page still waits for its answer, or has one."))
        self._page_next(by=by, first="climbed")

    @verb
    def acknowledge(self, *, by: Any) -> None:
        """Somebody who is on call has it, and nobody else is paged."""
        if not self.is_urgent:
            raise NotPossible(_("Nobody was paged for this call."))
        if self.acknowledged_at:
            raise NotPossible(_("%(name)s has it already.") % {"name": self.acknowledged_by})
        self.acknowledged_at, self.acknowledged_by, self.next_at = timezone.now(), by, None
        self.save()
        self.record("acknowledged", by=by, pages=self.pages_sent, seconds=int(self._since().total_seconds()))

    @verb
    def take_over(self, *, by: Any) -> None:
        """The day has it: it leaves the handover list. Nobody is paged for it any more."""
        if self.taken_over_at:
            raise NotPossible(_("%(name)s took this over already.") % {"name": self.taken_over_by})
        self.taken_over_at, self.taken_over_by, self.next_at = timezone.now(), by, None
        self.save()
        self.record("taken_over", by=by, acknowledged=self.acknowledged_at is not None)

    def _since(self) -> timedelta:
        return timezone.now() - self.logged_at

    def _page_next(self, *, by: Any, first: str) -> None:
        assert self.rota is not None
        people = self.rota.asked_in_order(timezone.now())
        if self.pages_sent >= len(people) * self.rota.rounds:
            self.next_at = None
            self.save()
            self.record("unanswered", by=by, pages=self.pages_sent)
            return
        user = people[self.pages_sent % len(people)]
        self.pages_sent += 1
        self.next_at = timezone.now() + timedelta(minutes=self.rota.climb_minutes)
        self.save()
        page = Page.objects.create(call=self, number=self.pages_sent, user=user, phone=self._number_of(user))
        self.record(first, by=by, page=page.pk, to=user.pk, number=page.number)

    def _number_of(self, user: User) -> str:
        assert self.rota is not None
        shifts = self.rota.shifts.filter(week_on=self.rota.week_of(timezone.now()), user=user)
        return shifts.values_list("phone", flat=True).first() or ""


class Page(models.Model):
    """One person told of one call: by e-mail now, with the number shown to whoever wants to ring as well."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="pages", db_index=False)
    number = models.PositiveSmallIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="one_page_per_turn")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.number}"
