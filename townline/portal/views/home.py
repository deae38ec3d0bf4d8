"""The portal's front page, and the municipality's colours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from townline.accounts.models import Counter, Department, Municipality
from townline.catalogue.models import Door
from townline.notices.models import Notice
from townline.portal.opening import opening_of
from townline.ui.brand import brand_css

BY_PHONE, IN_WRITING = ("phone",), ("email", "mail", "fax")


def home(request: HttpRequest) -> HttpResponse:
    """One field, the doors, and how to reach a person."""
    now = timezone.now()
    fronts = Department.objects.filter(is_front=True).select_related("calendar")
    front = fronts.prefetch_related("calendar__closures").first()
    counters = Counter.objects.filter(is_active=True).select_related("calendar")
    municipality = Municipality.objects.first()
    points = municipality.contact_points if municipality else []
    context = {
        "notices": Notice.objects.shown(now),
        "doors": Door.public(),
        "front": opening_of(front.calendar, now) if front else None,
        "calls": [point for point in points if point["kind"] in BY_PHONE],
        "letters": [point for point in points if point["kind"] in IN_WRITING],
        "visits": [point for point in points if point["kind"] == "counter"],
        "counters": [
            {"counter": counter, "opening": opening_of(counter.calendar, now)}
            for counter in counters.prefetch_related("calendar__closures")
        ],
    }
    return render(request, "portal/home.html", context)


@cache_control(public=True, max_age=3600)
def brand(request: HttpRequest) -> HttpResponse:
    """The tokens of the municipality's brand, as a stylesheet."""
    municipality = Municipality.objects.first()
    return HttpResponse(brand_css(municipality.brand if municipality else {}), content_type="text/css; charset=utf-8")
