"""What a follower sees and does: how the case stands, their own words, more of them, and the end of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from townline.accounts.models import User
from townline.cases.models import Follower
from townline.cases.near import place_for_others
from townline.cases.tracking import Tracker, follower_of_token
from townline.channels.models import Channel
from townline.core.access import fetch
from townline.core.refusals import NotAllowed
from townline.portal.forms import AddForm
from townline.portal.pace import is_slowed, status_of
from townline.portal.story import story_for_followers, words_of


def following(request: HttpRequest, action: str, reference: str) -> Follower | None:
    """Whoever this is follows the case with this reference; None when they do not."""
    rows = Follower.objects.select_related("case__service", "case__department", "case__survivor__service", "customer")
    for who in (Tracker.of(request.session), request.user):
        try:
            return fetch(who, rows.order_by("-id"), action, case__reference=reference)
        except (Http404, NotAllowed):
            continue
    return None


@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Open the link in a follower's mail: it changes nothing but what this browser may see."""
    follower = Follower.objects.live().filter(pk=follower_of_token(token) or 0, case__is_confidential=False)
    found = follower.select_related("case").first()
    if found is None:
        messages.warning(request, _("This link is not complete, is more than a year old, or you stopped following."))
        return redirect("portal:track")
    Tracker.admit_follower(request.session, found.pk)
    request.session.cycle_key()
    return redirect("portal:track_case", reference=found.case.reference)


def followed(request: HttpRequest, follower: Follower, form: AddForm | None = None) -> HttpResponse:
    """The page of a case for somebody who follows it."""
    case = follower.case.survivor or follower.case
    context = {
        "case": case,
        "reference": follower.case.reference,
        "place": place_for_others(case),
        "words": words_of(follower),
        "form": form or AddForm(),
        **story_for_followers(case),
    }
    return render(request, "portal/followed.html", context, status=status_of(context["form"]))


def add(request: HttpRequest, follower: Follower) -> HttpResponse:
    """A follower says more: staff see it, nobody else does."""
    form = AddForm(request.POST)
    if not form.is_valid() or is_slowed(request, form, "add"):
        return followed(request, follower, form)
    by: Any = request.user if request.user.is_authenticated else User.objects.system()
    text = form.cleaned_data["text"]
    follower.case.contact(by=by, channel=Channel.WEB, text=text, customer=follower.customer)
    messages.success(request, _("Thank you. We have what you added."))
    return redirect("portal:track_case", reference=follower.case.reference)


@require_POST
def unfollow(request: HttpRequest, reference: str) -> HttpResponse:
    """Hear of it no more."""
    follower = following(request, "unfollow", reference)
    if follower is None:
        return redirect("portal:track")
    by: Any = request.user if request.user.is_authenticated else User.objects.system()
    follower.case.unfollow(by=by, follower=follower)
    messages.success(request, _("You do not follow this request any more. We send you no more e-mails about it."))
    return redirect("portal:home")
