"""Who the customer of a case is, beside the case: how to reach them, what they need, and who may act for them."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from townline.cases.beside import stands_beside
from townline.core.access import may, visible
from townline.customers.beside import points_of
from townline.customers.models import Accommodation, Consent, ContactPoint, Customer


def _of_customer(case: Any, user: Any, rows: "QuerySet[Any]") -> "QuerySet[Any] | None":
    """The rows of every record of this customer, for who may know the customer."""
    if case.customer is None or not may(user, "read", case.customer):
        return None
    root = case.customer.merged_into_id or case.customer_id
    return visible(user, rows.filter(customer__in=Customer.objects.records_of(root)))


@stands_beside(
    "points", pk="pk", kind="kind", value="value", status="status", is_preferred="is_preferred",
    verified_at="verified_at", verified_how="verified_how", retired_at="retired_at",
)  # fmt: skip
def _points(case: Any, user: Any) -> "QuerySet[Any] | None":
    """Those in use."""
    rows = ContactPoint.objects.exclude(status=ContactPoint.Status.RETIRED)
    return _of_customer(case, user, rows)


@stands_beside("accommodations", pk="pk", kind="kind", what_helps="what_helps")
def _accommodations(case: Any, user: Any) -> "QuerySet[Any] | None":
    """What they need now."""
    return _of_customer(case, user, Accommodation.objects.filter(ended_at=None))


@stands_beside("consents", pk="pk", kind="kind", to_whom="to_whom", what="what")
def _consents(case: Any, user: Any) -> "QuerySet[Any] | None":
    """What holds today."""
    return _of_customer(case, user, Consent.objects.in_force(timezone.localdate()))


def customer_beside(stands: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """These rows in words."""
    used, _retired = points_of(stands["points"])
    for row in stands["accommodations"]:
        row["label"] = Accommodation.Kind(row["kind"]).label
    for row in stands["consents"]:
        row["label"] = Consent.Kind(row["kind"]).label
    return {"contact_points": used, "accommodations": stands["accommodations"], "consents": stands["consents"]}
