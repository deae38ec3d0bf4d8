"""Following a case: by the link in our mail, by reference and proof, or signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from townline.cases.models import Case
from townline.cases.tracking import Tracker, case_of_token, knows
from townline.core.access import fetch, visible
from townline.core.references import read
from townline.portal.forms import TrackForm
from townline.portal.story import story_of


def track(request: HttpRequest) -> HttpResponse:
    """Ask for a reference and a proof; a stranger learns nothing from the answer."""
    form = TrackForm(request.POST or None, initial={"reference": request.GET.get("reference", "")})
    if form.is_valid():
        reference = read(form.cleaned_data["reference"]) or ""
        known = Case.objects.select_related("contact_point__customer")
        case = known.filter(reference=reference, is_confidential=False).first()
        if knows(case, form.cleaned_data["proof"]) and case:
            Tracker.admit(request.session, case.pk)
            return redirect("portal:track_case", reference=case.reference)
        form.add_error(None, _("We find no request with this reference and this address. Check both, or call us."))
    return render(request, "portal/track.html", {"form": form})


def link(request: HttpRequest, token: str) -> HttpResponse:
    """Open the link in our mail: it starts a session and leaves the address bar."""
    case = Case.objects.filter(pk=case_of_token(token) or 0, is_confidential=False).first()
    if case is None:
        raise Http404
    Tracker.admit(request.session, case.pk)
    return redirect("portal:track_case", reference=case.reference)


def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the case stands, in words for the customer."""
    tracker = Tracker.of(request.session)
    asked = Case.objects.select_related("service", "department")
    is_tracked = visible(tracker, asked).filter(reference=reference).exists()
    who = tracker if is_tracked or not request.user.is_authenticated else request.user
    found = fetch(who, asked, "track", reference=reference)
    return render(request, "portal/track_case.html", {"case": found, **story_of(found)})
