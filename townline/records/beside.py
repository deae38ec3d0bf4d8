"""Statements of disagreement stand beside what they are about: on the page of the case, and on that of the customer."""

from typing import Any

from django.db.models import QuerySet

from townline.cases.beside import stands_beside
from townline.customers.beside import on_customers_page
from townline.records.models import Correction

FIELDS = {"pk": "pk", "disagreement": "disagreement", "on": "disagreed_on"}


def _attached(**about: Any) -> "QuerySet[Any]":
    return Correction.objects.filter(disagreed_on__isnull=False, **about)


@stands_beside("disagreements", **FIELDS)
def _of_case(case: Any, user: Any) -> "QuerySet[Any] | None":
    """Whoever reads the case reads it too: that is what it is for."""
    return _attached(case=case.pk)


@on_customers_page("disagreements", **FIELDS)
def _of_customer(family: list[int], user: Any) -> "QuerySet[Any]":
    """Whoever reads what we know of a customer reads it too."""
    return _attached(customer__in=family, case=None)
