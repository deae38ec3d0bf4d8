"""Macros under Setup: the list, a new one, a change, and taking one out of use."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townline.core.access import fetch, may, visible
from townline.core.refusals import NotAllowed, NotPossible
from townline.macros.forms import MacroForm
from townline.macros.models import Macro
from townline.macros.writing import add_macro


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every macro, those in use first."""
    if not may(request.user, "read", Macro()):
        raise NotAllowed(_("You do not have permission to see the macros."))
    found = visible(request.user, Macro.objects.select_related("department", "service"))
    macros = sorted(found, key=lambda one: (not one.is_active, str(one.name).casefold()))
    return render(request, "macros/macros.html", {"macros": macros, "may_add": _may_add(request)})


def new(request: HttpRequest) -> HttpResponse:
    """Put a new one together."""
    if not _may_add(request):
        raise NotAllowed(_("You do not have permission to write macros."))
    form = MacroForm(request.POST or None, user=request.user)  # type: ignore[arg-type]
    if form.is_valid():
        return _changed(request, _("The macro “%(name)s” can be used now."), add_macro(by=request.user, **form.written))
    return render(request, "macros/macro.html", {"form": form, "may_change": True})


def macro(request: HttpRequest, code: str) -> HttpResponse:
    """One macro, and a change of it."""
    found = fetch(request.user, Macro, "change" if request.method == "POST" else "read", code=code)
    if request.method != "POST":
        return _page(request, found, MacroForm.shown(found, user=request.user))
    form = MacroForm(request.POST, user=request.user)  # type: ignore[arg-type]
    if form.is_valid():
        try:
            found.change(by=request.user, seen=form.cleaned_data["seen"] or 0, **form.written)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            _seen(form, found)
        else:
            return _changed(request, _("The macro “%(name)s” is changed."), found)
    return _page(request, found, form)


@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Offer it no more."""
    found = fetch(request.user, Macro, "retire", code=code)
    found.retire(by=request.user)
    return _changed(request, _("“%(name)s” is not offered any more."), found)


@require_POST
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Offer it again."""
    found = fetch(request.user, Macro, "restore", code=code)
    found.restore(by=request.user)
    return _changed(request, _("“%(name)s” is offered again."), found)


def _page(request: HttpRequest, found: Macro, form: MacroForm) -> HttpResponse:
    context = {"macro": found, "form": form, "may_change": may(request.user, "change", found)}
    return render(request, "macros/macro.html", context)


def _seen(form: Any, found: Macro) -> None:
    """Sent once more, what was typed takes the place of what was changed meanwhile."""
    form.data = form.data.copy()
    form.data["seen"] = str(found.revision)


def _changed(request: HttpRequest, sentence: str, found: Macro) -> HttpResponse:
    messages.success(request, sentence % {"name": found.name})
    return redirect("macros:macro", found.code)


def _may_add(request: HttpRequest) -> bool:
    own = sorted(getattr(request.user, "department_ids", []))
    return may(request.user, "create", Macro(department_id=own[0] if own else None))
