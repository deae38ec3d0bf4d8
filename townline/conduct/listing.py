"""What waits for somebody who decides about restrictions: asked for, to review, appealed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.conduct.models import Restriction
from townline.conduct.models.restriction import adopted_policy
from townline.core.access import visible
from townline.core.refusals import NotAllowed

MOST = 100


def conduct(request: HttpRequest) -> HttpResponse:
    """Restrictions that are asked for or in force; those that need a decision say so."""
    user: Any = request.user
    if not user.holds("conduct.restrict"):
        raise NotAllowed(_("You do not have permission to do this."))
    live = Restriction.objects.filter(state__in=(Restriction.State.REQUESTED, Restriction.State.APPROVED))
    rows = visible(user, live).select_related("customer", "requested_by").order_by("state", "ends_on", "id")[:MOST]
    context = {"restrictions": rows, "today": timezone.localdate(), "policy": adopted_policy()}
    return render(request, "conduct/list.html", context)
