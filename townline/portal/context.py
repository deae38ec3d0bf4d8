"""What every page knows: the municipality, the demo, the languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from townline.accounts.gates import DESK
from townline.accounts.models import Municipality


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    """On the portal a link to the same page; at the desk, where it is a preference, a form that sets it."""
    active = (get_language() or "en")[:2]
    path = request.get_full_path()
    is_desk = request.path.startswith(DESK) and request.user.is_authenticated
    return [
        {
            "code": code,
            "label": label,
            "current": code == active,
            "url": path if is_desk else translate_url(path, code),
            "action": reverse("accounts:language", args=[code]) if is_desk else "",
        }
        for code, label in (("en", "English"), ("fr", "Français"))
    ]


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The portal's few ways: the desk has its own."""
    entries = [(reverse("portal:home"), _("Start")), (reverse("portal:track"), _("Check on a request"))]
    if request.user.is_authenticated:
        entries.append((reverse("portal:account"), _("My requests")))
    else:
        entries.append((reverse("account_login"), _("Sign in")))
    return [{"url": url, "label": label, "current": request.path == url} for url, label in entries]


def house(request: HttpRequest) -> dict[str, Any]:
    """The profile of the municipality, read once a page and only when the page asks."""
    if request.path.startswith(DESK):
        ways: dict[str, Any] = {}
    else:
        ways = {"home_url": reverse("portal:home"), "navigation": _navigation(request)}
    return {
        **ways,
        "municipality": SimpleLazyObject(Municipality.objects.first),
        "brand_url": reverse("brand"),
        "demo": settings.DEMO,
        "languages": _languages(request),
    }
