"""The pages where the routing rules are read, and where a draft of them is made."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townline.core.access import fetch, may, visible
from townline.core.refusals import NotAllowed, NotPossible
from townline.routing.beginning import begin_draft
from townline.routing.forms import DealForm, RuleForm, SeenForm
from townline.routing.models import Queue, RuleSet
from townline.routing.words import Names, conditions, sentence


def drafts() -> QuerySet[RuleSet]:
    """The draft, if there is one."""
    return RuleSet.objects.filter(is_draft=True).select_related("begun_by", "changed_by")


def rows_of(rules: RuleSet | None, names: Names) -> list[dict[str, Any]]:
    """The rules of a version as a page shows them."""
    if rules is None:
        return []
    last = len(rules.rules)
    return [
        {"rule": rule, "number": number, "sentence": sentence(rule, names), "is_last": number == last}
        for number, rule in enumerate(rules.parsed, 1)
    ]


@require_safe
def in_force(request: HttpRequest) -> HttpResponse:
    """The rules that new cases go by, each as a sentence."""
    if not may(request.user, "read", RuleSet()):
        raise NotAllowed(_("You do not have permission to see the routing rules."))
    current = visible(request.user, RuleSet.objects.published()).select_related("begun_by").first()
    names = Names.all()
    context = {
        "current": current,
        "rows": rows_of(current, names),
        "draft": visible(request.user, drafts()).first(),
        "may_edit": may(request.user, "begin", RuleSet()),
        "queues": visible(request.user, Queue.objects.usable().select_related("department")).order_by(
            "department__sort_key", "-is_default", "sort_key"
        ),
    }
    return render(request, "routing/in_force.html", context)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft from what is in force, or go on with the one there is."""
    if not may(request.user, "begin", RuleSet()):
        raise NotAllowed(_("You do not have permission to change the routing rules."))
    begin_draft(by=request.user)
    return redirect("routing:draft")


@require_safe
def draft(request: HttpRequest) -> HttpResponse:
    """The draft: its rules in order, and what can be done with each."""
    found = fetch(request.user, drafts(), "change")
    newest = RuleSet.objects.in_force()
    context = {
        "draft": found,
        "rows": rows_of(found, Names.all()),
        "is_stale": (newest.version if newest else 0) != found.based_on,
        "newest": newest,
    }
    return render(request, "routing/draft.html", context)


def add(request: HttpRequest) -> HttpResponse:
    """A new rule at the end of the list."""
    found = fetch(request.user, drafts(), "add")
    form = RuleForm(request.POST or None, names=Names.all(), service=request.GET.get("service", "")[:60])
    if request.method == "POST" and form.is_valid():
        try:
            code = found.add(by=request.user, seen=_seen(request), rule=form.written)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            return _kept(request, form, code, _("The rule is added at the end."))
    return _rule_page(request, found, form, _("Add a rule"))


def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change one rule of the draft."""
    found = fetch(request.user, drafts(), "change")
    rule = next((one for one in found.parsed if one.code == code), None)
    if rule is None:
        raise Http404
    form = RuleForm(request.POST or None, names=Names.all(), rule=rule)
    if request.method == "POST" and form.is_valid():
        try:
            found.change(by=request.user, seen=_seen(request), code=code, rule=form.written)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            return _kept(request, form, code, _("The rule is changed in the draft."))
    return _rule_page(request, found, form, _("Change a rule"))


@require_POST
def move(request: HttpRequest, code: str) -> HttpResponse:
    """One place up or down."""
    fetch(request.user, drafts(), "move").move(
        by=request.user, seen=_seen(request), code=code, up=request.POST.get("up") == "yes"
    )
    return redirect("routing:draft")


@require_POST
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Off, or on again."""
    fetch(request.user, drafts(), "switch").switch(by=request.user, seen=_seen(request), code=code)
    return redirect("routing:draft")


@require_POST
def remove(request: HttpRequest, code: str) -> HttpResponse:
    """Out of the list."""
    fetch(request.user, drafts(), "remove").remove(by=request.user, seen=_seen(request), code=code)
    messages.success(request, _("The rule is taken out of the draft."))
    return redirect("routing:draft")


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """In force for what comes in from now on."""
    found = fetch(request.user, drafts(), "publish")
    found.publish(by=request.user, seen=_seen(request))
    said = _("The rules are in force as version %(version)s. Cases that are there already stay where they are.")
    messages.success(request, said % {"version": found.version})
    return redirect("routing:in_force")


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Away with the draft."""
    fetch(request.user, drafts(), "discard").discard(by=request.user, seen=_seen(request))
    messages.success(request, _("The draft is discarded. The rules in force are as they were."))
    return redirect("routing:in_force")


def give_out(request: HttpRequest, code: str) -> HttpResponse:
    """How the cases of a queue come to people."""
    queue = fetch(request.user, Queue.objects.usable().select_related("department"), "give_out", code=code)
    form = DealForm(request.POST or None, initial={"deal": queue.deal, "cap": queue.cap})
    if form.is_valid():
        queue.give_out(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved for the queue %(name)s.") % {"name": queue})
        return redirect("routing:in_force")
    return render(request, "routing/give_out.html", {"queue": queue, "form": form})


def _seen(request: HttpRequest) -> int:
    form = SeenForm(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else -1


def _kept(request: HttpRequest, form: RuleForm, code: str, sentence: str) -> HttpResponse:
    """Back to the list; to the rule again when one service has just been chosen, whose questions can be asked now."""
    messages.success(request, sentence)
    services = form.cleaned_data["services"]
    if len(services) == 1 and services[0] != form.asked_service and services[0] in form.names.questions:
        messages.info(request, _("The questions of this service can be asked now, below."))
        return redirect("routing:change", code)
    return redirect("routing:draft")


def _rule_page(request: HttpRequest, found: RuleSet, form: RuleForm, title: str) -> HttpResponse:
    context = {"draft": found, "form": form, "title": title, "seen": request.POST.get("seen", found.changes)}
    context["kept_words"] = conditions(form.kept, form.names)
    if form.errors and form.is_bound:
        context["seen"] = RuleSet.objects.get(pk=found.pk).changes
    return render(request, "routing/rule.html", context)
