"""The outbox: what goes out by e-mail, what was refused and why, and each mail as it was sent."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townline.cases.models import Case
from townline.channels.models import Mail
from townline.core.access import fetch, visible
from townline.core.paging import id_of, page_of
from townline.core.refusals import NotPossible
from townline.desk.counting import CappedCount, asked_at_once
from townline.desk.gate import demand

STATES = (Mail.State.FAILED, Mail.State.BOUNCED, Mail.State.WAITING, Mail.State.SENT, Mail.State.REPLACED)
"""Failed first: they are the ones that need somebody."""


def mails(request: HttpRequest) -> HttpResponse:
    """The mail of one state, the last written first."""
    demand(request.user, "mail.supervise")
    seen: Any = visible(request.user, Mail.objects.all())
    counts = asked_at_once(request.user, {state: CappedCount(seen.filter(state=state)) for state in STATES})  # type: ignore[arg-type]
    first = next((state for state in STATES if counts[state]), Mail.State.SENT)
    asked = request.GET.get("state", "")
    state = Mail.State(asked) if asked in Mail.State.values else first
    after = request.GET.get("after", "")
    page = page_of(seen.in_state(state, id_of(after)).select_related("contact_point"), "", after)
    context = {
        "state": state,
        "page": page,
        "next_url": page.next_url({"state": state}),
        "query": f"state={state}",
        "states": [(one, reverse("desk:mails") + f"?state={one}", counts[one]) for one in STATES],
        "folder": _folder(),
    }
    return render(request, "desk/mails.html", context)


def _folder() -> str:
    """Where mails become files, when there is no mail server."""
    return str(settings.EMAIL_OUTBOX) if settings.EMAIL_BACKEND.endswith("OutboxBackend") else ""


def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail, exactly as it was or will be sent."""
    found = fetch(request.user, Mail.objects.select_related("contact_point"), "read", pk=pk)
    case = visible(request.user, Case.objects.filter(pk=found.case_id or 0)).only("reference").first()
    return render(
        request, "desk/mail.html", {"mail": found, "case": case, "folder": _folder(), "bounces": Mail.Bounce.choices}
    )


@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again to send a mail that failed."""
    found = fetch(request.user, Mail, "resend", pk=pk)
    found.resend(by=request.user)
    messages.success(request, _("The e-mail is waiting to be sent again."))
    return redirect("desk:mails")


@require_POST
def bounce(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that an e-mail came back to us."""
    found = fetch(request.user, Mail, "bounce", pk=pk)
    why = request.POST.get("why", "")
    if why not in Mail.Bounce.values:
        raise NotPossible(_("Choose what the mail that came back says."))
    found.bounce(by=request.user, why=why)
    messages.success(request, _("Noted: this e-mail came back. Its address is not written to any more."))
    return redirect("desk:mail", pk)
