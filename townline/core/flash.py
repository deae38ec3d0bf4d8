"""Where a sentence waits for the next page: in a cookie that only this host can set."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class OwnCookie(CookieStorage):
    """Named as the other cookies are, so that no neighbour under the same domain can put one in its place."""

    cookie_name = "__Host-messages" if settings.SECURE else "messages"


class Storage(FallbackStorage):
    """The cookie, and the session for what is too long."""

    storage_classes = (OwnCookie, SessionStorage)
