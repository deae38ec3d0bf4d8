"""What comes to the door in no shape that anybody could have sent with our pages.

A body that is too large is turned away before it is read, with a page that
says so. Text with a NUL, which PostgreSQL cannot hold and no keyboard types,
loses it here, once for every form and every cookie.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict

from townline.core.faults import unreadable

NUL = "\x00"
SWALLOWED = 32 * 1024 * 1024
"""Read and thrown away, so that a browser listens to the answer; whoever sends more is cut off."""
CHUNK = 64 * 1024


class EntranceMiddleware:
    """The first to see a request, before its session is looked up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse what is too large, put right what is odd, pass on."""
        if request.path.startswith("//"):
            # In a link such an address would name another host.
            return HttpResponsePermanentRedirect("/" + request.get_full_path().lstrip("/"))
        if _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            _swallow(request)
            return unreadable(request, RequestDataTooBig())
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if NUL not in value}
        return self.get_response(request)


def without_nul(posted: QueryDict) -> QueryDict:
    """The same fields with the same values, but for each NUL."""
    if not any(NUL in text for name, values in posted.lists() for text in (name, *values)):
        return posted
    clean = QueryDict(mutable=True)
    for name, values in posted.lists():
        clean.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
    clean._mutable = False
    return clean


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 20 else 0


def _swallow(request: HttpRequest) -> None:
    left = min(_length(request), SWALLOWED)
    while left > 0 and (chunk := request.read(min(CHUNK, left))):
        left -= len(chunk)
