"""Macros: several steps on a case that are usually done together."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from townline.accounts.models import Department, Position
from townline.cases.models import Outcome
from townline.catalogue.models import Kind, Priority, Reason, Service
from townline.core.localized import LocalizedField
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.macros.running import perform
from townline.timeline.models import Recorded

WRITTEN = (
    "name", "about", "department", "service", "kind", "takes", "priority", "note", "message", "wait_reason",
    "wait_days", "position", "outcome", "closing",
)  # fmt: skip
"""What whoever writes a macro decides."""


class MacroQuerySet(models.QuerySet["Macro"]):
    """Macros as somebody at a case would ask for them."""

    def offered(self, case: Any) -> "MacroQuerySet":
        """In use, of everybody or of the case's department, for its service or kind or for any."""
        of_department = Q(department=None) | Q(department=case.department_id)
        fitting = Q(service=None, kind="") | Q(service=case.service_id) | Q(service=None, kind=case.kind)
        return self.filter(of_department, fitting, is_active=True)


class Macro(Recorded):
    """A named list of effects on a case, in this order: take, priority, note, message, assign, hold, close.

    It shows its effects before it runs, and runs wholly or not at all, through
    the ordinary verbs of whoever runs it. Templates are named by their code, so
    that the version in force is used.
    """

    code = models.SlugField(unique=True, max_length=60)
    name = LocalizedField()
    about = LocalizedField(blank=True, help_text="When to use it.")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="macros")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="macros")
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    takes = models.BooleanField(default=False, help_text="Whoever runs it becomes the assignee.")
    priority = models.CharField(max_length=10, choices=Priority, blank=True)
    note = models.SlugField(max_length=60, blank=True, help_text="The template of a note.")
    message = models.SlugField(max_length=60, blank=True, help_text="The template of a message.")
    position = models.ForeignKey(
        Position, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="The case is assigned to who holds this position.",
    )  # fmt: skip
    wait_reason = models.CharField(max_length=12, choices=Reason, blank=True)
    wait_days = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    closing = models.SlugField(max_length=60, blank=True, help_text="The template of the words at the end.")
    revision = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=True)
    provenance = models.JSONField(default=dict)

    objects = MacroQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_hold_has_reason_and_days",
                condition=Q(wait_reason="", wait_days=None) | Q(wait_reason__gt="", wait_days__gt=0),
            ),
            models.CheckConstraint(
                name="an_end_has_outcome_and_words",
                condition=Q(outcome="", closing="") | Q(outcome__gt="", closing__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @verb
    def run(self, *, by: Any, case: Any) -> None:
        """Do everything it names to this case, or nothing; the first refusal is the answer."""
        if not self.is_active:
            raise NotPossible(_("This macro is not in use any more."))
        perform(self, case, by)
        self.record("ran", by=by, case=case.pk)

    @verb
    def change(self, *, by: Any, seen: int, **written: Any) -> None:
        """Say anew what it does; refused when somebody else has since the writer began."""
        if self.revision != seen:
            raise NotPossible(_("Somebody else has changed this macro while you were writing."))
        for name in WRITTEN:
            setattr(self, name, written.get(name, getattr(self, name)))
        self.revision += 1
        self.save()
        self.record("changed", by=by, revision=self.revision)

    @verb
    def retire(self, *, by: Any) -> None:
        """Offer it no more."""
        if not self.is_active:
            raise NotPossible(_("This macro is not in use any more."))
        self.is_active = False
        self.save()
        self.record("retired", by=by)

    @verb
    def restore(self, *, by: Any) -> None:
        """Offer it again."""
        if self.is_active:
            raise NotPossible(_("This macro is in use."))
        self.is_active = True
        self.save()
        self.record("restored", by=by)
