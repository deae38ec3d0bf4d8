"""Files of one's own formal complaint: adding evidence later, and saving what one gave."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from townline.accounts.models import User
from townline.complaints.evidence import opened_file, taken_in
from townline.complaints.keeper import OWN
from townline.complaints.models import Complaint
from townline.complaints.own import complainant_of
from townline.core.access import fetch
from townline.portal.complaint_forms import EvidenceForm


def own_complaint(request: HttpRequest, verb: str, reference: str) -> Complaint:
    """A complaint that this browser or account has proved to be its own; for every other there is none."""
    rows = Complaint.objects.select_related("case__department", "safe")
    return fetch(complainant_of(request), rows, verb, case__reference=reference)


@never_cache
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """Add photos or documents; the good ones are sealed at once, and each that is refused says why."""
    complaint = own_complaint(request, "attach", reference)
    form = EvidenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        good, refused = taken_in(request)
        if refused or not good:
            form.add_error("add_files", refused or _("Choose at least one file."))
        if good:
            complaint.attach(by=User.objects.system(), files=good)
            messages.success(request, _("What you sent is sealed with your complaint."))
        if good and not refused:
            return redirect("portal:follow_complaint", reference=reference)
    return render(request, "portal/complaint/attach.html", {"complaint": complaint, "form": form})


@never_cache
def evidence(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """A photo or document that they gave, to be saved."""
    complaint = own_complaint(request, "track", reference)
    if not complaint.evidence.filter(name=name, is_from_complainant=True).exists():
        raise Http404
    return opened_file(complaint, name, by=User.objects.system(), purpose=OWN)


@never_cache
def letter(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """A letter to them, as PDF, to be saved."""
    complaint = own_complaint(request, "track", reference)
    if not complaint.letters.filter(name=name, sealed_at__isnull=False).exists():
        raise Http404
    return opened_file(complaint, name, by=User.objects.system(), purpose=OWN)
