"""The link that confirms: a page with a button, and nothing is done until somebody presses it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from townline.cases.tracking import Tracker
from townline.doorstep.confirming import behind
from townline.doorstep.confirming import confirm as confirmed


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether they sent it; pressed, it is confirmed, and this browser may follow it."""
    found = behind(token)
    if found is None:
        return render(request, "portal/confirm.html", {"found": None}, status=404)
    if request.method != "POST":
        return render(request, "portal/confirm.html", {"found": found})
    case = confirmed(found)
    Tracker.admit(request.session, case.pk)
    request.session.cycle_key()
    messages.success(request, _("Thank you. Your e-mail address is confirmed."))
    return redirect("portal:track_case", reference=case.reference)
