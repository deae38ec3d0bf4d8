"""Checks at start-up: settings that only work together are all there."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

TOGETHER = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_SECRET")


@register()
def the_provider_is_wholly_set(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Half a provider would leave staff before a button that leads nowhere, or without any."""
    missing = [f"TOWNLINE_{name}" for name in TOGETHER if not getattr(settings, name)]
    if len(missing) == len(TOGETHER):
        if not settings.OIDC_ONLY:
            return []
        return [Error("TOWNLINE_OIDC_ONLY needs a provider.", hint=f"Set {', '.join(missing)}.", id="townline.E020")]
    if missing:
        return [Error("The identity provider is set by half.", hint=f"Set {', '.join(missing)}.", id="townline.E021")]
    address = urlsplit(settings.OIDC_ISSUER)
    if address.scheme != "https" and address.hostname not in ("localhost", "127.0.0.1"):
        return [Error("TOWNLINE_OIDC_ISSUER must begin with https://.", id="townline.E022")]
    if settings.OIDC_CLAIM and "=" not in settings.OIDC_CLAIM:
        return [Error("TOWNLINE_OIDC_CLAIM is written NAME=VALUE.", id="townline.E023")]
    return []
