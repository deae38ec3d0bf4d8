"""What somebody at the desk was told: the list, marking it as seen, and whether it comes by e-mail too."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townline.accounts.models import User
from townline.cases.models import Notification
from townline.core.access import fetch, visible
from townline.core.paging import id_of, page_of


@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """Theirs, the last one first."""
    after = request.GET.get("after", "")
    rows: Any = visible(request.user, Notification.objects.newest(id_of(after)))
    page = page_of(rows.select_related("case__service", "by"), "", after)
    context = {"page": page, "next_url": page.next_url({}), "first_query": ""}
    return render(request, "desk/notifications.html", context)


@require_POST
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as seen, and go to its case."""
    found = fetch(request.user, Notification.objects.select_related("case"), "see", pk=pk)
    Notification.objects.filter(pk=found.pk).see()
    return redirect(found.case)


@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    """Mark all of theirs as seen."""
    visible(request.user, Notification.objects.all()).see()
    messages.success(request, _("Everything is marked as seen."))
    return redirect("desk:notifications")


@require_POST
def mailing(request: HttpRequest) -> HttpResponse:
    """Have them mailed, or no longer."""
    wanted = request.POST.get("wanted") == "yes"
    user = fetch(request.user, User, "prefer", pk=getattr(request.user, "pk", None))
    user.prefer(by=request.user, has_notices_mailed=wanted)
    said = _("From now on an e-mail tells you, too.") if wanted else _("You get no e-mail of them any more.")
    messages.success(request, said)
    return redirect("desk:notifications")
