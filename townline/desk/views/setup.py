"""The way into everything a clerk may change."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from townline.desk.setting_up import pages_for


def setup(request: HttpRequest) -> HttpResponse:
    """The pages of the setup that this person may open; for whoever may open none, there is no such page."""
    pages = pages_for(request.user)  # type: ignore[arg-type]
    if not pages:
        raise Http404
    return render(request, "desk/setup.html", {"pages": pages})
