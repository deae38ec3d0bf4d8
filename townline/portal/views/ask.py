"""Asking for a service, page by page: nothing typed is lost on the way."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from townline.accounts.models import User
from townline.cases.drafting import Drafter
from townline.cases.intake import submit
from townline.cases.models import Draft
from townline.catalogue.models import Service
from townline.core.access import fetch
from townline.portal.asking import CHECK, WHERE, YOU, Asking
from townline.portal.forms import ContactForm, PlaceForm
from townline.portal.views.services import offered
from townline.questions.forms import QuestionsForm
from townline.questions.summary import summary


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft; a service that needs an account sends to sign-in first."""
    service = offered(code)
    if not service.is_open:
        return redirect("portal:service", code=code)
    if service.account == Service.Account.REQUIRED and not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={reverse('portal:service', args=[code])}")
    draft = Drafter.of(request).begin(request.session, service, (get_language() or "en")[:2])
    asking = Asking(draft)
    return redirect(asking.url(asking.steps[0]))


def ask(request: HttpRequest, token: str, step: str) -> HttpResponse:
    """Show or take one step of a draft."""
    drafts = Draft.objects.select_related("service__department__calendar", "service__collection_notice", "form_version")
    draft = fetch(Drafter.of(request), drafts, "ask", token=token)
    if draft.case_id:
        return redirect("portal:done", token=token)
    asking = Asking(draft)
    if step not in asking.steps:
        return redirect(asking.url(asking.unfinished or CHECK))
    shown = {WHERE: _where, YOU: _you, CHECK: _check}.get(step, _questions)
    return shown(request, asking, step)


def _next(asking: Asking, step: str) -> HttpResponse:
    """On to the next step, or back to the check when everything else is done."""
    fresh = Asking(asking.draft)
    return redirect(fresh.url(CHECK if fresh.unfinished is None else fresh.after(step)))


def _page(request: HttpRequest, asking: Asking, step: str, **more: Any) -> HttpResponse:
    names, current = asking.stages(step)
    before = asking.before(step)
    service_url = reverse("portal:service", args=[asking.service.code])
    context = {
        "asking": asking,
        "service": asking.service,
        "step": step,
        "names": names,
        "current": current,
        "back": asking.url(before) if before else service_url,
        **more,
    }
    template = {WHERE: "where", YOU: "you", CHECK: "check"}.get(step, "questions")
    return render(request, f"portal/ask/{template}.html", context)


def _where(request: HttpRequest, asking: Asking, step: str) -> HttpResponse:
    form = PlaceForm(request.POST or None, initial=asking.draft.place)
    if form.is_valid():
        asking.draft.keep("place", asdict(form.place()), page=WHERE)
        return _next(asking, step)
    return _page(request, asking, step, form=form)


def _questions(request: HttpRequest, asking: Asking, step: str) -> HttpResponse:
    page_id = step.removeprefix("q-")
    data = request.POST if request.method == "POST" else None
    form = QuestionsForm(asking.definition, page_id, asking.draft.answers, context=asking.context, data=data)
    if form.is_valid():
        asking.draft.keep("answers", form.answers, page=step)
        if form.stop:
            return _page(request, asking, step, form=None, stop=form.stop)
        return _next(asking, step)
    return _page(request, asking, step, form=form)


def _you(request: HttpRequest, asking: Asking, step: str) -> HttpResponse:
    form = ContactForm(request.POST or None, service=asking.service, initial=_known(request, asking))
    if form.is_valid():
        asking.draft.keep("contact", asdict(form.contact()), page=YOU)
        return _next(asking, step)
    return _page(request, asking, step, form=form)


def _known(request: HttpRequest, asking: Asking) -> dict[str, Any]:
    """What was typed before, or what the account already tells us."""
    if asking.draft.contact or not request.user.is_authenticated or not request.user.is_customer:
        return asking.draft.contact
    return {"name": request.user.name, "email": request.user.email}


def _check(request: HttpRequest, asking: Asking, step: str) -> HttpResponse:
    unfinished = asking.unfinished
    if unfinished:
        return redirect(asking.url(unfinished))
    if request.method == "POST":
        by = request.user if request.user.is_authenticated else User.objects.system()
        submit(asking.draft, asking.matter(), by=by, contact=asking.contact())
        return redirect("portal:done", token=asking.draft.token)
    sections = summary(asking.definition, asking.resolved) if asking.resolved else []
    return _page(request, asking, step, sections=sections, contact=asking.contact())


def done(request: HttpRequest, token: str) -> HttpResponse:
    """The reference and the promise, to keep or print."""
    drafts = Draft.objects.select_related("case__service__department", "case__contact_point")
    draft = fetch(Drafter.of(request), drafts, "ask", token=token)
    if draft.case is None:
        raise Http404
    clocks = draft.case.clocks.filter(ended_at=None, due_at__isnull=False).order_by("due_at")
    return render(request, "portal/ask/done.html", {"case": draft.case, "clocks": clocks})
