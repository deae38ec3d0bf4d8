"""Templates at the desk: the list, a new one, a change, and taking one out of use."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townline.core.access import fetch, may, visible
from townline.core.localized import Localized
from townline.core.refusals import NotAllowed, NotPossible
from townline.wording.forms import TemplateForm
from townline.wording.models import Template
from townline.wording.placeholders import PLACEHOLDERS
from townline.wording.writing import add_template


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every template in force, by what it is for, and those taken out of use."""
    _demand(request)
    found = visible(request.user, Template.objects.current().select_related("department", "service"))
    templates = sorted(found, key=lambda one: str(one.name).casefold())
    groups = [(use.label, [one for one in templates if one.is_active and one.use == use]) for use in Template.Use]
    retired = [one for one in templates if not one.is_active]
    context = {"groups": groups, "retired": retired, "may_add": _may_add(request), "is_empty": not templates}
    return render(request, "wording/templates.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Write a new one."""
    if not _may_add(request):
        raise NotAllowed(_("You do not have permission to write templates."))
    form = TemplateForm(request.POST or None, user=request.user)  # type: ignore[arg-type]
    if form.is_valid():
        template = add_template(by=request.user, **_localized(form))
        return _changed(request, _("The template “%(name)s” can be used now."), template)
    return render(request, "wording/new.html", {"form": form, "placeholders": PLACEHOLDERS})


def template(request: HttpRequest, code: str) -> HttpResponse:
    """One template: its words, its versions, and a change, which is a new version."""
    purpose = "change" if request.method == "POST" else "read"
    found = fetch(request.user, Template.objects.current().select_related("written_by"), purpose, code=code)
    if request.method != "POST":
        return _page(request, found, TemplateForm.shown(found, user=request.user))
    form = TemplateForm(request.POST, user=request.user)  # type: ignore[arg-type]
    if form.is_valid():
        try:
            new = found.change(by=request.user, seen=form.cleaned_data["seen"] or 0, **_localized(form))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            return _page(request, found, _seen(form, found), is_overtaken=True)
        return _changed(request, _("Version %(version)s of “%(name)s” is in force."), new)
    return _page(request, found, form)


@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Offer it no more."""
    found = fetch(request.user, Template.objects.current(), "retire", code=code)
    found.retire(by=request.user)
    return _changed(request, _("“%(name)s” is not offered any more."), found)


@require_POST
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Offer it again."""
    found = fetch(request.user, Template.objects.current(), "restore", code=code)
    found.restore(by=request.user)
    return _changed(request, _("“%(name)s” is offered again."), found)


def _page(request: HttpRequest, found: Template, form: TemplateForm, is_overtaken: bool = False) -> HttpResponse:
    context = {
        "template": found,
        "form": form,
        "versions": Template.objects.filter(code=found.code).select_related("written_by").order_by("-version"),
        "may_change": may(request.user, "change", found),
        "is_overtaken": is_overtaken,
        "placeholders": PLACEHOLDERS,
    }
    return render(request, "wording/template.html", context)


def _seen(form: Any, found: Template) -> Any:
    """What was typed stays; sent once more, it takes the place of the version that is shown now."""
    form.data = form.data.copy()
    form.data["seen"] = str(found.version)
    return form


def _localized(form: TemplateForm) -> dict[str, object]:
    return {name: Localized(value) if isinstance(value, dict) else value for name, value in form.written.items()}


def _changed(request: HttpRequest, sentence: str, found: Template) -> HttpResponse:
    messages.success(request, sentence % {"name": found.name, "version": found.version})
    return redirect("wording:template", found.code)


def _may_add(request: HttpRequest) -> bool:
    own = sorted(getattr(request.user, "department_ids", []))
    return may(request.user, "create", Template(department_id=own[0] if own else None))


def _demand(request: HttpRequest) -> None:
    if not may(request.user, "read", Template()):
        raise NotAllowed(_("You do not have permission to see the templates."))
