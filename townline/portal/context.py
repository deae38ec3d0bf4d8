"""What every page knows: the municipality, the demo, the languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from townline.accounts.models import Municipality


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    active = (get_language() or "en")[:2]
    return [
        {"code": code, "label": label, "url": translate_url(request.get_full_path(), code), "current": code == active}
        for code, label in (("en", "English"), ("fr", "Français"))
    ]


def house(request: HttpRequest) -> dict[str, Any]:
    """The profile of the municipality, read once a page and only when the page asks."""
    return {
        "municipality": SimpleLazyObject(Municipality.objects.first),
        "brand_url": reverse("brand"),
        "demo": settings.DEMO,
        "languages": _languages(request),
    }
