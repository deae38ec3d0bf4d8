"""What happened, in order: the events of every record."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from townline.timeline.reactions import enqueue_reactions


class Event(models.Model):
    """One thing that happened to one record. Written once, never changed.

    `details` holds ids, choices, dates and amounts; what people type is a Note
    or a Message. `happened_at` differs from `at` for letters and imports. The
    database itself refuses updates and deletions (see `triggers.py`).
    """

    name = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now, editable=False)
    happened_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "id"], name="event_case"),
            models.Index(fields=["subject_kind", "subject_id", "id"], name="event_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_kind} {self.subject_id}"


class Recorded(models.Model):
    """A record with a timeline."""

    class Meta:
        abstract = True

    def record(self, happened: str, *, by: Any, happened_at: datetime | None = None, **details: Any) -> Event:
        """Write the event and, in the same transaction, queue what reacts to it."""
        now = timezone.now()
        event = Event.objects.create(
            name=f"{self._meta.model_name}.{happened}",
            at=now,
            happened_at=happened_at or now,
            by=by,
            subject_kind=self._meta.model_name or "",
            subject_id=self.pk,
            case_id=self.pk if self._meta.model_name == "case" else getattr(self, "case_id", None),
            details=details,
        )
        enqueue_reactions(event)
        return event

    @property
    def events(self) -> models.QuerySet[Event]:
        """Everything that happened to this record, oldest first."""
        return Event.objects.filter(subject_kind=self._meta.model_name, subject_id=self.pk).order_by("id")
