"""Notices: what the public should know now or this season, and the cases that belong to each."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Case
from townline.core.localized import LocalizedField
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.notices.season import is_in_season
from townline.notices.wording import period
from townline.timeline.models import Recorded

WRITTEN = (
    "kind", "name", "text", "area", "streets", "services", "from_at", "until_at", "season_from", "season_until",
    "reason", "duration", "alternatives",
)  # fmt: skip
"""What whoever writes a notice decides."""
AHEAD = timedelta(days=14)
"""So long before it begins, the public can read of it."""


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices as a page asks for them."""

    def published(self) -> "NoticeQuerySet":
        """What the public may read at some time."""
        return self.filter(status=Notice.Status.PUBLISHED)

    def shown(self, now: datetime | None = None) -> list["Notice"]:
        """What is to be read now: what goes on or begins soon, disruptions first, then what began last."""
        now = now or timezone.now()
        rows = self.published().exclude(until_at__lte=now).exclude(from_at__gt=now + AHEAD)
        found = [one for one in rows.order_by("-from_at", "-id") if one.is_in_season(now)]
        return sorted(found, key=lambda one: list(Notice.Kind).index(Notice.Kind(one.kind)))


class Notice(Recorded):
    """Something the public should know now or this season: a broken watermain, leaf pickup, a counter that is closed.

    `services` are codes: it shows on their pages and gathers their cases. `streets`
    narrow these down; without any, it is about the whole municipality. A season comes
    round every year; anything else has a beginning, and mostly an end.
    """

    class Kind(models.TextChoices):
        DISRUPTION = "disruption", _l("A service is disrupted")
        EVENT = "event", _l("Something is happening")
        SEASON = "season", _l("Every year in its season")

    class Status(models.TextChoices):
        DRAFT = "draft", _l("Draft")
        PUBLISHED = "published", _l("Published")
        ENDED = "ended", _l("Ended")

    code = models.SlugField(unique=True, max_length=60)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.EVENT)
    name = LocalizedField()
    text = LocalizedField()
    area = LocalizedField(blank=True, help_text="Where, in words; empty for the whole municipality.")
    streets = models.JSONField(default=list, help_text="Streets and places by which a case is known to lie there.")
    services = models.JSONField(default=list, help_text="Codes of the services it is about.")
    from_at = models.DateTimeField(null=True, blank=True)
    until_at = models.DateTimeField(null=True, blank=True)
    season_from = models.CharField(max_length=5, blank=True, help_text="The first day of each year's season, 11-15.")
    season_until = models.CharField(max_length=5, blank=True)
    reason = LocalizedField(blank=True, help_text="Why a service is disrupted.")
    duration = LocalizedField(blank=True, help_text="How long it is expected to last.")
    alternatives = LocalizedField(blank=True, help_text="What can be used instead.")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    provenance = models.JSONField(default=dict)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_notice_ends_after_it_begins",
                condition=Q(until_at=None) | Q(from_at=None) | Q(until_at__gt=models.F("from_at")),
            ),
            models.CheckConstraint(
                name="a_notice_has_a_season_or_a_beginning",
                condition=Q(kind="season", season_from__gt="", season_until__gt="", from_at=None, until_at=None)
                | (~Q(kind="season") & Q(from_at__isnull=False, season_from="", season_until="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def tone(self) -> str:
        """How a page draws it."""
        return "info" if self.kind == self.Kind.SEASON else "warning"

    @property
    def period(self) -> str:
        """When it holds, in words."""
        return period(self)

    def is_in_season(self, now: datetime) -> bool:
        """Is it the time of year? Always, for what does not come round."""
        if self.kind != self.Kind.SEASON:
            return True
        return is_in_season(timezone.localtime(now).date(), self.season_from, self.season_until)

    def is_running(self, now: datetime) -> bool:
        """Does it hold at this moment?"""
        has_begun = self.from_at is None or self.from_at <= now
        is_over = self.until_at is not None and self.until_at <= now
        return self.status == self.Status.PUBLISHED and has_begun and not is_over and self.is_in_season(now)

    @verb
    def change(self, *, by: Any, seen: int, **written: Any) -> None:
        """Say it anew; refused when somebody else has since the writer began."""
        self._must_not_have_ended()
        if self.revision != seen:
            raise NotPossible(_("Somebody else has changed this notice while you were writing."))
        for name in WRITTEN:
            setattr(self, name, written.get(name, getattr(self, name)))
        if self.status == self.Status.PUBLISHED:
            self._must_be_complete()
        self.revision += 1
        self.save()
        self.record("changed", by=by, revision=self.revision)

    @verb
    def publish(self, *, by: Any) -> None:
        """Let the public read it, and gather what belongs to it."""
        if self.status == self.Status.PUBLISHED:
            raise NotPossible(_("This notice is published already."))
        self._must_be_complete()
        if self.until_at and self.until_at <= timezone.now():
            raise NotPossible(_("This notice ends in the past. Give it a later end first."))
        self.status = self.Status.PUBLISHED
        self.save()
        self.record("published", by=by)

    @verb
    def extend(self, *, by: Any, until_at: datetime) -> None:
        """Let it hold until another moment."""
        self._must_not_have_ended()
        if self.kind == self.Kind.SEASON:
            raise NotPossible(_("A season has its days. Change the notice instead."))
        if until_at <= max(timezone.now(), self.from_at or until_at):
            raise NotPossible(_("The new end must lie ahead, and after the beginning."))
        self.until_at = until_at
        self.revision += 1
        self.save()
        self.record("extended", by=by, until_at=until_at.isoformat())

    @verb
    def end(self, *, by: Any) -> None:
        """It is over: the public reads it no more, and it gathers nothing more."""
        if self.status != self.Status.PUBLISHED:
            raise NotPossible(_("This notice is not published."))
        self.status = self.Status.ENDED
        self.revision += 1
        self.save()
        self.record("ended", by=by)

    @verb
    def gather(self, *, by: Any, case: Case) -> None:
        """This case belongs to it; a second time changes nothing, and what staff took out only staff put back."""
        if case.is_confidential or case.is_closed:
            raise NotPossible(_("Only an open case can belong to a notice."))
        row, is_new = Gathered.objects.get_or_create(notice=self, case=case)
        is_back = row.is_out and by.is_employee
        if is_back:
            row.is_out = False
            row.save()
        if is_new or is_back:
            self.record("gathered", by=by, case=case.pk)

    @verb
    def release(self, *, by: Any, case: Case) -> None:
        """This case does not belong to it; it does not come back by itself."""
        row = Gathered.objects.filter(notice=self, case=case, is_out=False).first()
        if row is None:
            raise NotPossible(_("This case does not belong to the notice."))
        row.is_out = True
        row.save()
        self.record("released", by=by, case=case.pk)

    def _must_not_have_ended(self) -> None:
        if self.status == self.Status.ENDED:
            raise NotPossible(_("This notice has ended. Write a new one."))

    def _must_be_complete(self) -> None:
        both = [self.name, self.text, *([self.area] if self.area else [])]
        if self.kind == self.Kind.DISRUPTION:
            both += [self.reason, self.duration, self.alternatives]
        if not all(said.get("en") and said.get("fr") for said in both):
            raise NotPossible(
                _(
                    "The public reads a notice in English and in French, and of a disruption the reason, how long it "
                    "lasts and what can be used instead. Fill in what is missing first."
                )
            )


class Gathered(models.Model):
    """A case that belongs to a notice; `is_out` when somebody took it out again."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="gathered", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="gathered")
    is_out = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "case"], name="a_case_once_in_a_notice")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.case_id}"
