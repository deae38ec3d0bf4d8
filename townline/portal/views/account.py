"""What a customer with an account sees: everything they asked for, in every channel."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from townline.cases.drafting import Drafter
from townline.cases.models import Case, Follower
from townline.cases.near import place_for_others
from townline.complaints.models import Complaint
from townline.complaints.own import complainant_of
from townline.core.access import visible

LENGTH = 25


def place_in_list(text: str) -> tuple[datetime, int] | None:
    """Where a list goes on, as its links write it; None for nonsense."""
    moment, _, pk = text.rpartition("~")
    try:
        return datetime.fromisoformat(moment).astimezone(UTC), int(pk)
    except (ValueError, OverflowError):
        return None


def account(request: HttpRequest) -> HttpResponse:
    """My requests, newest first, and on the first page what was begun and not sent."""
    before = place_in_list(request.GET.get("before", ""))
    mine = visible(request.user, Case.objects.all()).newest(before).select_related("service")
    rows = list(mine[: LENGTH + 1])
    last = rows[LENGTH - 1] if len(rows) > LENGTH else None
    older = f"{last.received_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}~{last.pk}" if last else ""
    follows = visible(request.user, Follower.objects.select_related("case__service")).order_by("-id")
    drafts = [] if before else Drafter.of(request).unfinished().select_related("service")
    complaints = [] if before else visible(complainant_of(request), Complaint.objects.select_related("case"))
    context = {
        "complaints": complaints,
        "cases": rows[:LENGTH],
        "older": older,
        "is_first": before is None,
        "drafts": drafts,
    }
    context["followed"] = [] if before else [(one, place_for_others(one.case)) for one in follows[:LENGTH]]
    return render(request, "portal/account.html", context)
