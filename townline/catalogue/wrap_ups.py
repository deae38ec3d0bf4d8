"""How a contact that was answered at once is counted: a short list, two keys for each."""

from typing import Any

from django.db import models
from django.db.models import Q

from townline.accounts.models import Department
from townline.accounts.set_up import Retirable
from townline.catalogue.kinds import Kind
from townline.core.localized import LocalizedField

MOST = 40
"""So many can be learned by heart; a pack with more is refused."""


class WrapUpQuerySet(models.QuerySet["WrapUp"]):
    """Wrap-ups as a representative is offered them."""

    def offered(self) -> "WrapUpQuerySet":
        """In use, in the order of the list."""
        return self.filter(is_active=True).order_by("order", "keys")

    def for_service(self, service: Any) -> "WrapUpQuerySet":
        """Those for everything, and those of this service's kind or department."""
        of_kind = Q(kind="") | Q(kind=service.kind)
        return self.filter(of_kind, Q(department=None) | Q(department=service.department_id))


class WrapUp(Retirable):
    """What an answered contact was about, chosen with two keys; for everything, a kind of case, or a department."""

    code = models.SlugField(unique=True)
    keys = models.CharField(max_length=2, unique=True, help_text="The two keys that choose it.")
    name = LocalizedField()
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    provenance = models.JSONField(default=dict)

    objects = WrapUpQuerySet.as_manager()

    class Meta:
        ordering = ["order", "keys"]

    def __str__(self) -> str:
        return str(self.name)
