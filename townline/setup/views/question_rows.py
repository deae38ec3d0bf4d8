"""Changing a draft of questions row by row: pages and questions, added, changed, moved and taken out."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townline.core.access import fetch
from townline.core.refusals import NotPossible
from townline.setup.models import FormDraft
from townline.setup.question_forms import PageForm, QuestionForm
from townline.setup.views.questions import drafts, seen


def add_page(request: HttpRequest, code: str) -> HttpResponse:
    """A page at the end."""
    draft = fetch(request.user, drafts(code), "add_page")
    form = PageForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"page": form.written}
        if _done(form, lambda: draft.add_page(by=request.user, seen=seen(request), **given)):
            messages.success(request, _("The page is added at the end."))
            return redirect("setup:draft", code)
    return _shown(request, draft, form, _("Add a page"), "setup/page.html")


def change_page(request: HttpRequest, code: str, page_id: str) -> HttpResponse:
    """Another title or condition of a page."""
    draft = fetch(request.user, drafts(code), "change_page")
    before = _page(draft, page_id)
    form = PageForm(request.POST or None, draft=draft, before=before)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"page_id": page_id, "page": form.written}
        if _done(form, lambda: draft.change_page(by=request.user, seen=seen(request), **given)):
            messages.success(request, _("The page is changed in the draft."))
            return redirect("setup:draft", code)
    return _shown(request, draft, form, _("Change a page"), "setup/page.html")


@require_POST
def move_page(request: HttpRequest, code: str, page_id: str) -> HttpResponse:
    """One place up or down."""
    draft = fetch(request.user, drafts(code), "move_page")
    draft.move_page(by=request.user, seen=seen(request), page_id=page_id, up=_is_up(request))
    return redirect("setup:draft", code)


@require_POST
def remove_page(request: HttpRequest, code: str, page_id: str) -> HttpResponse:
    """Out of the form, with its questions."""
    draft = fetch(request.user, drafts(code), "remove_page")
    draft.remove_page(by=request.user, seen=seen(request), page_id=page_id)
    messages.success(request, _("The page is taken out of the draft."))
    return redirect("setup:draft", code)


def add(request: HttpRequest, code: str, page_id: str) -> HttpResponse:
    """A question at the end of a page."""
    draft = fetch(request.user, drafts(code), "add")
    _page(draft, page_id)
    form = QuestionForm(request.POST or None, draft=draft, page_id=page_id)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"page_id": form.cleaned_data["page"], "question": form.written}
        if _done(form, lambda: draft.add(by=request.user, seen=seen(request), **given)):
            messages.success(request, _("The question is added to the draft."))
            return _next(request, code, form)
    return _shown(request, draft, form, _("Add a question"), "setup/question.html")


def change(request: HttpRequest, code: str, question_id: str) -> HttpResponse:
    """Change one question of the draft."""
    draft = fetch(request.user, drafts(code), "change")
    found = [(page["id"], one) for page in draft.pages for one in page["questions"] if one["id"] == question_id]
    if not found:
        raise Http404
    page_id, before = found[0]
    form = QuestionForm(request.POST or None, draft=draft, page_id=page_id, before=before)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {
            "question_id": question_id,
            "question": form.written,
            "page_id": form.cleaned_data["page"],
        }
        if _done(form, lambda: draft.change(by=request.user, seen=seen(request), **given)):
            messages.success(request, _("The question is changed in the draft."))
            return _next(request, code, form)
    return _shown(request, draft, form, _("Change a question"), "setup/question.html")


@require_POST
def move(request: HttpRequest, code: str, question_id: str) -> HttpResponse:
    """One place up or down."""
    draft = fetch(request.user, drafts(code), "move")
    draft.move(by=request.user, seen=seen(request), question_id=question_id, up=_is_up(request))
    return redirect("setup:draft", code)


@require_POST
def remove(request: HttpRequest, code: str, question_id: str) -> HttpResponse:
    """Out of the form; answers that were given stay where they are."""
    draft = fetch(request.user, drafts(code), "remove")
    draft.remove(by=request.user, seen=seen(request), question_id=question_id)
    messages.success(request, _("The question is taken out of the draft."))
    return redirect("setup:draft", code)


def _is_up(request: HttpRequest) -> bool:
    return request.POST.get("up") == "yes"


def _page(draft: FormDraft, page_id: str) -> dict[str, Any]:
    page = next((one for one in draft.pages if one["id"] == page_id), None)
    if page is None:
        raise Http404
    return page


def _done(form: Any, do: Callable[[], None]) -> bool:
    """Was it done? If not, the form says why, with everything that was typed."""
    try:
        do()
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _next(request: HttpRequest, code: str, form: QuestionForm) -> HttpResponse:
    """Back to the draft, or to the question again for more choices, or to another one on the same page."""
    if "more" in request.POST:
        return redirect("setup:change_question", code, form.written["id"])
    if "another" in request.POST:
        return redirect("setup:add_question", code, form.cleaned_data["page"])
    return redirect("setup:draft", code)


def _shown(request: HttpRequest, draft: FormDraft, form: Any, title: str, template: str) -> HttpResponse:
    """The form with the state of the draft that was seen; after a refusal, with the one there is now."""
    now = draft.changes
    if form.is_bound and form.non_field_errors():
        now = FormDraft.objects.values_list("changes", flat=True).get(pk=draft.pk)
    elif request.method == "POST":
        now = seen(request)
    context = {"draft": draft, "service": draft.service, "form": form, "title": title, "seen": now}
    return render(request, template, context)
