"""A calendar as it was when something was promised by it."""

import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from townline.core.clock import OpeningHours

_read: dict[str, OpeningHours] = {}
"""Hours that were read once, by their digest: one and the same content is one and the same object."""
READ_AT_MOST = 500


class CalendarVersion(models.Model):
    """The hours and closures of a calendar at one time, written once and never changed.

    Whatever is promised points to one, so that a promise stays as it was given
    when the calendar changes, and can be worked out again at any time. A
    calendar that comes back to what it was comes back to the same version.
    """

    calendar = models.ForeignKey("accounts.Calendar", on_delete=models.PROTECT, related_name="versions")
    digest = models.CharField(max_length=64)
    hours = models.JSONField()
    closed_on = models.JSONField()
    zone = models.CharField(max_length=40)
    began_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "digest"], name="one_version_per_content")]

    def __str__(self) -> str:
        return f"{self.calendar_id} {self.digest[:8]}"

    @classmethod
    def of(cls, calendar: Any) -> "CalendarVersion":
        """The version that says what this calendar says now; made when there is none yet."""
        content = _content(calendar.hours, calendar.closures.order_by().values_list("on", flat=True))
        digest = sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        return cls.objects.get_or_create(calendar_id=calendar.pk, digest=digest, defaults=content)[0]

    @cached_property
    def opening_hours(self) -> OpeningHours:
        """As the business clock reckons with them."""
        known = _read.get(self.digest)
        if known is None:
            if len(_read) >= READ_AT_MOST:
                _read.clear()
            closed = (date.fromisoformat(on) for on in self.closed_on)
            known = _read[self.digest] = OpeningHours.from_json(self.hours, self.zone, closed)
        return known


def _content(hours: Any, closed_on: Iterable[date]) -> dict[str, Any]:
    days = sorted(on.isoformat() for on in closed_on)
    return {"hours": hours, "closed_on": days, "zone": timezone.get_default_timezone_name()}
