"""Published form definitions."""

from django.db import models
from django.utils import timezone


class FormVersion(models.Model):
    """One published version of a form definition. Frozen: a change is a new version.

    `definition` is the JSON of a `townline.questions.definition.Definition`.
    Drafts and open cases stay on the version they were asked with.
    """

    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="form_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
