"""How much comes from where: what is more than people send waits on the doorstep.

Nothing is refused. From one address on the network so many reports an hour go
straight to a department; while many come in from everywhere without a confirmed
sender, one does. Whoever is signed in has confirmed an address, and never waits.
The counts live in Django's cache, under keyed digests.
"""

import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from townline.doorstep.models import Held

HOUR, TEN_MINUTES = 3600, 600
FLOOD = 40
"""So many reports in ten minutes that nobody confirmed, and each address has one that does not wait."""
EVERYWHERE = "doorstep-everywhere"


def digest(about: str, value: str) -> str:
    """Stands for an address, and does not tell it to anybody without the key."""
    return salted_hmac(f"townline.doorstep.{about}", value, algorithm="sha256").hexdigest()[:16]


def source_of(request: HttpRequest) -> str:
    """Where a request comes from: one IPv4 address, or the network of an IPv6 address."""
    return digest("source", get_adapter(request).get_client_ip(request))


def why_wait(request: HttpRequest) -> str:
    """Why this report is looked at before it goes on; nothing for most. Counts it."""
    if not settings.HOLD_AFTER or request.user.is_authenticated:
        return ""
    key, now = f"doorstep-{source_of(request)}", time.time()
    from_here = since(cache.get(key, []), now - HOUR)
    everywhere = since(cache.get(EVERYWHERE, []), now - TEN_MINUTES)
    most = 1 if len(everywhere) >= FLOOD else settings.HOLD_AFTER
    cache.set(key, [*from_here, now][-settings.HOLD_AFTER - 1 :], HOUR)
    if request.POST.get("website"):
        return Held.Reason.TRAP
    if len(from_here) >= most:
        return Held.Reason.PACE
    cache.set(EVERYWHERE, [*everywhere, now][-FLOOD:], TEN_MINUTES)
    return ""


def since(moments: list[float], then: float) -> list[float]:
    """Those that are later."""
    return [at for at in moments if at > then]
