"""Talking to the municipality's own identity provider: OpenID Connect, the code flow with PKCE, state and nonce.

Authlib does the protocol, and checks the provider's signature, its name, whom
the answer is for and when it ends. What we add: what must be set, what a claim
must say, and a sentence for everything that can go wrong.
"""

import logging
from typing import Any

from allauth.account.authentication import get_authentication_records
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import MismatchingStateError, OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from requests import RequestException

from townline.core.refusals import NotPossible

METHOD = "oidc"
PATIENCE = 8
"""Seconds that the provider may take for one answer."""
AWRY = (AuthlibBaseError, RequestException, RuntimeError, ValueError, KeyError, TypeError, AttributeError)
"""What Authlib and the wire raise when the provider is away, or says what no provider should."""
log = logging.getLogger(__name__)


def is_on() -> bool:
    """Do staff sign in through a provider? Only when all three settings are there."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID and settings.OIDC_SECRET)


def label() -> str:
    """What the button says."""
    french = (translation.get_language() or "").startswith("fr") and settings.OIDC_NAME_FR
    return french or settings.OIDC_NAME or _("Staff: sign in with your work account")


def callback_url() -> str:
    """The one address that the provider sends people back to."""
    with translation.override("en"):
        return str(settings.BASE_URL + reverse("provider_back"))


def _client() -> Any:
    return OAuth().register(
        name="staff",
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_SECRET,
        server_metadata_url=f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": settings.OIDC_SCOPE,
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )


def send(request: HttpRequest) -> HttpResponse:
    """To the provider, with a state, a nonce and a challenge that only this session knows."""
    try:
        client = _client()
        _demand_issuer(client.load_server_metadata())
        response: HttpResponse = client.authorize_redirect(request, callback_url())
        return response
    except AWRY as failure:
        raise _sorry(failure) from failure


def receive(request: HttpRequest) -> dict[str, Any]:
    """What the provider says of whoever comes back; what it signed counts before what it only says."""
    client = _client()
    try:
        _demand_issuer(client.load_server_metadata())
        token = client.authorize_access_token(request)
        signed = dict(token["userinfo"])
        claims = dict(client.userinfo(token=token)) | signed
        if claims["sub"] != signed["sub"] or signed.get("iss") is None:
            raise ValueError("another person")
    except MismatchingStateError as failure:
        raise NotPossible(_("This sign-in took too long, or was opened twice. Please start again.")) from failure
    except OAuthError as failure:
        if failure.error == "access_denied":
            raise NotPossible(_("You did not finish signing in. You can try again.")) from failure
        raise _sorry(failure) from failure
    except AWRY as failure:
        raise _sorry(failure) from failure
    _demand_claim(claims)
    return claims


def counts_as_second_factor(claims: dict[str, Any]) -> bool:
    """Did the provider ask for a second step that we take for ours?"""
    given = claims.get("amr") or []
    ways = {given} if isinstance(given, str) else {str(one) for one in given}
    return bool((ways | {str(claims.get("acr", ""))}) & set(settings.OIDC_SECOND_FACTOR))


def has_come(request: HttpRequest, user: Any) -> bool:
    """Did this person come by the provider in this session?"""
    return any(given["method"] == METHOD for given in get_authentication_records(request, user))


def is_kept_to_provider(user: Any) -> bool:
    """Must this person come by the provider? Whoever is named in the settings for emergencies need not."""
    excepted = {address.strip().lower() for address in settings.OIDC_EXCEPT}
    return bool(settings.OIDC_ONLY and is_on() and user.is_employee and (user.email or "").lower() not in excepted)


def _demand_issuer(metadata: dict[str, Any]) -> None:
    if str(metadata.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
        raise ValueError("The provider calls itself by another name than TOWNLINE_OIDC_ISSUER.")


def _demand_claim(claims: dict[str, Any]) -> None:
    name, _equals, wanted = settings.OIDC_CLAIM.partition("=")
    if not name:
        return
    said = claims.get(name)
    if wanted not in ([str(one) for one in said] if isinstance(said, list) else [str(said)]):
        raise NotPossible(_("Your organization’s sign-in does not list you for this service."))


def _sorry(failure: Exception) -> NotPossible:
    """For the log, what kind of failure it was; its words could hold what nobody else may read."""
    code = getattr(failure, "error", "") or ""
    log.warning("Signing in through the provider failed: %s %s", type(failure).__name__, code)
    return NotPossible(_("Your organization’s sign-in does not answer as it should. Try again in a few minutes."))
