"""Trying the draft as somebody would who answers it; and the tests that are kept of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST

from townline.core.access import fetch
from townline.core.refusals import NotPossible
from townline.questions.forms import QuestionsForm
from townline.questions.resolve import Resolved, resolve
from townline.setup.models import FormDraft, Sample
from townline.setup.publishing import faults
from townline.setup.sampling import context, keep_sample, tried
from townline.setup.views.questions import drafts


class KeepForm(forms.Form):
    """What a test is called."""

    name = forms.CharField(
        label=_l("Name of the test"), max_length=80, required=False,
        help_text=_l("For example, A dead lamp on a pole. Use invented answers only."),
    )  # fmt: skip


def try_it(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the draft, see what is asked and where it ends, and keep it as a test."""
    draft = fetch(request.user, drafts(code), "change")
    by_staff, language = request.GET.get("as") == "staff", "fr" if request.GET.get("in") == "fr" else "en"
    form = QuestionsForm(
        draft.parsed, None, {}, context=context(by_staff), data=request.POST or None, language=language
    )
    keep, resolved = KeepForm(request.POST or None), None
    if request.method == "POST" and not form.is_rearranged:
        form.is_valid()
        resolved = resolve(draft.parsed, form.answers, context(by_staff))
        if "keep" in request.POST and keep.is_valid() and _kept(request, draft, form, keep, by_staff):
            return redirect("setup:draft", code)
    shown = {"draft": draft, "service": draft.service, "form": form, "keep": keep, "by_staff": by_staff}
    shown |= {"in_french": language == "fr", "faults": faults(draft.parsed), "resolved": resolved}
    return render(request, "setup/try.html", {**shown, "asked": _asked(resolved) if resolved else []})


def _kept(request: HttpRequest, draft: FormDraft, form: QuestionsForm, keep: KeepForm, by_staff: bool) -> bool:
    name = keep.cleaned_data["name"].strip()
    if not name:
        keep.add_error("name", _("Give the test a name."))
        return False
    try:
        keep_sample(draft.service, draft.parsed, form.answers, by=request.user, name=name, by_staff=by_staff)
    except NotPossible as refusal:
        keep.add_error(None, str(refusal))
        return False
    messages.success(request, _("The answers are kept as the test “%(name)s”.") % {"name": name})
    return True


def _asked(resolved: Resolved) -> list[Any]:
    """The questions that were asked, each with what is wrong with its answer."""
    asked = {question.id: question for page in resolved.pages for item in page.items for question in item}
    return [(question, resolved.errors.get(name, "")) for name, question in asked.items()]


@require_POST
def accept(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What comes of the sample now is right."""
    draft = fetch(request.user, drafts(code), "change")
    sample = fetch(request.user, Sample, "accept", pk=pk, service=draft.service)
    sample.accept(by=request.user, expects=tried(draft.parsed, sample).now)
    messages.success(request, _("The test “%(name)s” expects this from now on.") % {"name": sample.name})
    return redirect("setup:draft", code)


@require_POST
def drop(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Keep the sample no longer."""
    draft = fetch(request.user, drafts(code), "change")
    fetch(request.user, Sample, "drop", pk=pk, service=draft.service).drop(by=request.user)
    messages.success(request, _("The test is taken away."))
    return redirect("setup:draft", code)
