"""The portal's front page, and the municipality's colours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from townline.accounts.models import Municipality
from townline.ui.brand import brand_css


def home(request: HttpRequest) -> HttpResponse:
    """One field, the doors, and how to reach a person."""
    return render(request, "portal/home.html")


@cache_control(public=True, max_age=3600)
def brand(request: HttpRequest) -> HttpResponse:
    """The tokens of the municipality's brand, as a stylesheet."""
    municipality = Municipality.objects.first()
    tokens = municipality.brand if municipality else {}
    return HttpResponse(brand_css(tokens), content_type="text/css; charset=utf-8")
