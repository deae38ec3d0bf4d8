"""Asking for a service, page by page: nothing typed is lost on the way."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from townline.accounts.models import User
from townline.cases.drafting import Drafter
from townline.cases.intake import submit
from townline.cases.letters import promised
from townline.cases.models import Draft, Enclosure, Follower
from townline.cases.near import case_behind
from townline.cases.tracking import Tracker
from townline.catalogue.models import Kind, Service
from townline.core.access import fetch
from townline.core.faults import typed
from townline.documents.serving import small
from townline.doorstep.holding import hold
from townline.doorstep.pace import source_of, why_wait
from townline.notices.fitting import notices_about, notices_of
from townline.portal.asking import CHECK, NEAR, WHERE, YOU, Asking
from townline.portal.forms import OTHER, ContactForm, NearForm, PlaceForm
from townline.portal.opening import closed_now
from townline.portal.photos import Photos
from townline.portal.views.catalogue import offered
from townline.questions.forms import QuestionsForm
from townline.questions.resolve import Stop
from townline.questions.summary import summary


def _language() -> str:
    return (get_language() or "en")[:2]


def _sign_in(back_to: str) -> HttpResponse:
    return redirect(f"{reverse('account_login')}?{urlencode({'next': back_to})}")


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft, instead of the one named by `again`; a service that needs an account sends to sign-in first."""
    service = offered(code)
    if service.kind == Kind.FORMAL_COMPLAINT:
        return redirect("portal:complaint")
    if not service.is_open:
        return redirect("portal:service", code=code)
    if service.account == Service.Account.REQUIRED and not request.user.is_authenticated:
        return _sign_in(reverse("portal:service", args=[code]))
    drafter = Drafter.of(request)
    if again := request.POST.get("again"):
        drafter.discard(again[:32])
    asking = Asking(drafter.begin(request.session, service, _language()), request.user, _language())
    return redirect(asking.url(asking.steps[0]))


@never_cache
def ask(request: HttpRequest, token: str, step: str) -> HttpResponse:
    """Show or take one step of a draft."""
    drafts = Draft.objects.select_related("service__department__calendar", "service__collection_notice", "form_version")
    try:
        draft = fetch(Drafter.of(request), drafts, "ask", token=token)
    except Http404:
        return render(request, "portal/ask/gone.html", {"fields": typed(request)}, status=404)
    if draft.case_id or draft.interaction_id or draft.is_held:
        return redirect("portal:done", token=token)
    asking = Asking(draft, request.user, _language())
    if not asking.is_open and (request.method != "POST" or step == CHECK):
        return _closed(request, asking)
    if step not in asking.steps:
        return redirect(asking.url(asking.unfinished or CHECK))
    shown = {WHERE: _where, NEAR: _near, YOU: _you, CHECK: _check}.get(step, _questions)
    return shown(request, asking, step)


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
    template = {WHERE: "where", NEAR: "near", YOU: "you", CHECK: "check"}.get(step, "questions")
    return render(request, f"portal/ask/{template}.html", context)


def _where(request: HttpRequest, asking: Asking, step: str) -> HttpResponse:
    form = PlaceForm(_posted(request), initial=asking.draft.place)
    if form.is_valid():
        asking.keep("place", asdict(form.place()), step)
        return redirect(asking.url(asking.after(step)))
    return _page(request, asking, step, form=form)


def _near(request: HttpRequest, asking: Asking, step: str) -> HttpResponse:
    """Has somebody told us already? Then they may follow that request instead."""
    chosen = {"which": OTHER} if NEAR in asking.draft.done and asking.draft.follows_id is None else {}
    form = NearForm(_posted(request), nearby=asking.nearby, initial=chosen)
    if form.is_valid():
        case = case_behind(form.cleaned_data["which"])
        asking.keep("follows", case, step)
        return redirect("portal:join", token=asking.draft.token) if case else redirect(asking.url(asking.after(step)))
    return _page(request, asking, step, form=form)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _questions(request: HttpRequest, asking: Asking, step: str) -> HttpResponse:
    page, photos = asking.page(step), Photos(asking, request)
    data = photos.typed(page)
    form = QuestionsForm(
        asking.definition,
        page.id,
        asking.draft.answers,
        context=asking.context,
        data=data,
        language=asking.language,
        files=photos.shown(),
    )
    form.is_rearranged = form.is_rearranged or photos.is_paused
    is_good = form.is_valid()
    photos.add_errors(form)
    if is_good and not photos.errors:
        asking.keep("answers", form.answers, step, among={page.id} if page.repeat else set(page.answerable))
        if form.stop:
            return _page(request, asking, step, form=None, stop=form.stop, other=_other(form.stop))
        return redirect(asking.url(asking.after(step)))
    return _page(request, asking, step, form=form)


