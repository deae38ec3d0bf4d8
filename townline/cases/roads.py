"""What staff see of the times by class of road: each with when it comes, from when the municipality knew."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from townline.cases.beside import Inner, stands_beside
from townline.cases.models import Case
from townline.catalogue.models import RoadStandard
from townline.core.clock import OpeningHours, due
from townline.core.localized import Localized


@stands_beside("roads", code="code", name=Inner("name"), classes=Inner("classes"))
def _roads(case: Case, user: Any) -> "QuerySet[Any]":
    """The times that are kept for its service."""
    return RoadStandard.objects.filter(service=case.service_id)


def road_times(case: Case, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each matter with its threshold and its moment; nothing of those that need a class that was not given."""
    wall = OpeningHours(ZoneInfo(timezone.get_default_timezone_name()), {})
    found = []
    for row in sorted(rows, key=lambda row: str(row["code"])):
        time = row["classes"].get("all") or row["classes"].get(case.road_class)
        if time:
            at = due(case.received_at, time["amount"], time["unit"], wall)
            found.append({"name": row["name"], "threshold": Localized(time.get("threshold") or {}), "at": at})
    return found
