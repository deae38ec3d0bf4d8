"""Files that come with a form: good ones stay when the form comes back, and each that is refused says why."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from townline.documents.models import Attachment
from townline.documents.reading import FileRefused
from townline.documents.uploading import left_out
from townline.ui.labels import labelled

HELD, KEPT_FOR = "held", timedelta(hours=20)


class Brought:
    """What somebody sends with a form in its fields for files, and what they sent before with the same form.

    A file that was good is held while something else on the form is mended; its
    key travels in the form, and opens nothing but their own. What was `kept`
    with a draft of the form is there from the start, until its box is cleared.
    """

    def __init__(self, request: Any, *, by: Any, description: str = "", kept: Iterable[Attachment] = ()) -> None:
        self.request = request
        self.by = by
        self.description = description
        self.kept = list(kept)
        self.refused: list[tuple[str, str]] = [(name, why) for _field, name, why in left_out(request)]
        self.attachments = [*self._held, *self._new] if request.method == "POST" else self.kept

    @cached_property
    def _held(self) -> list[Attachment]:
        keys = self.request.POST.getlist(HELD)[:50]
        kept = [attachment for attachment in self.kept if attachment.key in keys]
        if not (others := set(keys) - {attachment.key for attachment in kept}):
            return kept
        since = timezone.now() - KEPT_FOR
        own = Attachment.objects.filter(key__in=others, by=self.by, brought_at__gt=since).order_by("id")
        return [*kept, *own]

    @cached_property
    def _new(self) -> list[Attachment]:
        uploads = [upload for name in self.request.FILES for upload in self.request.FILES.getlist(name)]
        attachments, refused = bring_all(uploads, by=self.by, description=self.description)
        self.refused += refused
        return attachments

    @property
    def sentences(self) -> list[str]:
        """For each file that was refused its name, and why."""
        return [labelled(name, why) for name, why in self.refused]


def bring_all(uploads: list[Any], *, by: Any, description: str = "") -> tuple[list[Attachment], list[tuple[str, str]]]:
    """The good ones, and for each of the others its name and why it was refused."""
    good, refused = [], []
    for upload in uploads:
        try:
            good.append(Attachment.bring(upload, by=by, description=description))
        except FileRefused as why:
            refused.append((upload.name, str(why)))
    return good, refused
