"""Notices at the desk: the list, a new one, its page with the cases it gathered, and its verbs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townline.accounts.models import Municipality
from townline.cases.models import Case
from townline.catalogue.models import Service
from townline.core.access import fetch, may, visible
from townline.core.paging import id_of, page_of
from townline.core.references import read
from townline.core.refusals import NotAllowed, NotPossible
from townline.notices.forms import CaseForm, ExtendForm, NoticeForm
from townline.notices.models import Notice
from townline.notices.writing import draft_notice

ORDER = [Notice.Status.PUBLISHED, Notice.Status.DRAFT, Notice.Status.ENDED]
ENDED_SHOWN = 50


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every notice: those that are published, the drafts, and the latest of those that ended."""
    rows = visible(request.user, Notice.objects.order_by("-id"))
    now = timezone.now()
    still = list(rows.exclude(status=Notice.Status.ENDED))
    found = sorted(still, key=lambda one: (ORDER.index(Notice.Status(one.status)), not one.is_running(now)))
    ended = list(rows.filter(status=Notice.Status.ENDED)[:ENDED_SHOWN])
    context = {
        "notices": [(one, one.is_running(now)) for one in [*found, *ended]],
        "may_write": may(request.user, "create", Notice()),
    }
    return render(request, "notices/listing.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Write a new one, as a draft."""
    if not may(request.user, "create", Notice()):
        raise NotAllowed(_("You do not have permission to write notices."))
    form = NoticeForm(request.POST or None, initial={"kind": Notice.Kind.EVENT})
    if form.is_valid():
        found = draft_notice(by=request.user, **form.written)
        messages.success(request, _("The draft is kept. Nobody outside reads it until you publish it."))
        return redirect("notices:notice", found.code)
    return render(request, "notices/write.html", {"form": form})


@require_safe
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """One notice as the public reads it, and the cases that belong to it."""
    return _page(request, fetch(request.user, Notice, "read", code=code))


def change(request: HttpRequest, code: str) -> HttpResponse:
    """Say it anew."""
    found = fetch(request.user, Notice, "change", code=code)
    if request.method != "POST":
        return render(request, "notices/write.html", {"notice": found, "form": NoticeForm.shown(found)})
    form: Any = NoticeForm(request.POST)
    if form.is_valid():
        try:
            found.change(by=request.user, seen=form.cleaned_data["seen"] or 0, **form.written)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            form.data = form.data.copy()
            form.data["seen"] = str(found.revision)
        else:
            return _done(request, found, _("“%(name)s” is changed."))
    return render(request, "notices/write.html", {"notice": found, "form": form})


@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Let the public read it."""
    found = fetch(request.user, Notice, "publish", code=code)
    found.publish(by=request.user)
    return _done(request, found, _("“%(name)s” is published. Cases that belong to it are gathered now."))


@require_POST
def extend(request: HttpRequest, code: str) -> HttpResponse:
    """Let it hold longer, or less long."""
    found = fetch(request.user, Notice, "extend", code=code)
    form = ExtendForm(request.POST)
    if form.is_valid():
        try:
            found.extend(by=request.user, until_at=form.until_at)
        except NotPossible as refusal:
            form.add_error("on", str(refusal))
        else:
            return _done(request, found, _("“%(name)s” holds until then."))
    return _page(request, found, extending=form)


@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """It is over."""
    found = fetch(request.user, Notice, "end", code=code)
    found.end(by=request.user)
    return _done(request, found, _("“%(name)s” has ended. The public reads it no more."))


@require_POST
def gather(request: HttpRequest, code: str) -> HttpResponse:
    """Put a case to it."""
    found = fetch(request.user, Notice, "gather", code=code)
    form = CaseForm(request.POST)
    if form.is_valid():
        prefix = Municipality.objects.values_list("prefix", flat=True).first()
        reference = read(form.cleaned_data["reference"], prefix)
        case = visible(request.user, Case.objects.filter(reference=reference or "")).first()
        if case:
            found.gather(by=request.user, case=case)
            return _done(request, found, _("The case belongs to “%(name)s” now."))
        form.add_error("reference", _("There is no case with this reference that you can see."))
    return _page(request, found, gathering=form)


@require_POST
def release(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Take a case out."""
    found = fetch(request.user, Notice, "release", code=code)
    case = visible(request.user, Case.objects.filter(reference=reference)).first()
    if case is None:
        raise Http404
    found.release(by=request.user, case=case)
    return _done(request, found, _("The case does not belong to “%(name)s” any more."))


def _page(request: HttpRequest, found: Notice, **forms: Any) -> HttpResponse:
    after = request.GET.get("after", "")
    rows = visible(request.user, Case.objects.filter(gathered__notice=found, gathered__is_out=False))
    before = id_of(after)
    rows = rows.filter(pk__lt=before) if before else rows
    page = page_of(rows.for_rows().order_by("-id"), "", after)
    verbs = ("change", "publish", "extend", "end", "gather", "release")
    context = {
        "notice": found,
        "services": Service.objects.filter(code__in=found.services),
        "page": page,
        "next_url": page.next_url(""),
        "form": forms.get("extending") or forms.get("gathering"),
        "extending": forms.get("extending") or ExtendForm(),
        "gathering": forms.get("gathering") or CaseForm(),
        "may": {verb: may(request.user, verb, found) for verb in verbs},
    }
    return render(request, "notices/notice.html", context)


def _done(request: HttpRequest, found: Notice, sentence: str) -> HttpResponse:
    messages.success(request, sentence % {"name": found.name})
    return redirect("notices:notice", found.code)
