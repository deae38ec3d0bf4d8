"""Files on their way into a complaint, decoded in memory and scanned; and out again, as a download that cannot act."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from townline.complaints.models import Complaint, Given
from townline.complaints.models.attaching import MOST_FILES, most_files_in_words
from townline.core.refusals import NotPossible
from townline.documents import clamd
from townline.documents.models import SAFE_NAME
from townline.documents.passing import pass_through, virus_in
from townline.documents.reading import FileRefused, limits_in_words
from townline.documents.serving import given_out, kind_of_content
from townline.documents.store import PART
from townline.documents.uploading import left_out
from townline.ui.labels import labelled
from townline.vault import door

FIELD = "add_files"
LONGEST_TITLE = 120


def limits() -> str:
    """What may be given, said before it is."""
    return f"{most_files_in_words()} {limits_in_words()}"


def taken_in(request: Any, room: int = MOST_FILES) -> tuple[list[Given], list[str]]:
    """The good files that came with a form, as many as there is room for, and a sentence for each of the others."""
    uploads = request.FILES.getlist(FIELD)
    good: list[Given] = []
    refused = [labelled(name, why) for field, name, why in left_out(request) if field == FIELD]
    for upload in uploads[: max(room, 0)]:
        title = (upload.name or "").translate(SAFE_NAME)[-LONGEST_TITLE:] or _("File without a name")
        try:
            passed = pass_through(upload.chunks(PART))
        except FileRefused as why:
            refused.append(labelled(title, str(why)))
        else:
            good.append(Given(title, passed.kind, passed.content))
    refused += [labelled(upload.name or "", most_files_in_words()) for upload in uploads[max(room, 0) :]]
    return good, refused


def opened_file(complaint: Complaint, name: str, *, by: Any, purpose: str) -> HttpResponse:
    """One file of the complaint, to be saved; the opening is written down first. None of that name: not found.

    Where there is a scanner, nothing that somebody brought is given out before it has looked at it: while it
    does not answer, nothing is opened. Letters and packages are our own work, out of what was scanned.
    """
    is_ours = complaint.letters.filter(name=name).exists() or complaint.packages.filter(name=name).exists()
    if not is_ours and clamd.is_configured() and not clamd.answers():
        raise NotPossible(not_scanned_yet())
    found = door.reveal_files(complaint.safe, by=by, purpose=purpose, names=[name])
    if not found:
        raise Http404
    content = found[0].content
    if virus := "" if is_ours else _virus_in(content):
        raise NotPossible(_("A virus was found in it (%(name)s). Nobody can open it.") % {"name": virus})
    return given_out(content, kind_of_content(content), f"{complaint.case.reference}-{name[:6]}")


def not_scanned_yet() -> str:
    """Why a file cannot be given out at this moment."""
    return _(
        "Not scanned yet: the virus scanner does not answer just now. The file is safe. Try again in a few minutes."
    )


def _virus_in(content: bytes) -> str:
    try:
        return virus_in(content)
    except clamd.ScannerAway:
        raise NotPossible(not_scanned_yet()) from None
