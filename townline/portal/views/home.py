"""The portal's front page, and the municipality's colours."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from townline.accounts.models import Calendar, Counter, Department, Municipality
from townline.catalogue.models import Door
from townline.ui.brand import brand_css

SHAPES = {"report": "report", "bylaw": "bylaw", "permit": "permit", "voice": "voice", "ask": "ask"}


def home(request: HttpRequest) -> HttpResponse:
    """One field, the doors, and how to reach a person."""
    front = Department.objects.filter(is_front=True).select_related("calendar").first()
    counters = Counter.objects.filter(is_active=True).select_related("calendar")
    context = {
        "doors": list(Door),
        "open_now": _open(front.calendar) if front else None,
        "counters": [{"counter": counter, "open": _open(counter.calendar)} for counter in counters],
    }
    return render(request, "portal/home.html", context)


def _open(calendar: Calendar) -> dict[str, Any]:
    """Open now until when, or opening again when; empty for hours that never open."""
    hours, now = calendar.opening_hours, timezone.now()
    if not calendar.hours or not any(calendar.hours.values()):
        return {}
    return {"until": hours.closes_at(now)} if hours.is_open(now) else {"from": hours.next_opening(now)}


@cache_control(public=True, max_age=3600)
def brand(request: HttpRequest) -> HttpResponse:
    """The tokens of the municipality's brand, as a stylesheet."""
    municipality = Municipality.objects.first()
    return HttpResponse(
        brand_css(municipality.brand if municipality else {}), content_type="text/css; charset=utf-8"
    )
