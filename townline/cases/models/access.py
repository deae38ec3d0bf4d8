"""Who may know of a confidential case: only who holds a live row here."""

from datetime import datetime

from django.conf import settings
from django.db import models


class CaseAccessQuerySet(models.QuerySet["CaseAccess"]):
    """Accesses that hold."""

    def live(self, now: datetime) -> "CaseAccessQuerySet":
        """Not yet ended."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=now))


class CaseAccess(models.Model):
    """One person's right to see one confidential case, until a moment or until it is withdrawn."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="accesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="case_accesses")
    until = models.DateTimeField(null=True, blank=True)

    objects = CaseAccessQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "case"], name="case_access_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.case_id}"
