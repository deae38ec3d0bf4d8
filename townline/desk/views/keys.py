"""The keys of the desk: what each does, and whether single letters are on for this person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import User
from townline.core.access import fetch

KEYS = [
    ("/", _l("Go to the search field")),
    ("N", _l("Begin a new interaction")),
    ("J", _l("The next row of a list")),
    ("K", _l("The row before")),
    ("↓ ↑", _l("The same, inside a list")),
    ("O", _l("Open the row")),
    ("X", _l("Tick the row, or take the tick away")),
    ("?", _l("This page")),
]


def keys(request: HttpRequest) -> HttpResponse:
    """What each key does; and the switch."""
    if request.method == "POST":
        person = fetch(request.user, User, "prefer", pk=request.user.pk)
        person.prefer(by=request.user, has_keys=request.POST.get("keys") == "on")
        messages.success(request, _("Saved."))
        return redirect("desk:keys")
    return render(request, "desk/keys.html", {"keys": KEYS})
