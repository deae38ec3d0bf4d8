"""Slows down whoever tries to find somebody else's request by guessing.

Wrong tries are counted for the browser session and for the network address,
in Django's cache: ten in ten minutes, then nobody there is answered for a while.
"""

import time
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from townline.doorstep.pace import since

TRIES = 10
SECONDS = 600


def is_over(request: HttpRequest) -> bool:
    """Have there been too many wrong tries from here lately?"""
    return any(len(_recent(tries)) >= TRIES for tries in cache.get_many(_keys(request)).values())


def count_wrong_try(request: HttpRequest) -> None:
    """Remember one that did not fit."""
    keys = _keys(request)
    known = cache.get_many(keys)
    cache.set_many({key: [*_recent(known.get(key, [])), time.time()][-TRIES:] for key in keys}, SECONDS)


def _recent(tries: list[float]) -> list[float]:
    return since(tries, time.time() - SECONDS)


def _keys(request: HttpRequest) -> list[str]:
    """Where the tries come from; the address itself is not kept."""
    sources = [get_adapter(request).get_client_ip(request), request.session.session_key]
    return [f"wrong-tries-{sha256(source.encode()).hexdigest()}" for source in sources if source]
