"""Customers with what a representative needs to tell them apart: how to reach them, and their open cases."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from townline.accounts.models import User
from townline.cases.models import Case
from townline.conduct.before_contact import before_contact
from townline.core.access import visible
from townline.customers.models import Accommodation, ContactPoint, Customer

MOST = 8
MOST_CASES = 40
SHOWN = 3


@dataclass
class Known:
    """Somebody who may be the one."""

    customer: Customer
    points: list[ContactPoint] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    needs: list[Accommodation] = field(default_factory=list)
    restrictions: list[dict[str, Any]] = field(default_factory=list)
    interventions: list[dict[str, Any]] = field(default_factory=list)


def plain(text: str) -> str:
    """What was typed into a look-up, without what cannot be seen: single spaces, no control characters."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def candidates(user: User, *, name: str = "", phone: str = "", email: str = "") -> list[Known]:
    """Who it may be: reached at this address or number first, then of this name. Never more than eight."""
    customers: QuerySet[Customer] = visible(user, Customer.objects.select_related("merged_into"))
    asked = [
        customers.reached_at(ContactPoint.Kind.EMAIL, email) if email else None,  # type: ignore[attr-defined]
        customers.reached_at(ContactPoint.Kind.PHONE, phone) if phone else None,  # type: ignore[attr-defined]
        customers.named(name).order_by("sort_key") if name else None,  # type: ignore[attr-defined]
    ]
    found: dict[int, Customer] = {}
    for rows in asked:
        if rows is not None and len(found) < MOST:
            standing = {one.standing.pk: one.standing for one in rows[: MOST - len(found)]}
            found |= {pk: one for pk, one in standing.items() if pk not in found}
    return with_cases(user, found.values())


def with_cases(user: User, customers: Iterable[Customer]) -> list[Known]:
    """These customers with what is to be known before they are answered: five queries, however many they are.

    What stands together is one: the points, needs and cases of a merged record
    are those of the record that stands for it.
    """
    known = {customer.pk: Known(customer) for customer in customers}
    if not known:
        return []
    merged = Customer.objects.filter(merged_into__in=known).values_list("pk", "merged_into")
    root_of: dict[Any, Any] = {**{pk: pk for pk in known}, **dict(merged)}
    points = ContactPoint.objects.filter(customer__in=root_of).exclude(status=ContactPoint.Status.RETIRED)
    for point in visible(user, points).order_by("-is_preferred", "id"):
        known[root_of[point.customer_id]].points.append(point)
    for need in visible(user, Accommodation.objects.filter(customer__in=root_of, ended_at=None)):
        known[root_of[need.customer_id]].needs.append(need)
    for kind, rows in before_contact(user, root_of).items():
        for row in rows:
            getattr(known[root_of[row["customer"]]], kind).append(row)
    open_cases = visible(user, Case.objects.open().filter(customer__in=root_of)).order_by("-id")
    for case in open_cases.only("reference", "subject", "status", "due_at", "customer")[:MOST_CASES]:
        known[root_of[case.customer_id]].cases.append(case)
    return list(known.values())


def told_apart(one: Known) -> str:
    """What tells this customer from another of the same name."""
    points = " · ".join(point.value for point in one.points)
    some = [case.reference for case in one.cases[:SHOWN]] + ["…"] * (len(one.cases) > SHOWN)
    cases = ", ".join(some)
    needs = ", ".join(str(need) for need in one.needs)
    held = _("read the notice below") if one.restrictions or one.interventions else ""
    return " – ".join(
        part for part in (points, needs, _("open: %(cases)s") % {"cases": cases} if cases else "", held) if part
    )
