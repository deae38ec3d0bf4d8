"""The pages where staff are invited and looked after, and the few of our own among the sign-in pages."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townline.accounts.forms import AcceptForm, InviteForm, PersonForm
from townline.accounts.gates import DESK
from townline.accounts.invitations import invite
from townline.accounts.models import ApiKey, Invitation, User
from townline.accounts.policy import Invitee
from townline.accounts.users import INVITES
from townline.core.access import fetch, visible
from townline.core.refusals import NotAllowed

TOKEN = "invitation"


def _demand_inviter(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.holds(INVITES):
        raise NotAllowed(_("You do not have permission to do this."))
    return request.user


def people(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, who was invited, and which systems have a key."""
    inviter = _demand_inviter(request)
    staff = visible(inviter, User.objects.filter(kind=User.Kind.STAFF))
    keys = visible(inviter, ApiKey.objects.select_related("user"))
    context = {
        "staff": staff.order_by("-is_active", "name").prefetch_related("roles", "departments", "authenticator_set"),
        "invitations": visible(inviter, Invitation.objects.pending()).order_by("created_at").prefetch_related("roles"),
        "keys": keys.order_by("-is_active", "name"),
    }
    return render(request, "accounts/people.html", context)


def invite_somebody(request: HttpRequest) -> HttpResponse:
    """Ask somebody to become staff."""
    inviter = _demand_inviter(request)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitation = invite(by=inviter, **form.cleaned_data)
        sentence = _("We are sending an invitation to %(address)s. The link works for seven days.")
        messages.success(request, sentence % {"address": invitation.address})
        return redirect("accounts:people")
    return render(request, "accounts/invite.html", {"form": form})


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One member of staff: roles and departments, and what can be done."""
    found = fetch(request.user, User, "appoint", pk=pk)
    initial = {"roles": found.roles.all(), "departments": found.departments.all(), "position": found.position}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        found.appoint(by=request.user, **form.cleaned_data)
        messages.success(request, _("The roles of %(name)s are changed.") % {"name": found})
        return redirect("accounts:people")
    return render(request, "accounts/person.html", {"person": found, "form": form})


@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's access."""
    found = fetch(request.user, User, "deactivate", pk=pk)
    found.deactivate(by=request.user)
    messages.success(request, _("%(name)s has no access any more.") % {"name": found})
    return redirect("accounts:person", pk)


@require_POST
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back."""
    found = fetch(request.user, User, "activate", pk=pk)
    found.activate(by=request.user)
    messages.success(request, _("%(name)s can sign in again.") % {"name": found})
    return redirect("accounts:person", pk)


@require_POST
def forget_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """For a lost phone."""
    found = fetch(request.user, User, "forget_second_factor", pk=pk)
    found.forget_second_factor(by=request.user)
    messages.success(request, _("%(name)s sets up a new app at the next sign-in.") % {"name": found})
    return redirect("accounts:person", pk)


@require_POST
def unlink_identity(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody who got another account at the identity provider."""
    found = fetch(request.user, User, "unlink_identity", pk=pk)
    found.unlink_identity(by=request.user)
    messages.success(request, _("%(name)s is linked anew at the next sign-in.") % {"name": found})
    return redirect("accounts:person", pk)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail an invitation again, with a new link."""
    invitation = fetch(request.user, Invitation, "send", pk=pk)
    invitation.send(by=request.user)
    messages.success(request, _("We are sending a new link to %(address)s.") % {"address": invitation.address})
    return redirect("accounts:people")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = fetch(request.user, Invitation, "withdraw", pk=pk)
    invitation.withdraw(by=request.user)
    messages.success(request, _("The invitation of %(name)s is withdrawn.") % {"name": invitation})
    return redirect("accounts:people")


@require_POST
def switch_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another system in no more."""
    key = fetch(request.user, ApiKey, "switch_off", pk=pk)
    key.switch_off(by=request.user)
    messages.success(request, _("The key “%(name)s” is switched off.") % {"name": key})
    return redirect("accounts:people")


@require_POST
def language(request: HttpRequest, code: str) -> HttpResponse:
    """The language of the desk, for whoever is signed in."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    fetch(request.user, User, "prefer", pk=request.user.pk).prefer(by=request.user, language=code)
    back = request.POST.get("next", "")
    is_ours = back.startswith(DESK) and url_has_allowed_host_and_scheme(back, None)
    return redirect(back if is_ours else DESK)


def invitation_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange the link for this browser's session at once, so that it leaves the address bar."""
    invitee = Invitee.with_token(token)
    if not visible(invitee, Invitation.objects.all()).exists():
        return render(request, "accounts/invitation_over.html", status=410)
    request.session[TOKEN] = invitee.digest
    return redirect("accept_invitation")


def accept_invitation(request: HttpRequest) -> HttpResponse:
    """Become staff; the second factor is asked for on the way to the desk."""
    invitee = Invitee(request.session.get(TOKEN, ""))
    invitation = visible(invitee, Invitation.objects.all()).first()
    if invitation is None or not invitation.is_open:
        return render(request, "accounts/invitation_over.html", status=410)
    form = AcceptForm(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        invitation = fetch(invitee, Invitation, "accept", pk=invitation.pk)
        user = invitation.accept(by=User.objects.system(), **form.cleaned_data)
        logout(request)
        record_authentication(request, user, method="invitation", email=user.email)
        response: HttpResponse = perform_login(request, Login(user=user, email=user.email))
        return response
    return render(request, "accounts/accept_invitation.html", {"form": form, "invitation": invitation})


def signed_in(request: HttpRequest) -> HttpResponse:
    """For somebody who signed in beside a page whose text waits to be sent."""
    return render(request, "accounts/signed_in.html")
