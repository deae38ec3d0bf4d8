"""The way into everything a clerk may change."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from townline.desk.setting_up import pages_for
from townline.setup.kinds import KINDS
from townline.setup.overview import last_changes, to_confirm


def setup(request: HttpRequest) -> HttpResponse:
    """The pages of the setup that this person may open; for whoever may open none, there is no such page."""
    pages = pages_for(request.user)  # type: ignore[arg-type]
    if not pages:
        raise Http404
    changes = [(one, KINDS[one.kind]) for one in last_changes(request.user)]
    context = {"pages": pages, "waiting": to_confirm(request.user), "changes": changes}
    return render(request, "desk/setup.html", context)
