"""When something of ours fails: the page says so, and what was typed is still there.

A database that is away is a 503 with `Retry-After`; the page needs no database
itself. A form whose sign-in or token has expired comes back with a fresh token.
"""

import logging
import re
import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from townline.core.own_pages import is_from_elsewhere

log = logging.getLogger(__name__)
RETRY_AFTER = "15"
NOT_KEPT = re.compile(r"csrfmiddlewaretoken|code|.*password.*")
"""Fields that are never written into a page again: tokens and secrets."""


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, field by field, so that a page can give it back.

    What another website sent is not given back: nobody should send that with one press.
    """
    if request.method != "POST" or is_from_elsewhere(request):
        return []
    posted = request.POST
    kept = [name for name in posted if not NOT_KEPT.fullmatch(name)]
    return [(name, value) for name in kept for value in posted.getlist(name)]


def _is_database_away(error: BaseException | None) -> bool:
    return isinstance(error, OperationalError | InterfaceError)


def server_error(request: HttpRequest) -> HttpResponse:
    """The 500 page, or the 503 page when it is the database that does not answer."""
    error = sys.exc_info()[1]
    is_away = _is_database_away(error)
    status = 503 if is_away else 500
    if request.path.startswith("/api/"):
        title = "The database does not answer." if is_away else "Something went wrong here."
        response: HttpResponse = JsonResponse({"title": title, "status": status}, status=status)
    else:
        response = HttpResponse(_page(request, status), status=status)
    if is_away:
        log.error("The database does not answer: %s", type(error).__name__)
        response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, status: int) -> str:
    """Rendered without the request, so that nothing on it asks the database."""
    context: dict[str, Any] = {"fields": typed(request), "action": request.get_full_path()}
    if context["fields"]:
        context["csrf_token"] = get_token(request)
    return render_to_string(f"{status}.html", context)


def again(request: HttpRequest, reason: str = "", *, sign_in_url: str = "") -> HttpResponse:
    """A form whose token or sign-in has expired: give the text back, with a fresh token.

    With `sign_in_url`, the page leads there in another tab first.
    """
    context = {"fields": typed(request), "action": request.get_full_path(), "sign_in_url": sign_in_url}
    return render(request, "ui/again.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page, or none that they may know of; what was typed into one that was there comes back."""
    return render(request, "404.html", {"fields": typed(request)}, status=404)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent cannot be read: too large (413), or no form of ours (400); the page says what to do."""
    is_too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    status = 413 if is_too_large else 400
    if request.path.startswith("/api/"):
        title = "This is too large." if is_too_large else "This cannot be read."
        kind = "application/problem+json"
        response: HttpResponse = JsonResponse({"title": title, "status": status}, status=status, content_type=kind)
    else:
        page = render_to_string("400.html", {"is_too_large": is_too_large})
        response = HttpResponse(page, status=status)
    response["Cache-Control"] = "no-store"
    return response
