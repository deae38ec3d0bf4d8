"""The questions of a service: what is asked now, and the draft of what will be."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townline.catalogue.models import Service
from townline.core.access import fetch, may, visible
from townline.core.refusals import NotPossible
from townline.questions.definition import Definition
from townline.questions.models import FormVersion
from townline.questions.words import only_if
from townline.setup.beginning import begin_questions
from townline.setup.models import FormDraft
from townline.setup.publishing import Fault, faults, publish
from townline.setup.question_forms import TitleForm
from townline.setup.sampling import try_all


def drafts(code: str) -> QuerySet[FormDraft]:
    """The draft of this service, if there is one."""
    found = FormDraft.objects.filter(service__code=code)
    return found.select_related("service__questions", "begun_by", "changed_by")


def seen(request: HttpRequest) -> int:
    """What state of the draft somebody had before them."""
    given = request.POST.get("seen", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else -1


def pages_of(definition: Definition, found: list[Fault] | None = None) -> list[dict[str, Any]]:
    """The pages and questions as a clerk reads them, each with what is wrong with it."""
    number, pages = 0, []
    last = len(definition.pages) - 1
    for at, page in enumerate(definition.pages):
        rows = []
        for index, question in enumerate(page.questions):
            number += 1
            ends = {"is_first": at == index == 0, "is_last": at == last and index == len(page.questions) - 1}
            said = only_if(definition, question.show_if) if question.show_if else ""
            wrong = [one.what for one in found or () if one.question == question.id]
            rows.append({"question": question, "number": number, "only_if": said, "wrong": wrong, **ends})
        pages.append(
            {
                "page": page,
                "number": at + 1,
                "rows": rows,
                "only_if": only_if(definition, page.show_if) if page.show_if else "",
                "wrong": [one.what for one in found or () if one.page == page.id and not one.question],
                "is_last": at == last,
            }
        )
    return pages


@require_safe
def in_force(request: HttpRequest, code: str) -> HttpResponse:
    """What is asked now, its versions, and the way to a draft."""
    service = fetch(request.user, Service.objects.select_related("questions"), "read", code=code)
    asked = service.questions
    context = {
        "service": service,
        "version": asked,
        "pages": pages_of(asked.parsed) if asked else [],
        "versions": FormVersion.objects.filter(code=code).order_by("-version")[:20],
        "draft": visible(request.user, drafts(code)).first(),
        "may_change": may(request.user, "begin", FormDraft()),
    }
    return render(request, "setup/questions.html", context)


@require_POST
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft, or go on with the one there is."""
    service = fetch(request.user, Service, "change", code=code)
    begin_questions(service, by=request.user)
    return redirect("setup:draft", code)


@require_safe
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The draft: its pages and questions in order, what is wrong with each, and its tests."""
    return show_draft(request, fetch(request.user, drafts(code), "read"))


def show_draft(request: HttpRequest, found: FormDraft, refusal: str = "", status: int = 200) -> HttpResponse:
    """The page of a draft; with the reason when it could not be published."""
    definition = found.parsed
    wrong = faults(definition)
    context = {
        "draft": found,
        "service": found.service,
        "pages": pages_of(definition, wrong),
        "faults": wrong,
        "whole": [one.what for one in wrong if not one.page],
        "tests": try_all(found.service, definition),
        "title_form": TitleForm(initial={"title": definition.title}),
        "may_change": may(request.user, "change", found),
        "refusal": refusal,
    }
    return render(request, "setup/draft.html", context, status=status)


@require_POST
def retitle(request: HttpRequest, code: str) -> HttpResponse:
    """Another title of the whole form."""
    found = fetch(request.user, drafts(code), "retitle")
    form = TitleForm(request.POST)
    if form.is_valid():
        found.retitle(by=request.user, seen=seen(request), title=form.cleaned_data["title"])
        messages.success(request, _("The title is changed in the draft."))
    else:
        messages.error(request, str(form.errors["title"][0]))
    return redirect("setup:draft", code)


@require_POST
def publish_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Ask it from now on; what stands in the way is said row by row."""
    found = fetch(request.user, drafts(code), "publish")
    try:
        version = publish(found, by=request.user, seen=seen(request))
    except NotPossible as refusal:
        return show_draft(request, fetch(request.user, drafts(code), "publish"), str(refusal), status=409)
    said = _("Version %(version)s is asked from now on. Requests that were begun and cases stay with theirs.")
    messages.success(request, said % {"version": version})
    return redirect("setup:questions", code)


@require_POST
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Away with the draft."""
    fetch(request.user, drafts(code), "discard").discard(by=request.user, seen=seen(request))
    messages.success(request, _("The draft is discarded. What is asked now stays."))
    return redirect("setup:questions", code)
