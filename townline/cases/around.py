"""What a reader of one case should know of others: near it, tied to it, part of it; and who follows it."""

from types import SimpleNamespace
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Value

from townline.cases.beside import Inner, as_moment, stands_beside
from townline.cases.models import Case, Follower, Link, Status
from townline.cases.models.case import CaseQuerySet
from townline.cases.near import called_like, lying_within, recent
from townline.cases.places import metres_between
from townline.core.access import seen_by, visible

MOST = 10
MOST_FOLLOWERS = 101
NEAR = {
    "reference": "reference", "subject": "subject", "status": "status", "received_at": "received_at",
    "place": "place_label", "latitude": "latitude", "longitude": "longitude",
}  # fmt: skip


@stands_beside("near_by_words", **NEAR)
def _near_by_words(case: Case, user: Any) -> "QuerySet[Any] | None":
    """Reported at the same address or crossing, not long before or after."""
    return _some(called_like(_others(case, user), case.place_key)) if case.place_key else None


@stands_beside("near_on_map", **NEAR)
def _near_on_map(case: Case, user: Any) -> "QuerySet[Any] | None":
    """Reported a few metres away."""
    if case.latitude is None or case.longitude is None:
        return None
    return _some(lying_within(_others(case, user), (case.latitude, case.longitude), case.service.near_metres))


def _others(case: Case, user: Any) -> CaseQuerySet:
    return recent(visible(user, Case.objects.exclude(pk=case.pk)), case.service, case.received_at)


def _some(rows: "QuerySet[Any]", most: int = MOST) -> "QuerySet[Any]":
    """The latest few, in a form that fits into a query with others."""
    latest = rows.order_by("-id").values("pk")[:most]
    few: QuerySet[Any] = rows.model._default_manager.filter(pk__in=latest)
    return few


@stands_beside("followers", pk="pk", language="language", at="followed_at", who="who", kind="contact_point__kind")
def _followers(case: Case, user: Any) -> "QuerySet[Any]":
    """Whoever else told us of it; by name for those who may know customers."""
    whole = Case.objects.filter(Q(pk=case.pk) | Q(survivor=case.pk))
    rows = _some(Follower.objects.live().filter(case__in=whole.values("pk")), MOST_FOLLOWERS)
    named: QuerySet[Any] = rows.annotate(who=F("customer__name") if user.holds("customer.read") else Value(""))
    return named


@stands_beside("links", kind="kind", reference="other__reference", subject="other__subject", status="other__status")
def _links(case: Case, user: Any) -> "QuerySet[Any]":
    """The other case, where this one is the older."""
    return _some(Link.objects.filter(seen_by(user, Case, "other"), case=case))


@stands_beside("links_back", kind="kind", reference="case__reference", subject="case__subject", status="case__status")
def _links_back(case: Case, user: Any) -> "QuerySet[Any]":
    """The other case, where that one is the older."""
    return _some(Link.objects.filter(seen_by(user, Case, "case"), other=case))


PART = {
    "reference": "reference", "subject": "subject", "status": "status", "is_seen": "is_seen",
    "department": Inner("department__name"),
}  # fmt: skip


@stands_beside("parts", **PART)
def _parts(case: Case, user: Any) -> "QuerySet[Any]":
    """What other departments do for it: known to all who see the whole, opened by those who may."""
    return _with_sight(Case.objects.filter(parent=case), user)


@stands_beside("whole", **PART)
def _whole(case: Case, user: Any) -> "QuerySet[Any] | None":
    """The case that answers the customer."""
    return _with_sight(Case.objects.filter(pk=case.parent_id), user) if case.parent_id else None


def _with_sight(rows: CaseQuerySet, user: Any) -> CaseQuerySet:
    return rows.annotate(is_seen=ExpressionWrapper(seen_by(user, Case, "pk"), output_field=BooleanField()))


@stands_beside("merged", pk="pk", reference="reference", subject="subject")
def _merged(case: Case, user: Any) -> "QuerySet[Any]":
    """The cases of the same customer that go on in this one."""
    return visible(user, Case.objects.filter(survivor=case))


class Row(SimpleNamespace):
    """One of the rows, as a template reads it."""

    status: str

    def get_status_display(self) -> str:
        """Where it stands, in a word."""
        return str(Status(self.status).label)


def around(case: Case, stands: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """What stands around a case, as its page shows it."""
    links = [Row(**row) for row in stands["links"] + stands["links_back"]]
    tied = {row.reference for row in links}
    followers = [Row(**{**row, "at": as_moment(row["at"])}) for row in stands["followers"]]
    return {
        "near": [row for row in _near(case, stands) if row.reference not in tied],
        "followers": sorted(followers, key=lambda row: row.at),
        "people": len(followers) + 1,
        "links": links,
        "parts": sorted((Row(**row) for row in stands["parts"]), key=lambda row: row.reference),
        "whole": next((Row(**row) for row in stands["whole"]), None),
        "merged": [Row(**row) for row in stands["merged"]],
    }


def _near(case: Case, stands: dict[str, list[dict[str, Any]]]) -> list[Row]:
    """Each once, the latest first; on the map within the circle of the service."""
    here = (case.latitude or 0.0, case.longitude or 0.0)
    close = [
        row
        for row in stands["near_on_map"]
        if metres_between(here, (row["latitude"], row["longitude"])) <= case.service.near_metres
    ]
    found = {row["reference"]: row for row in [*stands["near_by_words"], *close]}
    rows = [Row(**{**row, "received_at": as_moment(row["received_at"])}) for row in found.values()]
    return sorted(rows, key=lambda row: row.received_at, reverse=True)[:MOST]
