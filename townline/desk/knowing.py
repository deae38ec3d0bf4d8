"""Customers with what a representative needs to tell them apart: how to reach them, and their open cases."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from townline.accounts.models import User
from townline.cases.models import Case
from townline.core.access import visible
from townline.customers.models import ContactPoint, Customer

MOST = 8
MOST_CASES = 40


@dataclass
class Known:
    """Somebody who may be the one."""

    customer: Customer
    points: list[ContactPoint] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)


def plain(text: str) -> str:
    """What was typed into a look-up, without what cannot be seen: single spaces, no control characters."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def candidates(user: User, *, name: str = "", phone: str = "", email: str = "") -> list[Known]:
    """Who it may be: reached at this address or number first, then of this name. Never more than eight."""
    customers: QuerySet[Customer] = visible(user, Customer.objects.all())
    asked = [
        customers.reached_at(ContactPoint.Kind.EMAIL, email) if email else None,  # type: ignore[attr-defined]
        customers.reached_at(ContactPoint.Kind.PHONE, phone) if phone else None,  # type: ignore[attr-defined]
        customers.named(name).order_by("sort_key") if name else None,  # type: ignore[attr-defined]
    ]
    found: dict[int, Customer] = {}
    for rows in asked:
        if rows is not None and len(found) < MOST:
            found |= {one.pk: one for one in rows[: MOST - len(found)] if one.pk not in found}
    return with_cases(user, found.values())


def with_cases(user: User, customers: Iterable[Customer]) -> list[Known]:
    """These customers with their contact points and the open cases that this person may see: two queries."""
    known = {customer.pk: Known(customer) for customer in customers}
    if not known:
        return []
    for point in visible(user, ContactPoint.objects.filter(customer__in=known)).order_by("id"):
        known[point.customer_id].points.append(point)
    cases = defaultdict(list)
    rows = visible(user, Case.objects.open().filter(customer__in=known)).order_by("-id")
    for case in rows.only("reference", "subject", "status", "due_at", "customer")[:MOST_CASES]:
        cases[case.customer_id].append(case)
    for pk, one in known.items():
        one.cases = cases[pk]
    return list(known.values())
