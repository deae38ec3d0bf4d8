"""The lists of the setup, and the page of one row: its words, a change, its history."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townline.core.access import fetch, may, visible
from townline.core.refusals import NotAllowed, NotPossible
from townline.setup import changing
from townline.setup.changing import Overtaken, Refused
from townline.setup.comparing import Compared, compared, side_by_side
from townline.setup.kinds import KINDS, SetupKind
from townline.setup.listing import Wanted, listed
from townline.setup.models import digest_of
from townline.setup.previewing import preview
from townline.setup.row_forms import RowForm


@require_safe
def rows(request: HttpRequest, kind: str) -> HttpResponse:
    """Every row of one kind, found by words, kind of case and department."""
    about = _about(request, kind)
    wanted = Wanted.of(request.GET)
    records: Any = about.table.records()
    found = listed(about, visible(request.user, records), wanted)
    context = {"about": about, "wanted": wanted, "may_add": _may_add(request, about), **found}
    return render(request, "setup/rows.html", context)


def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Write a new row."""
    about = _about(request, kind)
    if not _may_add(request, about):
        raise NotAllowed(_("You do not have permission to change this."))
    form = about.form(request.POST or None)
    if form.is_valid():
        try:
            record = changing.add(about.table, form.written, by=request.user)
        except Refused as refusal:
            form.blame_rows(refusal.wrong, form.written["code"], kind)
        else:
            messages.success(request, _("“%(name)s” is added.") % {"name": about.name(record)})
            return redirect("setup:row", kind, record.code)
    return render(request, "setup/new.html", {"about": about, "form": form})


def row(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One row, and a change of it; whoever comes second is shown both texts."""
    about = _about(request, kind)
    record = _fetch(request, about, code, "change" if request.method == "POST" else "read")
    before = about.table.record_written(record)
    form = about.form(request.POST or None, before=before, seen=digest_of(before))
    if request.method != "POST" or not form.is_valid():
        return _page(request, about, record, form)
    if "preview" in request.POST:
        return _page(request, about, record, form, preview=preview(form))
    return _change(request, about, record, form)


def _change(request: HttpRequest, about: SetupKind, record: Any, form: RowForm) -> HttpResponse:
    seen = form.cleaned_data["seen"]
    try:
        now = changing.change(about.table, record, form.written, by=request.user, seen=seen)
    except Overtaken as overtaken:
        return _second(request, about, record, form, overtaken)
    except Refused as refusal:
        form.blame_rows(refusal.wrong, record.code, about.kind)
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, _("“%(name)s” is changed.") % {"name": about.name(now)})
        return redirect("setup:row", about.kind, record.code)
    return _page(request, about, record, form)


def _second(request: HttpRequest, about: SetupKind, record: Any, form: RowForm, overtaken: Overtaken) -> HttpResponse:
    """What was typed stays; sent once more, it takes the place of what is said now."""
    typed = changing.merged(overtaken, form.written)
    again = about.form(before=typed, seen=digest_of(overtaken.now))
    both = compared(about, overtaken.now, form.written, overtaken.both)
    return _page(request, about, record, again, overtaken=overtaken, both=both, status=409)


@require_POST
def retire(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Take it out of use."""
    about = _about(request, kind)
    record = _fetch(request, about, code, "retire")
    changing.retire(about.table, record, by=request.user)
    return _done(request, about, record, _("“%(name)s” is out of use. What was done with it stays."))


@require_POST
def restore(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Use it again."""
    about = _about(request, kind)
    record = _fetch(request, about, code, "restore")
    changing.restore(about.table, record, by=request.user)
    return _done(request, about, record, _("“%(name)s” is in use again."))


@require_POST
def confirm(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The municipality says that it holds."""
    about = _about(request, kind)
    record = _fetch(request, about, code, "confirm")
    changing.confirm(about.table, record, by=request.user, field=request.POST.get("field", "")[:60])
    return _done(request, about, record, _("“%(name)s” is confirmed."))


@require_safe
def edition(request: HttpRequest, kind: str, code: str, number: int) -> HttpResponse:
    """What a row said at one time, beside what it says now."""
    about = _about(request, kind)
    record = _fetch(request, about, code, "read")
    kept = changing.history(about.table, code).filter(number=number).first()
    if kept is None:
        raise Http404
    context = {"about": about, "record": record, "name": about.name(record), "edition": kept}
    context["both"] = side_by_side(about, kept.written, about.table.record_written(record))
    return render(request, "setup/edition.html", context)


def _page(
    request: HttpRequest, about: SetupKind, record: Any, form: RowForm, status: int = 200, **more: Any
) -> HttpResponse:
    rows: list[Compared] = more.pop("both", [])
    context = {
        "about": about,
        "record": record,
        "name": about.name(record),
        "form": form,
        "history": changing.history(about.table, record.code)[:20],
        "may_change": may(request.user, "change", record),
        "is_active": getattr(record, "is_active", True),
        "both": rows,
        **more,
    }
    return render(request, f"setup/{'services' if about.kind == 'services' else 'row'}.html", context, status=status)


def _may_add(request: HttpRequest, about: SetupKind) -> bool:
    return not about.is_one and may(request.user, "add", about.table.model())


def _about(request: HttpRequest, kind: str) -> SetupKind:
    """The kind, for whoever may see rows of it."""
    about = KINDS.get(kind)
    if about is None:
        raise Http404
    if not may(request.user, "read", about.table.model()):
        raise NotAllowed(_("You do not have permission to see how this is set up."))
    return about


def _fetch(request: HttpRequest, about: SetupKind, code: str, purpose: str) -> Any:
    records: Any = about.table.records()
    return fetch(request.user, records, purpose, code=code)


def _done(request: HttpRequest, about: SetupKind, record: Any, sentence: str) -> HttpResponse:
    messages.success(request, sentence % {"name": about.name(record)})
    return redirect("setup:row", about.kind, record.code)
