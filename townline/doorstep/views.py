"""The doorstep at the desk: what waits, by where it came from, and letting it in or turning it away."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from townline.core.access import fetch, may, visible
from townline.core.paging import id_of, page_of
from townline.core.refusals import NotAllowed, NotPossible
from townline.doorstep.holding import discard_all, release_all
from townline.doorstep.models import Held

SOURCES = 100
MANY = {"release": release_all, "discard": discard_all}


@require_safe
def doorstep(request: HttpRequest) -> HttpResponse:
    """What waits, or what was turned away; all of it or what came from one place."""
    _demand(request)
    state = Held.State.DISCARDED if request.GET.get("state") == "discarded" else Held.State.WAITING
    source = request.GET.get("source", "")[:16]
    rows = visible(request.user, Held.objects.filter(state=state))
    after = request.GET.get("after", "")
    shown = rows.filter(source=source) if source else rows
    before = id_of(after)
    shown = shown.filter(pk__lt=before) if before else shown
    page = page_of(shown.select_related("draft__service", "draft__form_version").order_by("-id"), "", after)
    chosen = {name: value for name, value in (("state", request.GET.get("state")), ("source", source)) if value}
    context = {
        "page": page,
        "next_url": page.next_url(chosen),
        "source": source,
        "sources": _sources(rows) if state == Held.State.WAITING else [],
        "is_waiting": state == Held.State.WAITING,
    }
    return render(request, "doorstep/doorstep.html", context)


def _sources(rows: Any) -> list[dict[str, Any]]:
    """Where it came from, the most first, with how much and since when."""
    counted = rows.order_by().values("source").annotate(count=Count("pk"), since=Min("received_at"))
    return list(counted.order_by("-count", "source")[:SOURCES])


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Let in, or turn away, the reports that were ticked."""
    _demand(request)
    verb = request.POST.get("verb", "")
    if verb not in MANY:
        raise NotPossible(_("Choose whether to let them in or turn them away."))
    asked = [int(pk) for pk in request.POST.getlist("held")[:100] if pk.isdecimal() and len(pk) < 19]
    if not asked:
        raise NotPossible(_("Tick at least one report."))
    count, refused = 0, ""
    for pk in sorted(asked):
        try:
            getattr(fetch(request.user, Held, verb, pk=pk), verb)(by=request.user)
            count += 1
        except NotPossible as refusal:
            refused = str(refusal)
    _say(request, verb, count)
    if refused:
        messages.warning(request, refused)
    return redirect("doorstep:doorstep")


@require_POST
def decide_all(request: HttpRequest) -> HttpResponse:
    """The same for everything that came from one place, or for everything there is; in the background."""
    _demand(request)
    verb = request.POST.get("verb", "")
    if verb not in MANY:
        raise NotPossible(_("Choose whether to let them in or turn them away."))
    newest = visible(request.user, Held.objects.waiting()).order_by("-id").first()
    if newest:
        source = request.POST.get("source", "")[:16]
        MANY[verb].enqueue(source=source, by_id=request.user.pk or 0, up_to=newest.pk)
    messages.success(request, _("This is being done now. Look again in a moment."))
    return redirect("doorstep:doorstep")


def _say(request: HttpRequest, verb: str, count: int) -> None:
    let_in = ngettext("%(count)s report is let in.", "%(count)s reports are let in.", count)
    away = ngettext("%(count)s report is turned away.", "%(count)s reports are turned away.", count)
    messages.success(request, (let_in if verb == "release" else away) % {"count": count})


def _demand(request: HttpRequest) -> None:
    if not may(request.user, "release", Held()):
        raise NotAllowed(_("You do not have permission to do this."))
