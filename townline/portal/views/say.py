"""What a customer says from the page of their case: something more, or that it is not solved."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from townline.accounts.models import Municipality, User
from townline.cases.files import files_for_customer
from townline.cases.models import Case
from townline.cases.tracking import Tracker
from townline.core.access import fetch, visible
from townline.core.refusals import NotAllowed
from townline.notices.fitting import notices_of
from townline.portal.forms import AddForm, DisputeForm
from townline.portal.pace import is_slowed, status_of
from townline.portal.story import story_of
from townline.portal.views import follow


def whoever(request: HttpRequest, reference: str) -> Any:
    """As whom this browser knows the case: by a proof, or signed in."""
    tracker = Tracker.of(request.session)
    is_tracked = visible(tracker, Case.objects.filter(reference=reference)).exists()
    return tracker if is_tracked or not request.user.is_authenticated else request.user


def tracked(request: HttpRequest, action: str, reference: str) -> Case | None:
    """The case with this reference, for whoever proved to know it or asked for it signed in; None for others."""
    asked = Case.objects.select_related("service", "department", "survivor", "contact_point")
    try:
        return fetch(whoever(request, reference), asked, action, reference=reference)
    except (Http404, NotAllowed):
        return None


def shown(request: HttpRequest, case: Case, form: AddForm | None = None) -> HttpResponse:
    """Where the case stands, in words for the customer, and what they can say about it."""
    municipality = Municipality.objects.first()
    context = {
        "case": case,
        "files": files_for_customer(case, whoever(request, case.reference)),
        "form": form or AddForm(),
        "notices": [] if case.is_closed else notices_of(case),
        "hiding": case.hiding,
        "is_long_over": case.is_long_over,
        "grace_until": case.grace_until,
        "why_no_dispute": case.why_no_dispute if case.is_closed else "",
        "will_reopen": municipality is not None and municipality.not_solved == Municipality.NotSolved.REOPEN,
        **story_of(case),
    }
    return render(request, "portal/track_case.html", context, status=status_of(context["form"]))


@require_POST
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Take what they add: on this case, or long after its end on a new one."""
    case = tracked(request, "add", reference)
    if case is None:
        follower = follow.following(request, "track", reference)
        return follow.add(request, follower) if follower else redirect("portal:track")
    form = AddForm(request.POST)
    if not form.is_valid() or is_slowed(request, form, "add"):
        return shown(request, case, form)
    now = case.add(by=_by(request), text=form.cleaned_data["text"])
    if now.pk == case.pk:
        messages.success(request, _("Thank you. We have what you added."))
    else:
        Tracker.admit(request.session, now.pk)
        messages.success(request, _("Thank you. What you wrote is with this request now."))
    return redirect("portal:track_case", reference=now.reference)


@never_cache
def dispute(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why it is not solved, and take the answer."""
    case = tracked(request, "dispute", reference)
    if case is None:
        return redirect("portal:track")
    why_not = case.why_no_dispute
    form = DisputeForm(request.POST if request.method == "POST" and not why_not else None)
    if form.is_valid() and not is_slowed(request, form, "not-solved"):
        case.dispute(by=_by(request), text=form.cleaned_data["text"])
        messages.success(request, _("Thank you for telling us. We look at it again."))
        return redirect("portal:track_case", reference=reference)
    context = {"case": case, "form": form, "why_not": why_not}
    status = 409 if request.method == "POST" and why_not else status_of(form)
    return render(request, "portal/not_solved.html", context, status=status)


def _by(request: HttpRequest) -> Any:
    """The account, or Townline itself for whoever came without one."""
    return request.user if request.user.is_authenticated else User.objects.system()
