"""A customer's page: who they are, what they need, how to reach them, and everything they had to do with us."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from townline.cases.models import Case, Status
from townline.core.access import fetch, may, visible
from townline.core.beside import as_moment
from townline.customers.beside import around, on_customers_page, points_of
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
        "next_url": f"?{urlencode({'after': next_place})}" if next_place else "",
        "is_first": not after,
        "may_edit": may(request.user, "rename", found),
        "answers_requests": request.user.holds("records.access"),  # type: ignore[union-attr]
        "sees_conduct": any(request.user.holds(grant) for grant in ("conduct.record", "conduct.read")),  # type: ignore[union-attr]
        **said(around(family, request.user)),
    }
    return render(request, "desk/customer.html", context)


@on_customers_page("open_cases", reference="reference", subject="subject", status="status", due_at="due_at")
def _open_cases(family: list[int], user: Any) -> Any:
    """The soonest due, of those that this person may see."""
    cases: Any = visible(user, Case.objects.open().filter(customer__in=family))
    return Case.objects.filter(pk__in=cases.by_due().values("pk")[:OPEN_SHOWN])


def said(around: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """What stands around a customer, in words."""
    used, retired = points_of(around["points"])
    for row in around["open_cases"]:
        row["status_label"] = Status(row["status"]).label
        row["due_at"] = as_moment(row["due_at"])
    around["open_cases"].sort(key=lambda row: (row["due_at"], row["reference"]))
    for row in around["accommodations"]:
        row["label"] = Accommodation.Kind(row["kind"]).label
    for row in around["consents"]:
        row["label"] = Consent.Kind(row["kind"]).label
        row["ground_label"] = Consent.Ground(row["ground"]).label
        row["withdrawn_at"] = as_moment(row["withdrawn_at"]) if row["withdrawn_at"] else None
        for day in ("from_on", "until_on"):
            row[day] = date.fromisoformat(row[day]) if row[day] else None
    return {**around, "points": used, "retired": retired}
