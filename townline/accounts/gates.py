"""The gates, by the beginning of the address.

`/desk/` is for staff who gave a second factor, `/account/` for anybody who is
signed in, `/api/` sees to its own keys, and the rest of the portal is open.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control

from townline.accounts import second_factor
from townline.accounts.models import User
from townline.core.faults import again

DESK = "/desk/"
ANSWERING = "/desk/after-hours/log/"
ACCOUNT = ("/account/", "/fr/account/")


def has_second_factor(request: HttpRequest) -> bool:
    """Has this session given a second factor? A demo, which holds no real person's data, asks none."""
    if settings.DEMO and request.session.get("demo"):
        return True
    return second_factor.is_given(request, request.user if isinstance(request.user, User) else None)


def keep_for_later(request: HttpRequest, page: str) -> HttpResponse:
    """Lead to a sign-in page, and from there to what was asked for; what was typed is given back meanwhile."""
    if request.method == "POST":
        return again(request, sign_in_url=f"{reverse(page)}?{urlencode({'next': reverse('signed_in')})}")
    return redirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")


class GateMiddleware:
    """Lets each request through its gate, or sends it where the key is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse at the gate, or pass on; what is shown to one browser only is kept by no cache."""
        refused = self._refuse(request)
        response = refused or self.get_response(request)
        if not refused and request.path.startswith(DESK) and isinstance(request.user, User):
            User.objects.saw(request.user)
        is_personal = request.user.is_authenticated or not request.session.is_empty()
        is_for_all = "public" in response.get("Cache-Control", "")
        if request.path.startswith((DESK, *ACCOUNT)) or (is_personal and not is_for_all):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def _refuse(self, request: HttpRequest) -> HttpResponse | None:
        is_desk = request.path.startswith(DESK)
        if not is_desk and not request.path.startswith(ACCOUNT):
            return None
        if not request.user.is_authenticated:
            return keep_for_later(request, "account_login")
        if is_desk and not request.user.is_employee:
            raise Http404
        if is_desk and not has_second_factor(request):
            is_set_up = is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
            return keep_for_later(request, "mfa_reauthenticate" if is_set_up else "mfa_activate_totp")
        return self._keep_to_answering(request) if is_desk and request.user.only_answers else None

    def _keep_to_answering(self, request: HttpRequest) -> HttpResponse | None:
        """Whoever only answers after hours has one page at the desk; nothing else is there."""
        if request.path == DESK:
            return redirect(ANSWERING)
        if not request.path.startswith((ANSWERING, f"{DESK}language/")):
            raise Http404
        return None


class LanguageMiddleware:
    """The desk speaks the language its user prefers; the portal the one in the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Switch for the desk; the portal stays in the language of its address."""
        if request.path.startswith(DESK) and request.user.is_authenticated:
            self._speak(request, request.user)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Staff meet their second step in the language of the desk it leads to."""
        found, user = request.resolver_match, request.user
        if found and str(found.url_name).startswith("mfa_") and user.is_authenticated and user.is_employee:
            self._speak(request, user)

    def _speak(self, request: HttpRequest, user: User) -> None:
        translation.activate(user.language)
        request.LANGUAGE_CODE = user.language
