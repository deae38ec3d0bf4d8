"""While files come in: what is too large is left out at once, and everything else on the page stays.

Django would keep a file of any size, and lose what was typed when the disk is
full. Here a file that is too large, or for which there is no room, is read past;
`left_out(request)` says which, and the form answers with a sentence.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler

from townline.documents.reading import WHY_NOT, too_large_in_words

MOST_FILES = 40
"""In one request; more are read past."""


def left_out(request: Any) -> list[tuple[str, str, str]]:
    """What was not kept while it came in: the field, the name of the file, and the sentence."""
    found: list[tuple[str, str, str]] = getattr(request, "files_left_out", [])
    return found


class LimitedUploads(FileUploadHandler):
    """Counts what comes in, before any other handler keeps it."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.count = getattr(self, "count", 0) + 1
        if self.count > MOST_FILES:
            leave_out(self, str(WHY_NOT["no_room"]))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass on, as long as the file is not too large."""
        if start + len(raw_data) > settings.LARGEST_FILE:
            leave_out(self, too_large_in_words())
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """It is kept by another handler."""


class SpooledUploads(TemporaryFileUploadHandler):
    """Django's own way for large files, that survives a full disk and leaves nothing there, whatever ends us."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file that has no name any more: it is gone when the request is, also when the process is killed."""
        super().new_file(*args, **kwargs)
        Path(self.file.temporary_file_path()).unlink()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write it down, or leave the file out."""
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            leave_out(self, str(WHY_NOT["no_room"]))


def leave_out(handler: Any, why: str) -> None:
    """Read past the file that is coming in now, and remember why."""
    handler.request.files_left_out = [*left_out(handler.request), (handler.field_name, handler.file_name, why)]
    raise SkipFile