def _other(stop: Stop) -> Service | None:
    """The service that whoever is stopped is led to, as long as it is on the portal."""
    code = stop.instead.service if stop.instead else None
    return Service.objects.offered().filter(code=code).first() if code else None


def _you(request: HttpRequest, asking: Asking, step: str) -> HttpResponse:
    form = ContactForm(_posted(request), service=asking.service, initial=_known(request, asking))
    if form.is_valid():
        asking.keep("contact", asdict(form.contact()), step)
        return redirect(asking.url(asking.after(step)))
    return _page(request, asking, step, form=form)


def _known(request: HttpRequest, asking: Asking) -> dict[str, Any]:
    """What was typed before, or what the account already tells us."""
    user = request.user
    before: dict[str, Any] = asking.draft.contact
    if before or not user.is_authenticated or not user.is_customer:
        return before
    customer = getattr(user, "customer", None)
    return {"name": user.name or (customer.name if customer else ""), "email": user.email}


def _check(request: HttpRequest, asking: Asking, step: str) -> HttpResponse:
    if unfinished := asking.unfinished:
        return redirect(asking.url(unfinished))
    if asking.needs_sign_in:
        return _sign_in(asking.url(CHECK))
    if request.method == "POST":
        by = request.user if request.user.is_authenticated else User.objects.system()
        if reason := why_wait(request):
            source = source_of(request)
            hold(asking.draft, asking.matter(), contact=asking.contact(), reason=reason, source=source)
        else:
            submit(asking.draft, asking.matter(), by=by, contact=asking.contact())
        return redirect("portal:done", token=asking.draft.token)
    said = notices_about(asking.service, asking.draft.place.get("label", ""))
    return _page(request, asking, step, notices=said, **_typed_so_far(asking))


def _typed_so_far(asking: Asking) -> dict[str, Any]:
    sections = summary(asking.definition, asking.resolved, asking.language) if asking.resolved else []
    return {"sections": sections, "contact": asking.contact(), "files": Photos.of(asking)}


def _closed(request: HttpRequest, asking: Asking) -> HttpResponse:
    """The service was closed or taken away since the draft was begun: say so, and show what was typed."""
    context = {"asking": asking, "service": asking.service, **_typed_so_far(asking)}
    status = 409 if request.method == "POST" else 200
    return render(request, "portal/ask/closed.html", context, status=status)


@never_cache
def small_file(request: HttpRequest, token: str, key: str) -> HttpResponseBase:
    """The small picture of a photo that was added to a draft, for whoever types it."""
    files = Enclosure.objects.select_related("attachment")
    return small(fetch(Drafter.of(request), files, "read", draft__token=token, attachment__key=key).attachment)


@never_cache
def done(request: HttpRequest, token: str) -> HttpResponse:
    """The reference and the promise, to keep or print."""
    drafts = Draft.objects.select_related(
        "case__service__department__calendar", "case__department", "case__contact_point"
    )
    draft = fetch(Drafter.of(request), drafts, "ask", token=token)
    if draft.interaction_id:
        return _joined(request, draft.interaction_id)
    if draft.is_held:
        return render(request, "portal/ask/held.html", {"held": draft.waiting, "draft": draft})
    if draft.case is None:
        return redirect("portal:ask", token=token, step=CHECK)
    clocks, held = promised(draft.case)
    return render(request, "portal/ask/done.html", {
        "case": draft.case, "clocks": clocks, "held": held, "notices": notices_of(draft.case),
        "closed_now": closed_now(draft.case.service),
    })  # fmt: skip


def _joined(request: HttpRequest, interaction: int) -> HttpResponse:
    """The same for somebody who follows what another reported."""
    rows = Follower.objects.select_related("case__service", "contact_point")
    follower = fetch(Tracker.of(request.session), rows, "track", interaction=interaction)
    return render(request, "portal/ask/joined.html", {"follower": follower, "case": follower.case})
