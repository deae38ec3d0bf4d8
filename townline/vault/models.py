"""Confidential content, each matter's under a key of its own.

Nothing but `door.py` touches these tables; a contract of the layers keeps it so.
"""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded


def new_name() -> str:
    """A name that says nothing."""
    return secrets.token_hex(16)


class Safe(Recorded):
    """What is confidential about one matter, under a key of its own.

    `kind` names the part that keeps it, which alone knows who may open it.
    `case_id` says whose timeline its openings belong to. Destroying the key
    destroys the content, in old backups too.
    """

    name = models.CharField(max_length=32, unique=True, default=new_name, editable=False)
    kind = models.CharField(max_length=20)
    case_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    key_name = models.CharField(max_length=20, blank=True, help_text="The installation key it is wrapped with.")
    wrapped_key = models.BinaryField(default=bytes)
    is_apart = models.BooleanField(default=False, help_text="Half of what wraps its key is not in the database.")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    shredded_at = models.DateTimeField(null=True, blank=True, editable=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @verb
    def shred(self, *, by: Any) -> None:
        """Destroy the key and what it sealed: nothing of it can be read again, by anybody."""
        if self.shredded_at:
            raise NotPossible(_("This was destroyed already."))
        self.key_name, self.wrapped_key = "", b""
        self.shredded_at = timezone.now()
        self.save()
        self.traces.all().delete()
        self.record("shredded", by=by)


class Secret(models.Model):
    """One sealed text: a field of a safe, as it was written at one moment.

    A later one of the same field goes before it.
    """

    safe = models.ForeignKey(Safe, on_delete=models.PROTECT, related_name="secrets")
    field = models.SlugField(max_length=40)
    name = models.CharField(max_length=32, unique=True, default=new_name, editable=False)
    sealed = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["safe", "field", "id"], name="secret_of_safe")]

    def __str__(self) -> str:
        return self.field


class SecretFile(models.Model):
    """One sealed file; its name is sealed too. The bytes lie in `var/vault/`, under a name that says nothing."""

    safe = models.ForeignKey(Safe, on_delete=models.PROTECT, related_name="files")
    field = models.SlugField(max_length=40)
    name = models.CharField(max_length=32, unique=True, default=new_name, editable=False)
    sealed_title = models.BinaryField()
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(
        max_length=64, help_text="Of the sealed bytes, so that they can be checked without the key."
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class Trace(models.Model):
    """A keyed digest of an address or account, by which its owner finds their own safe again."""

    safe = models.ForeignKey(Safe, on_delete=models.CASCADE, related_name="traces")
    kind = models.SlugField(max_length=10)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["digest"], name="trace_digest")]
        constraints = [models.UniqueConstraint(fields=["safe", "kind", "digest"], name="one_trace_each")]

    def __str__(self) -> str:
        return self.kind
