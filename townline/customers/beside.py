"""What stands on the page of a customer: how to reach them, what they need, what they agreed to, in one query.

Each source gives its rows for the records of one customer (`family`) and a reader.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from townline.core.access import visible
from townline.core.beside import Source, Sources, as_moment, asked_together, register
from townline.customers.models import Accommodation, Consent, ContactPoint, Customer

_sources: Sources = {}


def on_customers_page(name: str, /, **fields: Any) -> Callable[[Source], Source]:
    """Register a source: the function gives the rows for the records of a customer and a reader."""
    return register(_sources, name, fields)


def around(family: list[int], user: Any) -> dict[str, list[dict[str, Any]]]:
    """For each source what the page of this customer shows to this reader."""
    return asked_together(_sources, family, user)


@on_customers_page(
    "points", pk="pk", kind="kind", value="value", status="status", is_preferred="is_preferred",
    verified_at="verified_at", verified_how="verified_how", retired_at="retired_at", replaced_by="replaced_by__value",
)  # fmt: skip
def _points(family: list[int], user: Any) -> "QuerySet[Any]":
    """Every way to reach them, those no longer used too."""
    return visible(user, ContactPoint.objects.filter(customer__in=family))


@on_customers_page("accommodations", pk="pk", kind="kind", what_helps="what_helps")
def _accommodations(family: list[int], user: Any) -> "QuerySet[Any]":
    """What they need now."""
    return visible(user, Accommodation.objects.filter(customer__in=family, ended_at=None))


@on_customers_page(
    "consents", pk="pk", kind="kind", to_whom="to_whom", what="what", ground="ground", proof="proof",
    from_on="from_on", until_on="until_on", withdrawn_at="withdrawn_at",
)  # fmt: skip
def _consents(family: list[int], user: Any) -> "QuerySet[Any]":
    """All that was ever agreed to; what no longer holds says so."""
    return visible(user, Consent.objects.filter(customer__in=family))


@on_customers_page("merged", pk="pk", name="name")
def _merged(family: list[int], user: Any) -> "QuerySet[Any]":
    """The records that this one stands for."""
    return visible(user, Customer.objects.filter(merged_into=family[0]))


def points_of(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Those in use, the preferred first, and those no longer used; each in words."""
    for row in rows:
        row["kind_label"] = ContactPoint.Kind(row["kind"]).label
        row["status_label"] = ContactPoint.Status(row["status"]).label
        row["how"] = ContactPoint.Proof(row["verified_how"]).label if row["verified_how"] else ""
        for moment in ("verified_at", "retired_at"):
            row[moment] = as_moment(row[moment]) if row[moment] else None
    retired = ContactPoint.Status.RETIRED
    used = sorted((r for r in rows if r["status"] != retired), key=lambda r: (not r["is_preferred"], r["pk"]))
    return used, sorted((r for r in rows if r["status"] == retired), key=lambda r: r["pk"])
