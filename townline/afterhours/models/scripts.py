"""What the answering service asks and says, service by service."""

from typing import Any

from django.db import models

from townline.afterhours.models.rotas import Rota
from townline.catalogue.models import Service
from townline.core.localized import LocalizedField
from townline.core.verbs import verb
from townline.timeline.models import Recorded


class Script(Recorded):
    """The words for one service after hours: what makes it urgent, what to ask, and what to tell the caller.

    Without a `rota` nothing of this service is urgent: it is written down for the morning.
    """

    code = models.SlugField(unique=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="scripts")
    rota = models.ForeignKey(Rota, null=True, blank=True, on_delete=models.PROTECT, related_name="scripts")
    urgent_if = LocalizedField(blank=True, help_text="When somebody is to be paged.")
    ask = LocalizedField(help_text="What to ask.")
    say = LocalizedField(help_text="What to tell the caller when somebody is paged.")
    otherwise = LocalizedField(help_text="What to tell the caller when it waits for the morning.")
    order = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    provenance = models.JSONField(default=dict)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return str(self.service.name)

    @verb
    def change(self, *, by: Any, **written: Any) -> None:
        """Say it in other words, or page nobody for it any more."""
        for name, value in written.items():
            setattr(self, name, value)
        self.save()
        self.record("changed", by=by, fields=sorted(written))
