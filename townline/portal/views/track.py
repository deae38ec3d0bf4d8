"""Following a case: by the link in our mail, by reference and proof, or signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from townline.cases.models import Case
from townline.cases.tracking import Tracker, case_of_token
from townline.core.access import fetch


def link(request: HttpRequest, token: str) -> HttpResponse:
    """Open the link in our mail: it starts a session and leaves the address bar."""
    case = Case.objects.filter(pk=case_of_token(token) or 0, is_confidential=False).first()
    if case is None:
        raise Http404
    Tracker.admit(request.session, case.pk)
    return redirect("portal:track_case", reference=case.reference)


def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the case stands, in words for the customer."""
    user = request.user if request.user.is_authenticated else Tracker.of(request.session)
    found = fetch(user, Case, "track", reference=reference)
    return render(request, "portal/track_case.html", {"case": found})
