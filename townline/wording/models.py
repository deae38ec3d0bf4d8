"""The words that a municipality has ready: templates, each version of them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Department
from townline.catalogue.models import Kind, Service
from townline.catalogue.outcomes import Outcome
from townline.core.localized import LocalizedField
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.timeline.models import Recorded

WRITTEN = ("use", "name", "text", "department", "service", "kind", "outcome", "review_on")
"""What whoever writes a template decides."""


class TemplateQuerySet(models.QuerySet["Template"]):
    """Templates as somebody who writes would ask for them."""

    def current(self) -> "TemplateQuerySet":
        """The version in force of each, retired ones too."""
        return self.filter(is_current=True)

    def offered(self, uses: Iterable[str], departments: Iterable[int]) -> "TemplateQuerySet":
        """In force, for one of these uses, owned by everybody or by one of these departments."""
        owned = models.Q(department=None) | models.Q(department__in=list(departments))
        return self.current().filter(owned, is_active=True, use__in=list(uses))


class Template(Recorded):
    """Words that are ready to be used on a case, in one of their versions.

    A change is a new version; the one that a message was written with is kept
    with it. It is owned by a department, or by everybody when it names none.
    Service, kind and outcome say where it is suggested, not where it may be used.
    """

    class Use(models.TextChoices):
        MESSAGE = "message", _l("Message to the customer")
        CLOSING = "closing", _l("Words for the customer at the end")
        NOTE = "note", _l("Note for staff")

    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    use = models.CharField(max_length=10, choices=Use, default=Use.MESSAGE)
    name = LocalizedField(help_text="What it is called in the list.")
    text = LocalizedField(help_text="The words, with placeholders in braces.")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="templates"
    )
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="templates")
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    review_on = models.DateField(null=True, blank=True, help_text="When somebody should read it again.")
    is_current = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Nobody, when it came with the pack.",
    )  # fmt: skip
    written_at = models.DateTimeField(default=timezone.now)
    provenance = models.JSONField(default=dict)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="template_version"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(is_current=True), name="one_current_version_of_a_template"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def must_be_reviewed(self) -> bool:
        """Has its day come?"""
        return self.review_on is not None and self.review_on <= timezone.localdate()

    @verb
    def change(self, *, by: Any, seen: int, **written: Any) -> "Template":
        """Put a new version in force; refused when another one came into force since the writer began."""
        if not self.is_current or self.version != seen:
            raise NotPossible(_("Somebody else has changed this template while you were writing."))
        self.is_current = False
        self.save()
        new = Template.objects.create(
            **{name: getattr(self, name) for name in ("code", *WRITTEN, "is_active", "provenance")} | written,
            version=self.version + 1,
            written_by=by,
        )
        self.record("changed", by=by, version=new.version, became=new.pk)
        return new

    @verb
    def retire(self, *, by: Any) -> None:
        """Offer it no more; it stays for the messages that were written with it."""
        if not self.is_active:
            raise NotPossible(_("This template is retired already."))
        self.is_active = False
        self.save()
        self.record("retired", by=by)

    @verb
    def restore(self, *, by: Any) -> None:
        """Offer it again."""
        if self.is_active:
            raise NotPossible(_("This template is in use."))
        self.is_active = True
        self.save()
        self.record("restored", by=by)
