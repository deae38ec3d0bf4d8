"""Formal complaints on the portal: what they are, filing one, following one's own."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from townline.accounts.models import User
from townline.catalogue.models import Service
from townline.channels.models import Channel
from townline.complaints.filing import is_offered, submit, the_service
from townline.complaints.models import LadderLevel, OutsideOffice, Procedure
from townline.complaints.own import story_for
from townline.core.faults import typed
from townline.core.refusals import NotPossible
from townline.portal.complaining import CHECK, EVIDENCE, STEPS, Complaining
from townline.portal.complaint_forms import NextLevelForm, ReplyForm
from townline.portal.pace import WAIT, is_too_much
from townline.portal.views.complaint_files import own_complaint


def about(request: HttpRequest) -> HttpResponse:
    """What a formal complaint is and is not, how it goes, and what it must say."""
    service = the_service()
    if service is None or not is_offered():
        raise Http404
    return render(request, "portal/complaint/about.html", {"service": service, **_procedure()})


def _procedure() -> dict[str, Any]:
    procedure = Procedure.objects.get()
    return {
        "procedure": procedure,
        "levels": list(LadderLevel.objects.all()) if procedure.is_ladder_adopted else [],
        "office": OutsideOffice.objects.on(timezone.localdate()),
        "inquiry": Service.objects.offered().filter(kind="inquiry").first(),
    }


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin a draft."""
    if not is_offered():
        raise Http404
    if is_too_much(request, "complaint"):
        messages.warning(request, WAIT)
        return redirect("portal:complaint")
    complaining = Complaining.begin(request.session, (get_language() or "en")[:2])
    return redirect(complaining.url(STEPS[0]))


@never_cache
def complain(request: HttpRequest, token: str, step: str) -> HttpResponse:
    """Show or take one step; whoever did not begin the draft finds none, and keeps what they typed."""
    try:
        complaining = Complaining.resume(request.session, token)
    except Http404:
        return render(request, "portal/ask/gone.html", {"fields": typed(request)}, status=404)
    if complaining.draft.complaint_id:
        return redirect("portal:complained", token=token)
    if step not in STEPS or (step == CHECK and complaining.unfinished):
        return redirect(complaining.url(complaining.unfinished or CHECK))
    return {CHECK: _check, EVIDENCE: _evidence}.get(step, _write)(request, complaining, step)


def _write(request: HttpRequest, complaining: Complaining, step: str) -> HttpResponse:
    form = complaining.form(step, request.POST if request.method == "POST" else None)
    if form.is_valid():
        complaining.keep(step, form.cleaned_data)
        return redirect(complaining.url(complaining.after(step)))
    return _page(request, complaining, step, form=form)


def _evidence(request: HttpRequest, complaining: Complaining, step: str) -> HttpResponse:
    """Good files stay at once, whatever is wrong with the others; adding or removing shows the page again."""
    if request.method != "POST":
        return _page(request, complaining, step, form=complaining.form(step))
    if gone := request.POST.get("remove"):
        complaining.remove(gone)
    elif refused := complaining.take_in(request):
        form = complaining.form(step, request.POST)
        form.add_error("add_files", refused)
        return _page(request, complaining, step, form=form)
    if "remove" in request.POST or "add" in request.POST:
        return redirect(complaining.url(step))
    complaining.keep(step, {})
    return redirect(complaining.url(complaining.after(step)))


def _check(request: HttpRequest, complaining: Complaining, step: str) -> HttpResponse:
    if request.method == "POST":
        by = request.user if request.user.is_authenticated else User.objects.system()
        submit(complaining.draft, by=by, channel=Channel.WEB)
        return redirect("portal:complained", token=complaining.draft.token)
    shown = [
        (complaining.url(one), name, rows)
        for (one, rows), name in zip(complaining.rows(), complaining.names(), strict=False)
    ]
    return _page(request, complaining, step, sections=shown)


def _page(request: HttpRequest, complaining: Complaining, step: str, **more: Any) -> HttpResponse:
    before = complaining.before(step)
    context = {
        "service": the_service(),
        "names": complaining.names(),
        "current": STEPS.index(step) + 1,
        "title": complaining.names()[STEPS.index(step)],
        "back": complaining.url(before) if before else "",
        "step": step,
        "must_be_named": complaining.must_be_named,
        "files": complaining.files if step == EVIDENCE else [],
        **more,
    }
    page = step if step in (CHECK, EVIDENCE) else "write"
    return render(request, f"portal/complaint/{page}.html", context)


@never_cache
def complained(request: HttpRequest, token: str) -> HttpResponse:
    """The reference, and what happens next."""
    draft = Complaining.resume(request.session, token).draft
    if draft.complaint is None:
        return redirect("portal:complain", token=token, step=CHECK)
    return render(request, "portal/complaint/done.html", {"complaint": draft.complaint, **_procedure()})


@never_cache
def follow(request: HttpRequest, reference: str) -> HttpResponse:
    """Where one's own complaint stands, what was said and decided, and who opened it and why."""
    complaint = own_complaint(request, "track", reference)
    context = {"complaint": complaint, "reply": ReplyForm(), "next_level": NextLevelForm(), **story_for(complaint)}
    return render(request, "portal/complaint/follow.html", {**context, **_procedure()})


@require_POST
def reply(request: HttpRequest, reference: str) -> HttpResponse:
    """Add something, or answer."""
    complaint = own_complaint(request, "reply", reference)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        context = {"complaint": complaint, "form": form, "reply": form, "next_level": NextLevelForm()}
        context |= story_for(complaint)
        return render(request, "portal/complaint/follow.html", {**context, **_procedure()})
    complaint.reply(by=_self(request), words=form.cleaned_data["words"])
    messages.success(request, _("Your message is with your complaint."))
    return redirect("portal:follow_complaint", reference=reference)


@require_POST
def next_level(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the next level."""
    complaint = own_complaint(request, "escalate", reference)
    form = NextLevelForm(request.POST)
    if form.is_valid():
        try:
            complaint.escalate(by=_self(request), why="complainant", reason=form.cleaned_data["reason"])
        except NotPossible as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Your complaint goes to the next level."))
            return redirect("portal:follow_complaint", reference=reference)
    context = {"complaint": complaint, "form": form, "reply": ReplyForm(), "next_level": form, **story_for(complaint)}
    return render(request, "portal/complaint/follow.html", {**context, **_procedure()}, status=409)


@require_POST
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Be content with the decision."""
    own_complaint(request, "accept", reference).accept(by=_self(request))
    messages.success(request, _("Thank you. Your complaint is closed. You can still come back to it."))
    return redirect("portal:follow_complaint", reference=reference)


def _self(request: HttpRequest) -> Any:
    """Who an event of the complainant's is by; who they are stays in the safe."""
    return User.objects.system()
