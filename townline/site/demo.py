"""Signing in to a demo: each member of the cast is one click.

Mounted only in a demo, which holds invented people only.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from townline.accounts.models import User
from townline.site.town import CAST, address_of

RIVERA_KEY = "elena.rivera"


def in_their_language(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A page whose address names no language speaks the one that was chosen on it, or that the browser asks for."""

    @wraps(view)
    def page(request: HttpRequest) -> HttpResponse:
        chosen = request.GET.get("lang")
        is_offered = chosen in dict(settings.LANGUAGES)
        translation.activate(chosen if chosen and is_offered else translation.get_language_from_request(request))
        request.LANGUAGE_CODE = translation.get_language()
        response = view(request)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    return page


@in_their_language
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the cast; become the one that was chosen."""
    if request.method == "POST":
        user = User.objects.filter(email=address_of(request.POST.get("who", "")), is_active=True).first()
        if user is None:
            raise Http404
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        request.session["demo"] = True
        return redirect("desk:home" if user.is_employee else "portal:account")
    languages = [
        {"code": code, "label": label, "current": code == translation.get_language(), "url": f"?lang={code}"}
        for code, label in settings.LANGUAGES
    ]
    return render(request, "site/demo.html", {"cast": CAST, "resident": RIVERA_KEY, "languages": languages})
