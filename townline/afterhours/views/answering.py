"""The answering service's pages: log a call, see that somebody has it, and nothing else."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from townline.accounts.models import Department
from townline.afterhours.forms import LogForm
from townline.afterhours.logging_in import Said, log
from townline.afterhours.models import Call, Script
from townline.core.access import fetch, visible
from townline.core.references import spoken
from townline.core.refusals import NotAllowed
from townline.ui.moments import time_of_day

SHOWN_FOR = timedelta(hours=24)
MOST = 50


@require_safe
def answering(request: HttpRequest) -> HttpResponse:
    """What somebody calls about, with who answers by day; and how one's own calls of the last day stand."""
    scripts = _scripts(request)
    since = timezone.now() - SHOWN_FOR
    rows = Call.objects.filter(logged_by=request.user.pk or 0, logged_at__gte=since)
    calls = rows.order_by("-logged_at", "-id").select_related("case", "script__service", "acknowledged_by")[:MOST]
    return render(request, "afterhours/answering.html", {"scripts": scripts, "calls": calls, **_by_day()})


def _scripts(request: HttpRequest) -> list[Script]:
    found = list(visible(request.user, Script.objects.filter(is_active=True)).select_related("service"))
    if not request.user.holds("afterhours.log"):  # type: ignore[union-attr]
        raise NotAllowed
    return found


def _by_day() -> dict[str, Any]:
    """Who answers now, when it is not after hours at all."""
    front = Department.objects.filter(is_front=True, is_active=True).select_related("calendar").first()
    if front is None:
        return {"front": None}
    now = timezone.now()
    hours = front.calendar.opening_hours
    until = hours.closes_at(now) if hours.is_open(now) else None
    return {"front": front, "is_open_now": hours.is_open(now), "until": time_of_day(until) if until else ""}


def log_call(request: HttpRequest, code: str) -> HttpResponse:
    """Ask what the script asks, and write it down."""
    rows = Script.objects.filter(is_active=True).select_related("service__department", "rota__department")
    script = fetch(request.user, rows, "log", code=code)
    form = LogForm(request.POST or None, script=script)
    if form.is_valid():
        given = form.cleaned_data
        said = Said(
            key=given["key"], is_urgent=given.get("is_urgent", False), contact=form.contact(), place=given["place"],
            summary=given["summary"], language=given["language"],
        )  # fmt: skip
        return redirect("afterhours:logged", log(script, said, by=request.user).pk)  # type: ignore[arg-type]
    return render(request, "afterhours/log.html", {"script": script, "form": form, **_by_day()})


@require_safe
def logged(request: HttpRequest, pk: int) -> HttpResponse:
    """The reference to read out, and whether somebody has it; nothing of the caller is shown again."""
    rows = Call.objects.select_related("case", "script__service", "rota", "acknowledged_by")
    call = fetch(request.user, rows, "watch", pk=pk)
    context = {
        "call": call,
        "spoken": spoken(call.case.reference, call.case.language),
        "pages": call.pages.select_related("user").order_by("-number"),
        "now": timezone.now(),
    }
    return render(request, "afterhours/logged.html", context)
