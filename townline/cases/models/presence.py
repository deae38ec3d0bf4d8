"""Who has a case open just now, and who is writing."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

LASTS = timedelta(seconds=45)
"""Three questions of the page: whoever has not been heard of for so long has gone."""


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Presences as the others on a case would ask for them."""

    def of_others(self, user: Any) -> "PresenceQuerySet":
        """Everybody but this person who was heard of just now."""
        return self.filter(at__gt=timezone.now() - LASTS).exclude(user=user)

    def gone(self) -> "PresenceQuerySet":
        """Not heard of any more."""
        return self.filter(at__lte=timezone.now() - LASTS)


class Presence(models.Model):
    """One person at one case: their page says every few seconds that it is open.

    It is nobody's record: nothing is kept of it once the page is closed.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="presences", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_writing = models.BooleanField(default=False)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="once_at_a_case")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.case_id}"

    @classmethod
    def heard_of(cls, case: Any, *, by: Any, is_writing: bool) -> None:
        """Their page is open, just now."""
        now = {"at": timezone.now(), "is_writing": is_writing}
        cls.objects.update_or_create(case=case, user=by, defaults=now)

    @classmethod
    def another_at_each(cls, user: Any) -> models.Subquery:
        """For the rows of a list: the name of one other person at each case, in the list's own query."""
        here = cls.objects.of_others(user).filter(case=models.OuterRef("pk")).order_by()
        return models.Subquery(here.values("user__name")[:1])
