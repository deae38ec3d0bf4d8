"""Who is on call now, week by week, and the calls that still wait for somebody."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townline.afterhours.forms import SwapForm, WeekForm
from townline.afterhours.models import Call, Rota
from townline.core.access import fetch, may, visible
from townline.core.refusals import NotPossible

WEEKS = 12


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Who is on call at this moment, and what nobody has acknowledged yet."""
    moment = timezone.now()
    rotas = list(visible(request.user, Rota.objects.filter(is_active=True)).select_related("department"))
    waiting = Call.objects.filter(is_urgent=True, acknowledged_at=None, taken_over_at=None)
    rows = visible(request.user, waiting).select_related("case", "script__service", "rota")
    context = {
        "rotas": [(rota, rota.shifts.filter(week_on=rota.week_of(moment)).select_related("user")) for rota in rotas],
        "calls": [(call, may(request.user, "acknowledge", call)) for call in rows.order_by("logged_at")[:50]],
    }
    return render(request, "afterhours/now.html", context)


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has it."""
    call = fetch(request.user, Call.objects.select_related("case"), "acknowledge", pk=pk)
    call.acknowledge(by=request.user)
    messages.success(request, _("You have case %(reference)s.") % {"reference": call.case.reference})
    return redirect("afterhours:now")


@require_safe
def rota(request: HttpRequest, code: str) -> HttpResponse:
    """The weeks to come, and a swap."""
    return _rota_page(request, fetch(request.user, Rota.objects.select_related("department"), "read", code=code), None)


def _rota_page(request: HttpRequest, found: Rota, form: SwapForm | None) -> HttpResponse:
    first = found.week_of(timezone.now())
    weeks = [first + timedelta(days=7 * number) for number in range(WEEKS)]
    shifts: dict[date, list[Any]] = {week: [] for week in weeks}
    for shift in found.shifts.filter(week_on__in=weeks).select_related("user"):
        shifts[shift.week_on].append(shift)
    can_swap = may(request.user, "swap", found) and any(shifts.values())
    context = {
        "rota": found,
        "weeks": shifts.items(),
        "may_roster": may(request.user, "roster", found),
        "form": form or (SwapForm(rota=found) if can_swap else None),
    }
    return render(request, "afterhours/rota.html", context)


def week(request: HttpRequest, code: str, week_on: str) -> HttpResponse:
    """Who is on call in one week."""
    found = fetch(request.user, Rota.objects.select_related("department"), "roster", code=code)
    try:
        on = date.fromisoformat(week_on)
    except ValueError:
        raise Http404 from None
    if not found.begins(on):
        raise Http404
    form = WeekForm(request.POST or None, rota=found, week_on=on)
    if request.method == "POST" and form.is_valid():
        found.roster(by=request.user, week_on=on, people=form.people)
        messages.success(request, _("The week is saved."))
        return redirect("afterhours:rota", code)
    return render(request, "afterhours/week.html", {"rota": found, "week_on": on, "form": form})


@require_POST
def swap(request: HttpRequest, code: str) -> HttpResponse:
    """Two people change places."""
    found = fetch(request.user, Rota.objects.select_related("department"), "swap", code=code)
    form = SwapForm(request.POST, rota=found)
    if form.is_valid() and _is_swapped(request, found, form):
        messages.success(request, _("They have changed places."))
        return redirect("afterhours:rota", code)
    return _rota_page(request, found, form)


def _is_swapped(request: HttpRequest, found: Rota, form: SwapForm) -> bool:
    try:
        found.swap(by=request.user, **form.cleaned_data)
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
    return not form.errors
