"""A file that somebody brought: what is known of it, and how its scan stands."""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.documents import clamd, store
from townline.documents.reading import FileRefused, Found, read, too_large_in_words
from townline.timeline.models import Recorded

LONGEST_DESCRIPTION = 200
SAFE_NAME = str.maketrans(dict.fromkeys((*range(32), 127)))


class Attachment(Recorded):
    """One photo or document, in one file of its own, that is never shared between records.

    Pictures are written anew by us, so what is kept is never the file that came:
    `sha256` and `size` are of what lies on the disk. Before that is done (for a
    large picture, in the worker) it is not ready, and nobody gets it.
    """

    class Kind(models.TextChoices):
        JPEG = "jpeg", "JPEG"
        PNG = "png", "PNG"
        WEBP = "webp", "WebP"
        HEIC = "heic", "HEIC"
        PDF = "pdf", "PDF"

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", _l("Not scanned for viruses")
        WAITING = "waiting", _l("Not yet scanned for viruses")
        CLEAN = "clean", _l("Scanned: no virus found")
        INFECTED = "infected", _l("A virus was found. Nobody can open it.")

    class Bringer(models.TextChoices):
        STAFF = "staff", _l("Staff")
        CUSTOMER = "customer", _l("Customer")

    key = models.CharField(max_length=43, unique=True, default=store.new_name, editable=False)
    file = models.CharField(max_length=43, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    kind = models.CharField(max_length=4, choices=Kind, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    original_name = models.CharField(max_length=255, blank=True)
    description = models.CharField(max_length=LONGEST_DESCRIPTION, blank=True)
    brought_by = models.CharField(max_length=8, choices=Bringer)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(default=timezone.now)
    is_ready = models.BooleanField(default=True)
    scan = models.CharField(max_length=11, choices=Scan, default=Scan.NOT_SCANNED)
    scan_found = models.CharField(max_length=200, blank=True, help_text="What the scanner calls it.")
    scanned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["scan", "id"], name="attachment_scan")]

    def __str__(self) -> str:
        return self.description or self.original_name or self.key

    @classmethod
    def bring(cls, upload: Any, *, by: Any, description: str = "") -> "Attachment":
        """Take in what somebody sends; raises `FileRefused` with the sentence when it cannot be taken.

        The file lies on the disk for good before the row is written. It belongs
        to nothing yet: what nobody attaches is removed a day later.
        """
        if upload.size > settings.LARGEST_FILE:
            raise FileRefused(too_large_in_words())
        found = read(upload.chunks(store.PART))
        staff = getattr(by, "is_employee", False)
        with transaction.atomic():
            made = cls(
                original_name=(upload.name or "").translate(SAFE_NAME)[:255],
                description=description.strip()[:LONGEST_DESCRIPTION],
                brought_by=cls.Bringer.STAFF if staff else cls.Bringer.CUSTOMER,
                by=by,
                scan=cls.Scan.WAITING if clamd.is_configured() else cls.Scan.NOT_SCANNED,
            )
            made._lies_at(found)
            made.save()
            made._queue_what_follows()
        return made

    @property
    def is_picture(self) -> bool:
        """Is it one that can be shown small?"""
        return self.kind != self.Kind.PDF

    @property
    def is_served(self) -> bool:
        """May anybody have it at all? Not before it is ready, and never what is infected."""
        return self.is_ready and self.scan != self.Scan.INFECTED

    @property
    def is_served_to_customers(self) -> bool:
        """What is not yet scanned is for staff only, where there is a scanner."""
        is_scanned = self.scan == self.Scan.CLEAN or not clamd.is_configured()
        return self.is_served and is_scanned

    @verb
    def prepare(self, *, by: Any, found: Found) -> None:
        """The large picture has been written anew; the file that came is swept a day later."""
        if self.is_ready:
            raise NotPossible(_("This file is ready already."))
        before = self.file
        self._lies_at(found)
        self.save()
        self.record("prepared", by=by, size=self.size)
        self._queue_what_follows()
        transaction.on_commit(lambda: store.retire(before))

    @verb
    def judge(self, *, by: Any, found: str) -> None:
        """The scanner has answered: `found` is the name of a virus, or nothing."""
        if self.scanned_at is not None:
            raise NotPossible(_("This file has been scanned already."))
        self.scan = self.Scan.INFECTED if found else self.Scan.CLEAN
        self.scan_found = found[:200]
        self.scanned_at = timezone.now()
        self.save()
        self.record("judged", by=by, scan=str(self.scan))

    def describe(self, words: str) -> None:
        """What it shows, in words, for whoever cannot see it; part of the verb of whatever holds it."""
        self.description = words.strip()[:LONGEST_DESCRIPTION]
        self.save(update_fields=["description"])

    def _lies_at(self, found: Found) -> None:
        self.file, self.kind, self.is_ready = found.name, self.Kind(found.kind), found.is_ready
        self.width, self.height, self.sha256, self.size = found.width, found.height, found.sha256, found.size

    def _queue_what_follows(self) -> None:
        from townline.documents.schedule import prepare, scan

        if not self.is_ready:
            prepare.enqueue(attachment_id=self.pk)
        elif clamd.is_configured():
            scan.enqueue(attachment_id=self.pk)
