"""Files of one's own formal complaint: adding evidence later, and saving what one gave."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from townline.accounts.models import User
from townline.complaints.evidence import opened_file, taken_in
from townline.complaints.keeper import OWN
from townline.complaints.models import Complaint, OutsideOffice, Package
from townline.complaints.own import complainant_of
from townline.core.access import fetch
from townline.core.refusals import NotPossible
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


@require_POST
def ask_for_package(request: HttpRequest, reference: str) -> HttpResponse:
    """Have one's own copy of the whole file made."""
    own_complaint(request, "ask_for_package", reference).ask_for_package(by=User.objects.system())
    messages.success(request, _("Your package is being made. Come back to this page in a few minutes."))
    return redirect("portal:follow_complaint", reference=reference)


@never_cache
def package(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """One's own copy, to be saved."""
    complaint = own_complaint(request, "track", reference)
    if not complaint.packages.filter(name=name, variant=Package.Variant.OWN, sealed_at__isnull=False).exists():
        raise Http404
    return opened_file(complaint, name, by=User.objects.system(), purpose=OWN)


@require_POST
def consent(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree that the municipality gives the whole file to the office outside."""
    complaint = own_complaint(request, "disclose", reference)
    office = OutsideOffice.objects.on(timezone.localdate())
    if office is None or not complaint.is_final_inside:
        raise NotPossible(_("The package is made when the last level within the municipality has decided."))
    given = [one for one in complaint.disclosures.all() if one.is_consent_in_force and one.holds_for("file")]
    if not given:
        complaint.disclose(by=User.objects.system(), ground="consent", what="file", to_whom=str(office.name))
    messages.success(request, _("Your consent is recorded. You can take it back here at any time."))
    return redirect("portal:follow_complaint", reference=reference)


@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the consent back: from now on nothing more is given on it."""
    complaint = own_complaint(request, "withdraw_consent", reference)
    for one in complaint.disclosures.filter(ground="consent", what="file", withdrawn_at=None):
        complaint.withdraw_consent(by=User.objects.system(), disclosure=one)
    messages.success(request, _("Your consent is taken back. What was given before stays with who received it."))
    return redirect("portal:follow_complaint", reference=reference)
