"""Following what somebody else reported, instead of reporting it once more."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from townline.accounts.models import User
from townline.cases.drafting import Drafter
from townline.cases.joining import join_from
from townline.cases.models import Draft
from townline.cases.near import Nearby, may_be_joined
from townline.core.access import fetch
from townline.portal.asking import NEAR
from townline.portal.forms import JoinForm
from townline.portal.pace import is_slowed, status_of


@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Ask how to reach them, and whatever they would like to add; then they follow the case they chose."""
    draft = fetch(Drafter.of(request), Draft.objects.select_related("service__collection_notice"), "ask", token=token)
    if draft.interaction_id or draft.case_id:
        return redirect("portal:done", token=token)
    case = may_be_joined(draft.follows_id)
    if case is None:
        messages.info(request, _("The request you wanted to follow is finished. Send your own, please."))
        return redirect("portal:ask", token=token, step=NEAR)
    form = JoinForm(request.POST if request.method == "POST" else None, initial=_known(request, draft))
    if form.is_valid() and not is_slowed(request, form, "follow"):
        by: Any = request.user if request.user.is_authenticated else User.objects.system()
        language = (get_language() or "en")[:2]
        join_from(draft, case, by=by, contact=form.contact(), text=form.cleaned_data["words"], language=language)
        return redirect("portal:done", token=token)
    context = {"draft": draft, "service": draft.service, "one": Nearby.of(case), "form": form}
    return render(request, "portal/ask/join.html", context, status=status_of(form))


def _known(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    """What the account, or an earlier page, already tells us."""
    user = request.user
    mine = {"name": user.name, "email": user.email} if user.is_authenticated and user.is_customer else {}
    return {**mine, **{name: draft.contact[name] for name in ("name", "email") if draft.contact.get(name)}}
