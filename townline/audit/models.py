"""The proof of the events: a chain of hashes over them, and a signed checkpoint of it for each day."""

from django.db import models
from django.utils import timezone


class Link(models.Model):
    """One event, sealed into the chain; its `id` is its place, without gaps.

    No foreign key: that an event has gone is what the chain is to show. The
    database refuses to change or delete a link.
    """

    id = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.pk} {self.event_id}"


class Checkpoint(models.Model):
    """How the chain stood at the end of a day, signed; copies of it are kept outside the database."""

    on = models.DateField(unique=True)
    place = models.BigIntegerField(help_text="The last link of that day.")
    hash = models.CharField(max_length=64)
    key = models.CharField(max_length=64, help_text="The public key it is signed with, in hexadecimal.")
    signature = models.CharField(max_length=128)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.place}"

    @property
    def claim(self) -> bytes:
        """What is signed."""
        return f"townline checkpoint {self.on.isoformat()} {self.place} {self.hash}".encode()

    @property
    def line(self) -> str:
        """The checkpoint as a witness keeps it: one line."""
        return f"{self.on.isoformat()} {self.place} {self.hash} {self.key} {self.signature}"
