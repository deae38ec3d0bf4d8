"""A refusal becomes its page, and nothing typed is lost with it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from townline.core.faults import typed
from townline.core.refusals import Refusal


class RefusalMiddleware:
    """Turns a `Refusal` raised by a view into its page: 403 or 409, with the sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the work is in `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal, with what was typed, so that it can be used again."""
        if not isinstance(exception, Refusal):
            return None
        layout = "ui/desk.html" if request.path.startswith("/desk/") else "ui/portal.html"
        context = {"sentence": str(exception), "fields": typed(request), "layout": layout}
        return render(request, "ui/refusal.html", context, status=exception.status_code)
