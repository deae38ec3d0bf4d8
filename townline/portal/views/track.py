"""Following a case: by the link in our mail, by reference and proof, or signed in."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from townline.accounts.models import Municipality
from townline.cases.models import Case
from townline.cases.tracking import Tracker, case_of_token, follows, knows
from townline.complaints.models import Complaint
from townline.complaints.own import admit, proves
from townline.portal import guessing
from townline.portal.forms import TrackForm
from townline.portal.views import follow
from townline.portal.views.say import shown, tracked
from townline.portal.waiting import let_in_to_waiting, what_waits


def prefix_of_references() -> str:
    """The letters that begin each of our references."""
    return Municipality.objects.values_list("prefix", flat=True).first() or "TL"


def track_url(reference: str = "") -> str:
    """The form that asks for a reference and a proof, with the reference filled in."""
    query = f"?{urlencode({'reference': reference})}" if reference else ""
    return f"{reverse('portal:track')}{query}"


@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """Ask for a reference and a proof; a stranger learns nothing from the answer."""
    data = request.POST if request.method == "POST" else None
    initial = {"reference": request.GET.get("reference", "")[:40]}
    form = TrackForm(data, initial=initial, prefix_of_references=prefix_of_references())
    if data is not None and guessing.is_over(request):
        form.add_error(None, _("Too many tries did not fit. Wait ten minutes and try again, or call us."))
        return _form(request, form, status=429)
    if form.is_valid():
        is_waiting = let_in_to_waiting(request, **form.cleaned_data)
        if complaint := _own_complaint(**form.cleaned_data):
            admit(request.session, complaint)
            request.session.cycle_key()
            return redirect("portal:follow_complaint", reference=complaint.case.reference)
        if _is_let_in(request, **form.cleaned_data):
            return redirect("portal:track_case", reference=form.cleaned_data["reference"])
        if is_waiting:
            return redirect("portal:track_case", reference=form.cleaned_data["reference"])
        guessing.count_wrong_try(request)
        form.add_error(None, _("We find no request with this reference and this address. Check both, or call us."))
    return _form(request, form)


def _form(request: HttpRequest, form: TrackForm, **more: Any) -> HttpResponse:
    return render(request, "portal/track.html", {"form": form}, **more)


def _is_let_in(request: HttpRequest, reference: str, proof: str) -> bool:
    """Does the proof fit the case’s customer, or somebody who follows it? Then this browser may see it."""
    known = Case.objects.select_related("contact_point__replaced_by")
    case = known.filter(reference=reference, is_confidential=False).first()
    follower = follows(case, proof)
    if knows(case, proof) and case:
        _admit(request, case)
        return True
    if follower:
        Tracker.admit_follower(request.session, follower)
        request.session.cycle_key()
    return follower is not None


def _own_complaint(reference: str, proof: str) -> Complaint | None:
    """The complaint of this reference, if the proof leads to it; asked in every case, so that time tells nothing."""
    is_it = Q(case__reference=reference) | Q(came_from__reference=reference)
    complaint = Complaint.objects.select_related("case").filter(is_it).first()
    found = proves(complaint or Complaint(), proof)
    return complaint if found else None


def _admit(request: HttpRequest, case: Case) -> None:
    """Let this browser follow the case, under a new key: whoever knew the old one follows nothing."""
    Tracker.admit(request.session, case.pk)
    request.session.cycle_key()


@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Open the link in our mail: it starts a session and leaves the address bar."""
    case = Case.objects.filter(pk=case_of_token(token) or 0, is_confidential=False).first()
    if case is None:
        messages.warning(
            request, _("This link is not complete, or it is more than a year old. Your reference still works.")
        )
        return redirect("portal:track")
    _admit(request, case)
    return redirect("portal:track_case", reference=case.reference)


@never_cache
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the case stands, in words for the customer; whoever has not proved to know it is asked to."""
    found = tracked(request, "track", reference)
    if found is None:
        follower = follow.following(request, "track", reference)
        held = None if follower else what_waits(request, reference)
        if held:
            return render(request, "portal/waiting.html", {"held": held})
        return follow.followed(request, follower) if follower else redirect(track_url(reference))
    if found.survivor:
        Tracker.admit(request.session, found.survivor.pk)
        messages.info(
            request, _("Your request %(reference)s goes on together with this one.") % {"reference": reference}
        )
        return redirect("portal:track_case", reference=found.survivor.reference)
    return shown(request, found)
