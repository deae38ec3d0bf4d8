"""The handover list in the morning: what came in while the municipality was closed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from townline.afterhours.models import Call
from townline.core.access import fetch, may, visible

MOST = 100
BEFORE = 20
PEOPLE = ("case__department", "script__service", "acknowledged_by", "logged_by", "taken_over_by")


@require_safe
def handover(request: HttpRequest) -> HttpResponse:
    """What nobody has taken over yet, and the last that were."""
    rows = list(_waiting(request))
    taken = visible(request.user, Call.objects.filter(taken_over_at__isnull=False)).select_related(*PEOPLE)
    context = {
        "calls": [(call, may(request.user, "take_over", call)) for call in rows],
        "is_cut": len(rows) == MOST,
        "taken": taken.order_by("-logged_at", "-id")[:BEFORE],
    }
    return render(request, "afterhours/handover.html", context)


def _waiting(request: HttpRequest) -> Any:
    return visible(request.user, Call.objects.to_take_over()).select_related(*PEOPLE)[:MOST]


@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """The same on paper, for the morning's round."""
    return render(request, "afterhours/printed.html", {"calls": _waiting(request), "now": timezone.now()})


@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The day has this one."""
    call = fetch(request.user, Call.objects.select_related("case"), "take_over", pk=pk)
    call.take_over(by=request.user)
    messages.success(request, _("Case %(reference)s is taken over.") % {"reference": call.case.reference})
    return redirect("afterhours:handover")


@require_POST
def take_all_over(request: HttpRequest) -> HttpResponse:
    """The day has all that was on the list when it was shown; what came in since stays on it."""
    shown = {int(pk) for pk in request.POST.getlist("shown") if pk.isascii() and pk.isdecimal() and len(pk) < 19}
    calls = [call for call in _waiting(request) if call.pk in shown and may(request.user, "take_over", call)]
    for call in calls:
        call.take_over(by=request.user)
    sentence = ngettext("%(count)s call is taken over.", "%(count)s calls are taken over.", len(calls))
    messages.success(request, sentence % {"count": len(calls)})
    return redirect("afterhours:handover")
