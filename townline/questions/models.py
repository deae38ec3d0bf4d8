"""Published form definitions."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from townline.core.refusals import NotPossible
from townline.questions.definition import Definition


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    """Form versions as a clerk would ask for them."""

    def published(self, code: str) -> "FormVersion | None":
        """The newest version of a form that is out; None while there is none."""
        return self.filter(code=code, published_at__lte=timezone.now()).order_by("-version").first()


class FormVersion(models.Model):
    """One published version of a form definition. Frozen: a change is a new version.

    `definition` is the JSON of a `townline.questions.definition.Definition`.
    Drafts and open cases stay on the version they were asked with.
    """

    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(default=timezone.now)

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="form_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Publish. What was published is never written again."""
        if not self._state.adding:
            raise NotPossible(_("A published form does not change. Publish a new version."))
        super().save(*args, **kwargs)

    @cached_property
    def parsed(self) -> Definition:
        """The definition itself."""
        return Definition.model_validate(self.definition)
