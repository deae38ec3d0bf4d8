"""What every page of the desk shows around its content."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from townline.accounts.gates import DESK


def frame(request: HttpRequest) -> dict[str, Any]:
    """The navigation; nothing outside the desk."""
    if not request.path.startswith(DESK) or not request.user.is_authenticated:
        return {}
    entries = [(reverse("desk:home"), _("Work"))]
    return {
        "navigation": [{"url": url, "label": label, "current": request.path == url} for url, label in entries],
        "health": [],
    }
