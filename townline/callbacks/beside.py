"""Calls that are owed, beside their case and on the page of their customer."""

from typing import Any

from django.db.models import Q, QuerySet

from townline.callbacks.models import Callback
from townline.cases.beside import stands_beside
from townline.cases.models import Case
from townline.core.access import visible
from townline.customers.beside import on_customers_page

MOST = 20
ROW = {"pk": "pk", "due_at": "due_at", "tries": "tries"}


@stands_beside("callbacks", **ROW)
def _about_case(case: Any, user: Any) -> "QuerySet[Any]":
    """About this case, or about one that goes on in it."""
    cases = Case.objects.filter(Q(pk=case.pk) | Q(survivor=case.pk)).values("pk")
    return visible(user, _first(Callback.objects.owed().filter(case__in=cases)))


@on_customers_page("callbacks", **ROW)
def _to_customer(family: list[int], user: Any) -> "QuerySet[Any]":
    """Owed to this customer."""
    return visible(user, _first(Callback.objects.owed().filter(customer__in=family)))


def _first(rows: Any) -> "QuerySet[Any]":
    return Callback.objects.filter(pk__in=rows.order_by("due_at").values("pk")[:MOST])
