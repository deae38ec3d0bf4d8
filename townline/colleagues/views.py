"""The desk's pages on which staff are customers of their colleagues."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townline.cases.models import Case, Message
from townline.catalogue.models import Service, Standard
from townline.colleagues.asking import ask, asked_by, fetch_own, services
from townline.colleagues.forms import AskForm, SayForm
from townline.core.paging import page_of, place_of
from townline.questions.forms import QuestionsForm
from townline.questions.terms import Context
from townline.questions.together import Together

MOST_SAID = 100


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What this person asked departments for, the latest first."""
    after = request.GET.get("after", "")
    rows = asked_by(request.user).newest(place_of(after)).select_related("service", "department")  # type: ignore[arg-type,attr-defined]
    page = page_of(rows, "received_at", after)
    return render(request, "colleagues/requests.html", {"page": page, "next_url": page.next_url("")})


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """What departments do for colleagues, by department."""
    found = sorted(services(), key=lambda one: (one.department.sort_key, one.sort_key))
    groups = [(department, list(rows)) for department, rows in groupby(found, key=lambda one: one.department)]
    return render(request, "colleagues/choose.html", {"groups": groups})


def new(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for one of them."""
    service = get_object_or_404(services(), code=code)
    typed = request.POST if request.method == "POST" else None
    form, questions = AskForm(typed, service=service), _questions(service, typed)
    if typed is not None and service.is_open and _are_good(form, questions):
        given = form.cleaned_data
        answers = questions.resolved.answers if questions else {}
        case = ask(
            service, by=request.user, token=given["token"], answers=answers, place=given.get("place", ""),  # type: ignore[arg-type]
            text=given["text"],
        )  # fmt: skip
        messages.success(request, _("Your request is %(reference)s.") % {"reference": case.reference})
        return redirect("colleagues:request", case.reference)
    context = {
        "service": service,
        "form": Together(form, questions),
        "standards": Standard.objects.promised_for(service),
    }
    return render(request, "colleagues/new.html", context)


def _are_good(*forms: Any) -> bool:
    """Judge all of them, so that every mistake is said at once."""
    judged = [form.is_valid() for form in forms if form is not None]
    return all(judged)


def _questions(service: Service, typed: Any) -> QuestionsForm | None:
    if service.questions is None:
        return None
    values: dict[str, str | bool] = {"channel": "other", "language": "", "is_signed_in": True}
    context = Context(today=timezone.localdate(), by_staff=False, values=values)
    return QuestionsForm(service.questions.parsed, None, {}, context=context, data=typed)


@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Where one of one's own requests stands."""
    return _shown(request, fetch_own(request.user, "track", reference))  # type: ignore[arg-type]


def _shown(request: HttpRequest, case: Case, form: SayForm | None = None) -> HttpResponse:
    clocks = case.clocks.running().select_related("weather").order_by("id")
    said = Message.objects.filter(case=case).order_by("-id")[:MOST_SAID]
    asked = case.interactions.order_by("id").values_list("summary", flat=True).first()
    why_not = case.why_no_dispute if case.is_closed else ""
    context = {
        "case": case,
        "clocks": clocks,
        "said": said,
        "asked": asked,
        "form": form or SayForm(),
        "why_not": why_not,
    }
    return render(request, "colleagues/request.html", context)


@require_POST
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Say something more."""
    case = fetch_own(request.user, "add", reference)  # type: ignore[arg-type]
    form = SayForm(request.POST)
    if not form.is_valid():
        return _shown(request, case, form)
    now = case.add(by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("Whoever works on it has what you wrote."))
    return redirect("colleagues:request", now.reference)


@require_POST
def dispute(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it is not solved."""
    case = fetch_own(request.user, "dispute", reference)  # type: ignore[arg-type]
    form = SayForm(request.POST)
    if not form.is_valid():
        return _shown(request, case, form)
    case.dispute(by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("They know that it is not solved."))
    return redirect("colleagues:request", reference)
