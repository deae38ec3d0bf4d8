"""Contacts with customers: taking one in, and the latest of them."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from townline.callbacks.models import Callback
from townline.cases.models import Case, Draft
from townline.catalogue.models import Definition
from townline.channels.models import Interaction
from townline.conduct.models import SupportivePhrase
from townline.core.access import visible
from townline.core.paging import page_of, place_of
from townline.core.references import spoken
from townline.customers.models import Customer
from townline.desk.answered import Counting
from townline.desk.gate import demand
from townline.desk.taking import ADD, FOLLOW, Taking
from townline.documents.bringing import Brought
from townline.questions.together import Together
from townline.ui.moments import moment


def new(request: HttpRequest) -> HttpResponse:
    """The screen for somebody who is on the line, at the counter, or in a letter."""
    demand(request.user, "intake.take")
    taking = Taking(request.user, request.POST if request.method == "POST" else None)  # type: ignore[arg-type]
    if request.method == "POST":
        if taking.draft.case_id or taking.draft.interaction_id:
            return _kept_already(request, taking.draft)
        taking.take_files(Brought(request, by=request.user))
        if taking.ending and taking.is_good():
            return _ended(request, taking)
    context = {
        "taking": taking,
        "form": Together(taking.form, taking.questions),
        "fields": taking.form,
        "definitions": Definition.objects.all(),
        "phrases": SupportivePhrase.objects.all(),
        "knows_customers": request.user.holds("customer.read"),  # type: ignore[union-attr]
    }
    return render(request, "desk/new_interaction.html", context)


def _ended(request: HttpRequest, taking: Taking) -> HttpResponse:
    result = taking.finish()
    if isinstance(result, Callback):
        said: dict[str, Any] = {"number": result.contact_point, "at": moment(result.due_at)}
        messages.success(request, _("We call back at %(number)s by %(at)s. Tell them so.") % said)
        return redirect("desk:new_interaction")
    if isinstance(result, Interaction) and result.body:
        said = {"body": result.body, "reach": result.body.reach}
        messages.success(request, _("Counted as handed to %(body)s. How to reach it: %(reach)s") % said)
        return redirect("desk:new_interaction")
    if isinstance(result, Interaction):
        messages.success(request, _("Counted as answered. Here is a fresh page for the next one."))
        return redirect("desk:new_interaction")
    if taking.ending == ADD:
        messages.success(request, _("Added to case %(reference)s.") % {"reference": result.reference})
        return redirect(result)
    if taking.ending == FOLLOW:
        messages.success(request, _("They follow case %(reference)s now.") % {"reference": result.reference})
        return _to_case(request, result)
    said = {"reference": result.reference, "spoken": ", ".join(spoken(result.reference, result.language))}
    messages.success(request, _("Case %(reference)s is raised. Read out: %(spoken)s.") % said)
    return _to_case(request, result)


def _to_case(request: HttpRequest, case: Case) -> HttpResponse:
    """The page of the case, for those who may see it; a fresh page for the others."""
    is_seen = visible(request.user, Case.objects.filter(pk=case.pk)).exists()
    return redirect(case) if is_seen else redirect("desk:new_interaction")


def _kept_already(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The button was pressed twice, or the page was sent again: it happened once."""
    case: Any = draft.case or (draft.interaction and draft.interaction.cases.first())
    if case is None:
        messages.info(request, _("This interaction was counted already, once."))
        return redirect("desk:new_interaction")
    messages.info(request, _("This was saved already, once: case %(reference)s.") % {"reference": case.reference})
    return _to_case(request, case)


def interactions(request: HttpRequest) -> HttpResponse:
    """The latest contacts in every channel, newest first."""
    demand(request.user, "intake.take")
    after = request.GET.get("after", "")
    counting = Counting(request.user, request.GET.get("wrap_up", ""), request.GET.get("body", ""))
    rows: Any = counting.narrow(Interaction.objects.select_related("service", "entered_by", "wrap_up", "body"))
    page = page_of(rows.newest(place_of(after)), "received_at", after)
    names = visible(request.user, Customer.objects.filter(pk__in={one.customer_id for one in page.rows}))
    context = {
        "page": page,
        "next_url": page.next_url(counting.chosen),
        "counting": counting,
        "customers": dict(names.values_list("pk", Coalesce("merged_into__name", "name"))),
        "cases": _cases_of(request.user, page.rows),
    }
    return render(request, "desk/interactions.html", context)


def _cases_of(user: Any, rows: list[Interaction]) -> dict[int, list[Case]]:
    """The cases that each contact belongs to, of those that this person may see."""
    seen = visible(user, Case.objects.filter(interactions__in=rows)).values("pk")
    links = Case.interactions.through.objects.filter(interaction_id__in=[one.pk for one in rows], case_id__in=seen)
    found = defaultdict(list)
    for link in links.select_related("case"):
        found[link.interaction_id].append(link.case)
    return dict(found)
