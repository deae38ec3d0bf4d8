"""What staff see before they answer a customer: restrictions and safety interventions that hold today.

Only the terms: reason and evidence stand behind a grant. Asked by date, so that
what is over shows nowhere even when the job that says so is late.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from townline.cases.beside import stands_beside
from townline.conduct.models import Intervention, Restriction
from townline.core.access import visible
from townline.core.beside import asked_together
from townline.customers.beside import on_customers_page
from townline.customers.models import Customer

RESTRICTION = {"pk": "pk", "customer": "customer", "kind": "kind", "terms": "terms", "ends_on": "ends_on"}
INTERVENTION = {"pk": "pk", "customer": "customer", "what": "what", "place": "place", "until_on": "until_on"}


def restrictions(user: Any, family: Iterable[int]) -> "QuerySet[Any]":
    """In force today for one of these records."""
    return visible(user, Restriction.objects.in_force(timezone.localdate()).filter(customer__in=family))


def interventions(user: Any, family: Iterable[int]) -> "QuerySet[Any]":
    """In force today for one of these records."""
    return visible(user, Intervention.objects.in_force(timezone.localdate()).filter(customer__in=family))


@on_customers_page("restrictions", **RESTRICTION)
def _restrictions_of_customer(family: list[int], user: Any) -> "QuerySet[Any]":
    return restrictions(user, family)


@on_customers_page("interventions", **INTERVENTION)
def _interventions_of_customer(family: list[int], user: Any) -> "QuerySet[Any]":
    return interventions(user, family)


def _of_case(case: Any, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    root = case.customer.merged_into_id or case.customer_id
    return rows.filter(customer__in=Customer.objects.records_of(root))


@stands_beside("restrictions", **RESTRICTION)
def _restrictions_of_case(case: Any, user: Any) -> "QuerySet[Any] | None":
    if case.customer is None:
        return None
    return _of_case(case, visible(user, Restriction.objects.in_force(timezone.localdate())))


@stands_beside("interventions", **INTERVENTION)
def _interventions_of_case(case: Any, user: Any) -> "QuerySet[Any] | None":
    if case.customer is None:
        return None
    return _of_case(case, visible(user, Intervention.objects.in_force(timezone.localdate())))


def before_contact(user: Any, family: Iterable[int]) -> dict[str, list[dict[str, Any]]]:
    """Both, for some customers at once; one query."""
    known = list(family)
    sources: Any = {
        "restrictions": (lambda: restrictions(user, known), RESTRICTION),
        "interventions": (lambda: interventions(user, known), INTERVENTION),
    }
    return asked_together(sources)


def in_words(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Kinds and days as a template says them."""
    found = []
    for row in rows:
        said = dict(row)
        if "kind" in said:
            said["label"] = Restriction.Kind(said["kind"]).label
        for day in ("ends_on", "until_on"):
            if day in said:
                said["last_day"] = date.fromisoformat(str(said[day]))
        found.append(said)
    return found
