"""Photos and documents of one's own case: adding some, seeing and saving them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from townline.accounts.models import User
from townline.cases.models import Case, Enclosure
from townline.cases.tracking import Tracker
from townline.core.access import fetch, visible
from townline.core.refusals import NotAllowed
from townline.documents.bringing import Brought
from townline.documents.forms import AttachForm
from townline.documents.serving import download, small
from townline.portal.views.track import track_url


def follower(request: HttpRequest, reference: str) -> Any:
    """Who follows this case in this browser: whoever has proved to know it, else the account."""
    tracker = Tracker.of(request.session)
    is_tracked = visible(tracker, Case.objects.filter(reference=reference)).exists()
    return tracker if is_tracked or not request.user.is_authenticated else request.user


@never_cache
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """Send photos or documents for a case of one's own; whoever has not proved to know it is asked to."""
    try:
        cases = Case.objects.select_related("service")
        case = fetch(follower(request, reference), cases, "attach", reference=reference)
    except (Http404, NotAllowed):
        return redirect(track_url(reference))
    by = request.user if request.user.is_authenticated else User.objects.system()
    brought = Brought(request, by=by, description=request.POST.get("description", ""))
    form = AttachForm(request.POST if request.method == "POST" else None, brought=brought)
    if form.is_valid():
        case.attach(by=by, attachments=brought.attachments, is_shared=True)
        messages.success(request, _("Thank you. What you sent is with your request now."))
        return redirect("portal:track_case", reference=reference)
    return render(request, "portal/attach.html", {"case": case, "form": form})


@never_cache
def file(request: HttpRequest, reference: str, key: str) -> HttpResponseBase:
    """A photo or document of one's own case, to be saved."""
    return download(_enclosure(request, "download", reference, key).attachment, reference, for_customer=True)


@never_cache
def small_file(request: HttpRequest, reference: str, key: str) -> HttpResponseBase:
    """The small picture of a photo, for the page of the case."""
    return small(_enclosure(request, "read", reference, key).attachment, for_customer=True)


def _enclosure(request: HttpRequest, action: str, reference: str, key: str) -> Enclosure:
    files = Enclosure.objects.select_related("attachment")
    return fetch(follower(request, reference), files, action, case__reference=reference, attachment__key=key)
