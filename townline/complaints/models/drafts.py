"""A complaint that is still being written: sealed from its first word."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from townline.cases.models.drafts import new_token


class ComplaintDraft(models.Model):
    """What a complainant (or staff, for them) has written so far, in a safe of its own.

    It belongs to the browser that began it, is the key that makes the filing
    happen once, and is destroyed on filing or after 30 days.
    """

    KEPT = timedelta(days=30)

    token = models.CharField(max_length=32, unique=True, default=new_token)
    session_key = models.CharField(max_length=64, db_index=True)
    safe = models.OneToOneField("vault.Safe", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, default="en")
    done = models.JSONField(default=list, help_text="The pages that were completed.")
    began_at = models.DateTimeField(default=timezone.now, db_index=True)
    complaint = models.OneToOneField(
        "complaints.Complaint", null=True, blank=True, on_delete=models.PROTECT, related_name="draft"
    )

    def __str__(self) -> str:
        return self.token
