"""What every page knows: the municipality, the demo, the languages."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
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
    entries = [(reverse("portal:home"), _("Home")), (reverse("portal:track"), _("Check on a request"))]
    if request.user.is_authenticated:
        entries.append((reverse("portal:account"), _("My requests")))
    else:
        entries.append((_sign_in(request), _("Sign in")))
    return [{"url": url, "label": label, "current": request.path == urlsplit(url).path} for url, label in entries]


def _sign_in(request: HttpRequest) -> str:
    """To sign-in, and from the pages of a draft back to it."""
    login = reverse("account_login")
    is_asking = request.resolver_match is not None and request.resolver_match.view_name == "portal:ask"
    return f"{login}?{urlencode({'next': request.path})}" if is_asking else login


def _footer() -> list[dict[str, Any]]:
    return [
        {"url": reverse("portal:find"), "label": _("Everything you can ask for")},
        {"url": reverse("portal:glossary"), "label": _("The words we use")},
        {"url": reverse("desk:home"), "label": _("For staff: sign in")},
    ]


def house(request: HttpRequest) -> dict[str, Any]:
    """The profile of the municipality, read once a page and only when the page asks."""
    if request.path.startswith(DESK):
        ways: dict[str, Any] = {}
    else:
        ways = {"home_url": reverse("portal:home"), "navigation": _navigation(request), "footer_links": _footer()}
    return {
        **ways,
        "municipality": SimpleLazyObject(Municipality.objects.first),
        "brand_url": reverse("brand"),
        "demo": settings.DEMO,
        "languages": _languages(request),
    }
