"""Signing in to a demo: each member of the cast is one click.

Mounted only in a demo, which holds invented people only.
"""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from townline.accounts.models import User
from townline.site.town import CAST, address_of

RIVERA_KEY = "elena.rivera"


def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the cast; become the one that was chosen."""
    if request.method == "POST":
        user = User.objects.filter(email=address_of(request.POST.get("who", "")), is_active=True).first()
        if user is None:
            raise Http404
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        request.session["demo"] = True
        return redirect("desk:home" if user.is_employee else "portal:account")
    return render(request, "site/demo.html", {"cast": CAST, "resident": RIVERA_KEY})
