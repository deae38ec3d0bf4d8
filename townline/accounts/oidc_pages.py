"""Signing in through the provider: there, and back."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_GET

from townline.accounts import oidc
from townline.accounts.arrivals import person_of
from townline.accounts.passkeys import METHOD as SECOND_FACTOR
from townline.core.refusals import NotPossible

LANGUAGE, ONWARD = "provider_language", "provider_next"


@require_GET
def go(request: HttpRequest) -> HttpResponse:
    """To the provider. A link and not a form: our policy lets forms lead nowhere else."""
    if not oidc.is_on():
        raise Http404
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="login")
    if limited:
        return limited
    request.session[LANGUAGE] = translation.get_language()
    request.session[ONWARD] = get_next_redirect_url(request)
    try:
        return oidc.send(request)
    except NotPossible as refused:
        return _back_to_the_start(request, refused)


@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """From the provider, in the language somebody left in: signed in, or with a sentence why not."""
    if not oidc.is_on():
        raise Http404
    language = request.session.get(LANGUAGE) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            return _let_in(request)
        except NotPossible as refused:
            return _back_to_the_start(request, refused)


def _let_in(request: HttpRequest) -> HttpResponse:
    claims = oidc.receive(request)
    onward = request.session.get(ONWARD)
    with transaction.atomic():
        user = person_of(claims)
    logout(request)
    record_authentication(request, user, method=oidc.METHOD)
    if oidc.counts_as_second_factor(claims):
        record_authentication(request, user, method=SECOND_FACTOR, type=oidc.METHOD)
    safe = onward if onward and get_adapter(request).is_safe_url(onward) else None
    response: HttpResponse = perform_login(request, Login(user=user, email=user.email, redirect_url=safe))
    return response


def _back_to_the_start(request: HttpRequest, refused: NotPossible) -> HttpResponse:
    messages.error(request, str(refused))
    return redirect("account_login")
