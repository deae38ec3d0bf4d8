"""Checking on a report that waits on the doorstep: by the browser that sent it, or by reference and e-mail address."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.crypto import constant_time_compare

from townline.core.access import fetch
from townline.doorstep.models import Held
from townline.doorstep.pace import digest
from townline.doorstep.policy import Waiter

KEY = "waiting"


def what_waits(request: HttpRequest, reference: str) -> Held | None:
    """The report of this reference, for whoever sent it or proved to know it."""
    waiter = Waiter(request.session.get("drafter", ""), frozenset(request.session.get(KEY, [])))
    rows: Any = Held.objects.waiting().select_related("draft__service")
    try:
        found: Held = fetch(waiter, rows, "track", reference=reference)
        return found
    except Http404:
        return None


def let_in_to_waiting(request: HttpRequest, reference: str, proof: str) -> bool:
    """Is this the e-mail address that was given with it? Then this browser may see that it waits.

    The same work for a reference that nobody has, so that time tells a stranger nothing.
    """
    held = Held.objects.waiting().filter(reference=reference).first()
    known = held.addressee if held else ""
    is_theirs = constant_time_compare(digest("addressee", proof.strip().lower()), known) and bool(known)
    if held and is_theirs:
        request.session[KEY] = [*request.session.get(KEY, []), held.pk][-50:]
        request.session.cycle_key()
    return is_theirs
