"""Addresses of the sign-in pages: our own first, then allauth's; mounted at `/sign-in/`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from townline.accounts import oidc_pages, passkeys, second_factor, views


def where_texts_are_sent(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page that exists only where `TOWNLINE_SMS_URL` is set."""

    @wraps(view)
    def page(request: HttpRequest) -> HttpResponse:
        if not settings.SMS_URL:
            raise Http404
        response: HttpResponse = view(request)
        return response

    return page


urlpatterns = [
    path("back/", views.signed_in, name="signed_in"),
    path("invitation/", views.accept_invitation, name="accept_invitation"),
    path("invitation/<str:token>/", views.invitation_link, name="invitation"),
    path("phone/verify/", where_texts_are_sent(account.verify_phone), name="account_verify_phone"),
    path("phone/change/", where_texts_are_sent(account.change_phone), name="account_change_phone"),
    path("provider/", oidc_pages.go, name="provider"),
    path("provider/back/", oidc_pages.back, name="provider_back"),
    path("2fa/", second_factor.WaysView.as_view(), name="mfa_index"),
    path("2fa/authenticate/", second_factor.SecondStepView.as_view(), name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_factor.SecondStepAgainView.as_view(), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", second_factor.SetUpView.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", second_factor.TakeDownView.as_view(), name="mfa_deactivate_totp"),
    path("2fa/webauthn/add/", passkeys.AddView.as_view(), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", passkeys.SignInView.as_view(), name="mfa_login_webauthn"),
    path("2fa/webauthn/reauthenticate/", passkeys.AgainView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", passkeys.RenameView.as_view(), name="mfa_edit_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", passkeys.RemoveView.as_view(), name="mfa_remove_webauthn"),
    path("", include("allauth.urls")),
]
