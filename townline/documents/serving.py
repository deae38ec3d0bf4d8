"""Giving a file out: as a download that cannot act in our name, and small pictures of our own making."""

from typing import Any, TypeVar

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from townline.core.refusals import NotPossible
from townline.documents import store
from townline.documents.decoder import Refused, kind_of
from townline.documents.models import Attachment

TYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
ENDINGS = {"jpeg": "jpg", "png": "png", "webp": "webp", "pdf": "pdf"}
SHUT = "sandbox; default-src 'none'"
Response = TypeVar("Response", bound=HttpResponseBase)


def download(attachment: Attachment, name: str, *, for_customer: bool = False) -> HttpResponseBase:
    """The file itself, to be saved under a name of ours: `CL-7K3M-9QXD-H-12.jpg`."""
    if attachment.scan == Attachment.Scan.INFECTED:
        raise NotPossible(str(Attachment.Scan.INFECTED.label))
    if not attachment.is_ready:
        raise NotPossible(_("It is still being prepared. It can be saved in a minute."))
    if for_customer and not attachment.is_served_to_customers:
        raise NotPossible(_("It is still being checked for viruses. Come back in a few minutes."))
    given = f"{name}-{attachment.pk}.{ENDINGS[attachment.kind]}"
    return _served(attachment.file, TYPES[attachment.kind], as_attachment=True, filename=given)


def small(attachment: Attachment, *, for_customer: bool = False) -> HttpResponseBase:
    """The small picture that we made of it, to be shown in a page."""
    is_kept_back = for_customer and not attachment.is_served_to_customers
    if attachment.scan == Attachment.Scan.INFECTED or not attachment.is_picture or is_kept_back:
        raise Http404
    return _served(attachment.file + store.SMALL, TYPES["jpeg"])


def given_out(content: bytes, kind: str, name: str) -> HttpResponse:
    """Bytes that lie on no disk of ours unsealed, to be saved under a name of ours."""
    ending = ENDINGS.get(kind, kind or "bin")
    response = HttpResponse(content, content_type=TYPES.get(kind, "application/octet-stream"))
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.{ending}") or ""
    return _shut(response)


def kind_of_content(content: bytes) -> str:
    """What its first bytes say it is; empty when it is nothing that we take or make."""
    if content.startswith(b"PK\x03\x04"):
        return "zip"
    try:
        return kind_of(content[:32])
    except Refused:
        return ""


def _served(name: str, kind: str, **how: Any) -> HttpResponseBase:
    try:
        file = store.path(name).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return _shut(FileResponse(file, content_type=kind, **how))


def _shut(response: Response) -> Response:
    """Whatever is in it, no browser runs it in our name, and nothing between us keeps it."""
    response["Content-Encoding"] = "identity"  # It is compressed already; nothing is to compress it again.
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SHUT
    response["Cache-Control"] = "private, no-store"
    return response
