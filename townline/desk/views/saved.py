"""Saved views: keeping one, and what its owner and its readers do with it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townline.core.access import fetch, may, visible
from townline.desk.filters import FilterForm
from townline.desk.lists import Desk
from townline.desk.models import SavedView
from townline.desk.places import text_of
from townline.desk.seeing import Views
from townline.desk.view_forms import KeepViewForm, RenameViewForm, ShareViewForm


def views(request: HttpRequest) -> HttpResponse:
    """All the views one sees, and one's own that are retired."""
    found: Any = visible(request.user, SavedView.objects.all())
    rows = found.select_related("department", "owner", "shared_with").order_by("sort_key", "id")
    offered = [
        (one, {verb for verb in ("rename", "share", "retire", "restore") if may(request.user, verb, one)})
        for one in rows
    ]
    return render(request, "desk/views.html", {"offered": offered})


def keep(request: HttpRequest) -> HttpResponse:
    """Save the list that is open, with its filters and order, under a name."""
    given: Any = request.POST if request.method == "POST" else request.GET
    desk = Desk(request.user)  # type: ignore[arg-type]
    shown = desk.find(given.get("whose", ""), given.get("which", ""), given.get("code", ""))
    typed = {name: given.get(name, "") for name in FilterForm.base_fields}
    typed["place"] = text_of(request.session, typed["place"])
    asked = FilterForm(typed, shown=shown, user=desk.user, offered=Views(desk).offered)
    form = KeepViewForm(request.POST or None)
    if form.is_valid():
        filters = {name: value for name, value in asked.asked.items() if name != "order"}
        made = SavedView.keep(
            by=request.user, name=form.cleaned_data["name"], whose=shown.whose, which=shown.which,
            department=shown.department, order=asked.sorted_by, filters=filters,
        )  # fmt: skip
        messages.success(request, _("The view is saved. It stands beside the lists now."))
        return redirect(made)
    return _ask(request, form, _("Save this list as a view"), _("Save the view"), given=given, shown=shown)


def _ask(request: HttpRequest, form: forms.Form, title: str, button: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, **more}
    return render(request, "desk/view_verb.html", context)


def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it something else."""
    view = fetch(request.user, SavedView, "rename", pk=pk)
    form = RenameViewForm(request.POST or None, initial={"name": view.name})
    if form.is_valid():
        view.rename(by=request.user, **form.cleaned_data)
        messages.success(request, _("The view has a new name."))
        return redirect(view)
    return _ask(request, form, _("Rename the view"), _("Rename"), view=view)


def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Let others open it too; or nobody any more."""
    view = fetch(request.user, SavedView, "share", pk=pk)
    departments = Desk(request.user).departments  # type: ignore[arg-type]
    initial = {"sharing": view.sharing, "shared_with": view.shared_with_id}
    form = ShareViewForm(request.POST or None, departments=departments, initial=initial)
    if form.is_valid():
        view.share(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved: who can open this view."))
        return redirect(view)
    return _ask(request, form, _("Share the view"), _("Save"), view=view)


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it away from beside the lists."""
    fetch(request.user, SavedView, "retire", pk=pk).retire(by=request.user)
    messages.success(request, _("The view is retired. Its owner can bring it back on this page."))
    return redirect("desk:views")


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring it back."""
    view = fetch(request.user, SavedView, "restore", pk=pk)
    view.restore(by=request.user)
    messages.success(request, _("The view is in use again."))
    return redirect(view)


@require_POST
def put_first(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin with it."""
    view = fetch(request.user, SavedView, "put_first", pk=pk)
    view.put_first(by=request.user)
    messages.success(request, _("Your desk begins with this view."))
    return redirect(view)


@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin with one's own cases again."""
    fetch(request.user, SavedView, "put_back", pk=pk).put_back(by=request.user)
    messages.success(request, _("Your desk begins with your first list again."))
    return redirect("desk:views")
