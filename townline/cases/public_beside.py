"""What the page of a case says of what the public sees: that it is hidden, why, since when, and by whom."""

from typing import Any

from django.db.models import QuerySet

from townline.cases.beside import as_moment, stands_beside
from townline.cases.models import Case, Hiding


@stands_beside("hidings", pk="pk", is_hidden="is_hidden", reason="reason", words="words", who="by__name", at="at")
def _hidings(case: Any, user: Any) -> "QuerySet[Any] | None":
    """The latest decision: the earlier ones stand in the timeline."""
    latest = Hiding.objects.filter(case=case).order_by("-id").values("pk")[:1]
    return None if case.is_public else Hiding.objects.filter(pk__in=latest)


def hiding_of(case: Case, stands: dict[str, list[dict[str, Any]]]) -> dict[str, Any] | None:
    """The decision by which the public hears nothing of the case now."""
    found = next((row for row in stands["hidings"] if row["is_hidden"]), None)
    return found and found | {"reason": Hiding.Reason(found["reason"]).label, "at": as_moment(found["at"])}
