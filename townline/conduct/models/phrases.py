"""Supportive language at hand: what staff can say when a conversation turns."""

from django.db import models

from townline.accounts.set_up import SetUp
from townline.core.localized import LocalizedField


class SupportivePhrase(SetUp):
    """Words that show care and help to calm (Amherstburg 4.11), with the moment they are for; written by the pack."""

    code = models.SlugField(unique=True)
    moment = LocalizedField(help_text="When it helps.")
    text = LocalizedField(help_text="What to say.")
    order = models.PositiveIntegerField(default=0)
    provenance = models.JSONField(default=dict)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return str(self.text)
