"""The gates, by the beginning of the address.

`/desk/` is for staff who gave a second factor, `/account/` for anybody who is
signed in, `/api/` sees to its own keys, and the rest of the portal is open.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control

from townline.accounts.models import User
from townline.core.faults import again

DESK = "/desk/"
ACCOUNT = ("/account/", "/fr/account/")


def has_second_factor(request: HttpRequest) -> bool:
    """Has this session given a second factor? A demo, which holds no real person's data, asks none."""
    if settings.DEMO and request.session.get("demo"):
        return True
    user = request.user if isinstance(request.user, User) else None
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


class GateMiddleware:
    """Lets each request through its gate, or sends it where the key is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse at the gate, or pass on; what somebody signed in saw is kept by no cache."""
        refused = self._refuse(request)
        response = refused or self.get_response(request)
        if request.path.startswith((DESK, *ACCOUNT)) or request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response

    def _refuse(self, request: HttpRequest) -> HttpResponse | None:
        is_desk = request.path.startswith(DESK)
        if not is_desk and not request.path.startswith(ACCOUNT):
            return None
        if not request.user.is_authenticated and request.method == "POST":
            return again(request)
        if not request.user.is_authenticated:
            query = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('account_login')}?{query}")
        if is_desk and not request.user.is_employee:
            raise Http404
        if is_desk and not has_second_factor(request):
            return redirect("mfa_activate_totp")
        return None


class LanguageMiddleware:
    """The desk speaks the language its user prefers; the portal the one in the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Switch for the desk only."""
        if request.path.startswith(DESK) and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)
