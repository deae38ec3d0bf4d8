"""What a row of the setup said at one time, so that nothing a clerk wrote is ever lost."""

import json
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _l

from townline.setup.form_drafts import FormDraft, Sample

__all__ = ["Edition", "FormDraft", "Sample", "digest_of"]


def digest_of(written: dict[str, Any]) -> str:
    """A short mark of what a row says: the same words, the same mark."""
    return sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()[:16]


class Edition(models.Model):
    """What one row said from one moment on, in the words of the pack; written once and never changed.

    The first edition of a row is what it said before anybody changed it at the
    desk. `what` says how it came about, `fields` which values were new.
    """

    class What(models.TextChoices):
        FOUND = "found", _l("As it was before it was changed here")
        ADDED = "added", _l("Added")
        CHANGED = "changed", _l("Changed")
        CONFIRMED = "confirmed", _l("Confirmed")
        RETIRED = "retired", _l("Taken out of use")
        RESTORED = "restored", _l("Brought back into use")

    kind = models.CharField(max_length=40)
    code = models.SlugField(max_length=80)
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=10, choices=What)
    written = models.JSONField()
    digest = models.CharField(max_length=16)
    fields = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code", "number"], name="edition_of_a_row")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.number}"
