"""A refusal becomes its page, and nothing typed is lost with it."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from townline.core.entrance import NUL, without_nul
from townline.core.faults import typed
from townline.core.refusals import Refusal


class RefusalMiddleware:
    """Turns a `Refusal` raised by a view into its page: 403 or 409, with the sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; most of the work is in `process_exception`.

        An address that holds a NUL is nobody's: no text in the database can, and PostgreSQL fails when asked.
        From what was typed it is taken out.
        """
        if NUL in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        if request.method == "POST" and not request.path.startswith("/api/"):
            request.POST = without_nul(request.POST)  # type: ignore[assignment]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal, with what was typed, so that it can be used again."""
        if not isinstance(exception, Refusal):
            return None
        layout = "ui/desk.html" if request.path.startswith("/desk/") else "ui/portal.html"
        context = {"sentence": str(exception), "fields": typed(request), "layout": layout}
        return render(request, "ui/refusal.html", context, status=exception.status_code)
