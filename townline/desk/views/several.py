"""One verb for several cases: choosing it, saying what it needs, and seeing how far it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townline.cases.models import Case
from townline.core.access import fetch, visible
from townline.core.refusals import NotPossible
from townline.desk import bulk
from townline.desk.choosing import chosen_cases, form_for, offered_verbs
from townline.desk.models import BulkAction, BulkStep

SHOWN = 20
REFUSALS = 500


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Say what the verb needs to know for the cases that were chosen; then begin."""
    user: Any = request.user
    verb = request.POST.get("verb", "")
    if verb not in dict(offered_verbs(user)):
        raise NotPossible(_("Choose what to do with the cases."))
    cases = chosen_cases(request)
    form = form_for(verb, user, request.POST if "sure" in request.POST else None)
    if "sure" in request.POST and form.is_valid():
        asked = bulk.begin(cases, by=user, verb=verb, **form.given())
        return redirect(asked)
    context = {
        "form": form,
        "verb": BulkAction.Verb(verb),
        "cases": ",".join(map(str, cases)),
        "count": len(cases),
        "first": visible(user, Case.objects.filter(pk__in=cases)).only("reference", "subject")[:SHOWN],
        "more": max(len(cases) - SHOWN, 0),
    }
    return render(request, "desk/bulk_verb.html", context)


def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, and what was refused and why."""
    asked = fetch(request.user, BulkAction.objects.select_related("by"), "read", pk=pk)
    refused = asked.steps.filter(state=BulkStep.State.REFUSED).order_by("number").select_related("case")
    seen = set(visible(request.user, Case.objects.filter(pk__in=refused.values("case"))).values_list("pk", flat=True))
    numbers = asked.numbers
    context = {
        "asked": asked,
        "numbers": numbers,
        "ended": numbers["done"] + numbers["refused"],
        "refusals": [(step, step.case_id in seen) for step in refused[:REFUSALS]],
        "can_undo": asked.doing == BulkAction.Verb.CLOSE and not asked.is_running and numbers["done"],
    }
    return render(request, "desk/bulk.html", context)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave those that are still to come as they are."""
    asked = fetch(request.user, BulkAction, "stop", pk=pk)
    asked.stop(by=request.user)
    messages.success(request, _("Stopped. What was done stays done."))
    return redirect(asked)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Reopen the cases that it closed: a bulk action of its own."""
    user: Any = request.user
    asked = fetch(user, BulkAction, "undo", pk=pk)
    if asked.doing != BulkAction.Verb.CLOSE or asked.is_running:
        raise NotPossible(_("Only a bulk closing that has ended can be undone, by reopening the cases."))
    done = asked.steps.filter(state=BulkStep.State.DONE).order_by("number")
    return redirect(bulk.begin(list(done.values_list("case", flat=True)), by=user, verb=BulkAction.Verb.REOPEN))


def actions(request: HttpRequest) -> HttpResponse:
    """One's own bulk actions, the last first."""
    mine: Any = visible(request.user, BulkAction.objects.all())
    return render(request, "desk/bulk_actions.html", {"actions": mine.order_by("-pk")[:50]})
