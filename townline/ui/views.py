"""The living styleguide: every component in every state, in both layouts and both languages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from townline.ui import examples

LAYOUTS = {"portal": "ui/portal.html", "desk": "ui/desk.html", "print": "ui/print.html"}
STATES = {
    "refusal": ("ui/refusal.html", 409),
    "again": ("ui/again.html", 403),
    "forbidden": ("403.html", 403),
    "missing": ("404.html", 404),
    "broken": ("500.html", 500),
    "away": ("503.html", 503),
    "bare": ("ui/gallery/bare.html", 200),
}


def _context(request: HttpRequest, layout: str) -> dict[str, Any]:
    if layout not in LAYOUTS:
        raise Http404
    return {**examples.frame(request, layout), "layout": LAYOUTS[layout]}


def components(request: HttpRequest, layout: str = "portal") -> HttpResponse:
    """Every component, in the frame of one layout."""
    with translation.override(examples.language(request)):
        context = _context(request, layout) | examples.everything()
        return render(request, f"ui/gallery/{layout}.html", context)


def page_state(request: HttpRequest, layout: str, state: str) -> HttpResponse:
    """One of the pages that appear when something is in the way."""
    if state not in STATES:
        raise Http404
    name, status = STATES[state]
    with translation.override(examples.language(request)):
        context = {} if state == "bare" else _context(request, layout) | examples.refused()
        return render(request, name, context, status=status)
