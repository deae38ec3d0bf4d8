"""Whether one of our own pages sent a request, as the browser says.

A browser names the page that a request comes from (`Sec-Fetch-Site`, `Origin`),
and no page can make it lie. So a form of ours that was opened before somebody
signed in, which changes the token, still arrives at the first press; a browser
that does not say it must show a fresh token, as ever.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Does the browser say that another website sent this? Old browsers say nothing."""
    origin = request.headers.get("Origin")
    if origin and origin != f"{request.scheme}://{request.get_host()}" and origin not in settings.CSRF_TRUSTED_ORIGINS:
        return True
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")


class CsrfMiddleware(CsrfViewMiddleware):
    """Lets through what one of our own pages sent, and asks everything else for its token."""

    def process_view(
        self, request: HttpRequest, callback: Callable[..., Any], callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseForbidden | None:
        """Believe the browser when it says “same origin”, unless it contradicts itself."""
        if request.headers.get("Sec-Fetch-Site") == "same-origin" and not is_from_elsewhere(request):
            request.csrf_processing_done = True  # type: ignore[attr-defined]
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)
