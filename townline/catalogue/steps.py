"""What an officer does on the way to an outcome, as the municipality does it: data, never workflow."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _l

from townline.accounts.set_up import Retirable
from townline.catalogue.kinds import Kind, TimeUnit
from townline.core.localized import Localized, LocalizedField

DATE_IN_WORDS = "{date}"
"""Where the date of a step stands in the words for the customer."""


class StepQuerySet(models.QuerySet["Step"]):
    """Steps as a case asks for them."""

    def of(self, service: Any) -> "StepQuerySet":
        """Those in use for this service: its own, and those of its kind of case."""
        own = Q(service=service) | Q(service=None, kind=service.kind)
        return self.filter(own, is_active=True).order_by("order", "code")


class Step(Retirable):
    """One thing an officer does: a site visit, an order, a re-inspection.

    What a step asks is a list: each thing has a kind (note, date, amount,
    number or choice, each once), a label, whether it must be given, and for a date whether
    it lies ahead. `followed_by` says what usually comes next, `leads_to` what is
    then expected, within `amount` and `unit` of that step. None of it limits what
    may be done: an unusual order asks for a note, and the status of a case is its own.
    """

    class Ask(models.TextChoices):
        NOTE = "note", _l("Note")
        DATE = "on", _l("Date")
        AMOUNT = "amount", _l("Amount")
        NUMBER = "number", _l("Number")
        CHOICE = "choice", _l("Choice")

    code = models.SlugField(unique=True, max_length=60)
    name = LocalizedField()
    about = LocalizedField(blank=True, help_text="What it is, for staff.")
    service = models.ForeignKey(
        "catalogue.Service", null=True, blank=True, on_delete=models.CASCADE, related_name="steps"
    )
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    order = models.PositiveIntegerField(default=0)
    is_first = models.BooleanField(default=False, help_text="A case usually begins with it.")
    asks = models.JSONField(default=list, help_text="ask, label {en, fr}, is_required, when (ahead), options.")
    followed_by = models.JSONField(default=list, help_text="The codes of what usually comes next; any, when empty.")
    leads_to = models.CharField(max_length=60, blank=True, help_text="The code of what is expected next.")
    amount = models.PositiveIntegerField(null=True, blank=True, help_text="Its own time standard, once expected.")
    unit = models.CharField(max_length=15, choices=TimeUnit, blank=True)
    tells = LocalizedField(blank=True, help_text="What the customer is told, with {date}; nothing, when empty.")
    is_active = models.BooleanField(default=True)
    provenance = models.JSONField(default=dict)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                name="step_of_a_service_or_a_kind",
                condition=Q(service=None, kind__gt="") | Q(service__isnull=False, kind=""),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    def usually_follows(self, before: "Step | None") -> bool:
        """Is this what usually comes after that step, or first when there was none?"""
        if before is None:
            return self.is_first
        return not before.followed_by or self.code in before.followed_by

    def asked(self, ask: str) -> dict[str, Any] | None:
        """What is asked of this kind, if anything is."""
        return next((one for one in self.asks if one["ask"] == ask), None)

    def label_of(self, ask: str) -> str:
        """How the question for it reads, in the language of the page."""
        asked = self.asked(ask)
        return str(Localized(asked["label"])) if asked else ""

    def missing(self, given: Mapping[str, Any]) -> list[str]:
        """The labels of what must be given and is not."""
        return [self.label_of(one["ask"]) for one in self.asks if one.get("is_required") and not given.get(one["ask"])]

    def options(self) -> list[tuple[str, str]]:
        """What can be chosen, as code and label."""
        asked = self.asked(self.Ask.CHOICE) or {}
        return [(one["code"], str(Localized(one["label"]))) for one in asked.get("options", [])]
