"""A declared weather event: what is promised for winter then begins when it is declared over."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.core.localized import Localized, LocalizedField
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded


class WeatherQuerySet(models.QuerySet["Weather"]):
    """Weather events as they are asked for."""

    def running(self) -> "WeatherQuerySet":
        """Declared, and not declared over."""
        return self.filter(is_over=False)

    def covering(self, at: datetime) -> "WeatherQuerySet":
        """In force at a moment."""
        return self.filter(models.Q(ended_at=None) | models.Q(ended_at__gt=at), declared_at__lte=at)


class Weather(Recorded):
    """A significant weather event that staff declare, and declare over.

    What is promised by a winter standard meanwhile does not pause and go on:
    its time begins when the event is declared over. What was promised before
    stays. `words` are the municipality's own, for customers.
    """

    words = LocalizedField(help_text="What customers are told.")
    declared_at = models.DateTimeField(default=timezone.now)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    is_over = models.BooleanField(default=False)

    objects = WeatherQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_over"], condition=models.Q(is_over=False), name="one_running_weather"),
            models.CheckConstraint(
                name="over_when_ended",
                condition=models.Q(is_over=True, ended_at__isnull=False) | models.Q(is_over=False, ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declared_at} {self.ended_at or ''}".strip()

    @verb
    def reword(self, *, by: Any, words: Localized) -> None:
        """Tell customers something else while it lasts."""
        self._must_last()
        self.words = words
        self.save()
        self.record("reworded", by=by)

    @verb
    def end(self, *, by: Any) -> None:
        """Declare it over: the time of what was promised meanwhile begins now."""
        self._must_last()
        self.ended_at, self.is_over = max(timezone.now(), self.declared_at), True
        self.save()
        self.record("ended", by=by)

    def _must_last(self) -> None:
        if self.is_over:
            raise NotPossible(_("This weather event is over already."))


def covering(events: Iterable[Weather], at: datetime) -> Weather | None:
    """The event that was in force at a moment, of those read."""
    return next((one for one in events if one.declared_at <= at and (one.ended_at is None or at < one.ended_at)), None)
