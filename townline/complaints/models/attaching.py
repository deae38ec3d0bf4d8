"""Evidence: photos and documents with a complaint, sealed before anything of them is kept."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from townline.complaints.models.leading import Leading
from townline.complaints.models.states import Stage
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.vault import door

MOST_FILES = 10
"""In one filing, and at one time later."""
MOST_ALTOGETHER = 60
"""With one complaint; who has more is asked to send it by mail."""


class Given(NamedTuple):
    """A file that was decoded, written anew and scanned: what its giver calls it, its kind, its bytes."""

    title: str
    kind: str
    content: bytes


class Evidence(models.Model):
    """That a photo or document was given with a complaint. Its bytes and its title are sealed under `name`."""

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="evidence")
    name = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=4, help_text="jpeg, png, webp or pdf: what our decoder made of it.")
    size = models.PositiveBigIntegerField()
    level = models.PositiveSmallIntegerField()
    is_from_complainant = models.BooleanField(default=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.kind} {self.pk}"


class Attaching(Leading):
    """Adding evidence, from either side."""

    class Meta:
        abstract = True

    @verb
    def attach(self, *, by: Any, files: Iterable[Given], is_from_complainant: bool = True) -> None:
        """Seal photos and documents with the complaint, all of them or none; possible until it is closed."""
        self._must_still_be_for(by, "attach")
        files = list(files)
        if self.stage == Stage.CLOSED:
            raise NotPossible(_("This complaint is closed. You can still ask for the next level."))
        if not files:
            raise NotPossible(_("Choose at least one file."))
        if self.evidence.count() + len(files) > MOST_ALTOGETHER:
            raise NotPossible(most_altogether_in_words())
        for one in files:
            self.keep_evidence(one, by=by, is_from_complainant=is_from_complainant)
        self.record("attached", by=by, files=len(files), level=self.level, from_complainant=is_from_complainant)

    def keep_evidence(self, given: Given, *, by: Any, is_from_complainant: bool) -> Evidence:
        """Seal one file and its title; part of the verb that takes it in, and of filing."""
        made: Evidence = self.evidence.create(
            name=door.put_file(self.safe, "evidence", given.title, given.content, by=by), kind=given.kind,
            size=len(given.content), level=self.level, is_from_complainant=is_from_complainant, by=by,
        )  # fmt: skip
        return made


def most_altogether_in_words() -> str:
    """The sentence for more files than a complaint can hold."""
    return _("A complaint holds up to %(count)d files. Bring or mail us the rest.") % {"count": MOST_ALTOGETHER}


def most_files_in_words() -> str:
    """How many files may come at a time."""
    return ngettext("Up to %(count)d file.", "Up to %(count)d files.", MOST_FILES) % {"count": MOST_FILES}
