"""A customer's page: who they are, what they need, how to reach them, and everything they had to do with us."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from townline.cases.models import Case
from townline.core.access import fetch, may, visible
from townline.core.beside import as_moment
from townline.customers.beside import around, points_of
from townline.customers.models import Accommodation, Consent, Customer
from townline.desk.history import history

OPEN_SHOWN = 20


def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the page; that somebody did is an event. One that was merged leads to the one that stands for it."""
    found = fetch(request.user, Customer, "open", pk=pk)
    if found.merged_into_id:
        return redirect("desk:customer", pk=found.merged_into_id)
    found.open(by=request.user)
    family = found.family_ids
    after = request.GET.get("after", "")
    items, next_place = history(request.user, family, after)
    context = {
        "customer": found,
        "items": items,
        "next_url": f"?after={next_place}" if next_place else "",
        "is_first": not after,
        "open_cases": [] if after else _open_cases(request.user, family),
        "may_edit": may(request.user, "rename", found),
        **said(around(family, request.user)),
    }
    return render(request, "desk/customer.html", context)


def _open_cases(user: Any, family: list[int]) -> Any:
    cases: Any = visible(user, Case.objects.open().filter(customer__in=family))
    return cases.by_due().only("reference", "subject", "status", "due_at")[:OPEN_SHOWN]


def said(around: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """What stands around a customer, in words."""
    used, retired = points_of(around["points"])
    for row in around["accommodations"]:
        row["label"] = Accommodation.Kind(row["kind"]).label
    for row in around["consents"]:
        row["label"] = Consent.Kind(row["kind"]).label
        row["ground_label"] = Consent.Ground(row["ground"]).label
        row["withdrawn_at"] = as_moment(row["withdrawn_at"]) if row["withdrawn_at"] else None
        for day in ("from_on", "until_on"):
            row[day] = date.fromisoformat(row[day]) if row[day] else None
    return {**around, "points": used, "retired": retired}
