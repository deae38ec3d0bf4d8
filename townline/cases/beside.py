"""What stands beside a case: linked cases, attachments, who else is here, and whatever parts further up add."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from townline.catalogue.models import Definition
from townline.core.beside import Inner, Source, Sources, as_moment, asked_together, register

__all__ = ["Inner", "as_moment", "beside", "stands_beside"]

_sources: Sources = {}


def stands_beside(name: str, /, **fields: Any) -> Callable[[Source], Source]:
    """Register a source: the function gives the rows for a case and its reader (`core/beside.py` says how)."""
    return register(_sources, name, fields)


def beside(case: Any, user: Any) -> dict[str, list[dict[str, Any]]]:
    """For each source what stands beside this case for this reader; one query for all."""
    return asked_together(_sources, case, user)


@stands_beside(
    "definitions",
    code="code", term=Inner("term"), text=Inner("text"), own_text=Inner("own_text"), use=Inner("use"),
    policy="policy", clause="clause", order="order",
)  # fmt: skip
def _definitions(case: Any, user: Any) -> "QuerySet[Any]":
    """The words of the municipality's policy, for whoever needs them while a customer is on the line."""
    return Definition.objects.all()
