"""How often one place may follow, add words, say it is not solved, begin a complaint, or ask for a copy.

So much in ten minutes is more than one household, or one library, does; what comes after is asked to wait a
little, and keeps what it typed. It is counted for the network address, under a keyed digest in Django's cache;
for whoever is signed in it is counted for the account, so that nobody waits because of their neighbours.
Where nothing is held on the doorstep (`TOWNLINE_HOLD_AFTER=0`), nothing is counted here.
"""

import time

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _l

from townline.doorstep.pace import digest, since, source_of

MOST = {"add": 30, "not-solved": 20, "follow": 20, "complaint": 10, "copy": 10}
SECONDS = 600
SLOWED = 429
WAIT = _l("A lot has come from your network just now. Wait ten minutes and try again, or call us.")
KEPT = _l("What you wrote is still here.")


def is_too_much(request: HttpRequest, doing: str) -> bool:
    """Has this been done so often from here lately that it has to wait? What need not wait is counted."""
    if not settings.HOLD_AFTER:
        return False
    whose = digest("account", str(request.user.pk)) if request.user.is_authenticated else source_of(request)
    key, now = f"pace-{doing}-{whose}", time.time()
    recent = since(cache.get(key, []), now - SECONDS)
    if len(recent) >= MOST[doing]:
        return True
    cache.set(key, [*recent, now], SECONDS)
    return False


def is_slowed(request: HttpRequest, form: forms.Form, doing: str) -> bool:
    """The same for a form that is good: it says so above what was typed, and keeps it."""
    slowed = is_too_much(request, doing)
    if slowed:
        form.add_error(None, forms.ValidationError(f"{WAIT} {KEPT}", code="pace"))
    return slowed


def status_of(form: forms.Form) -> int:
    """429 for what has to wait; 200 for any other page with a form."""
    return SLOWED if form.is_bound and form.has_error("__all__", "pace") else 200
