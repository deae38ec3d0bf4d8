"""Who looks after what is not the municipality's, or not a matter for the front desk, and how to reach them."""

from django.db import models

from townline.accounts.set_up import Retirable
from townline.core.localized import LocalizedField

FORMAL_COMPLAINT = "formal-complaint"
"""The code of the row that says how a formal complaint is filed."""


class Body(Retirable):
    """A body or an officer to whom some matters belong: the Integrity Commissioner, the courts, a utility.

    `matter` says what belongs there, `reach` how to get there, `say` what the
    customer is told. `is_door` ones stand on the portal beside the complaints.
    """

    code = models.SlugField(unique=True)
    name = LocalizedField()
    matter = LocalizedField(help_text="What belongs there.")
    reach = LocalizedField(help_text="How to reach it.")
    say = LocalizedField(help_text="What the customer is told.")
    is_door = models.BooleanField(default=False, help_text="Shown on the portal: what a complaint is not.")
    order = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    provenance = models.JSONField(default=dict)

    class Meta:
        ordering = ["order", "code"]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return str(self.name)
