"""The work list: what a department or a person has to do, soonest due first."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import ngettext

from townline.core.access import visible
from townline.core.paging import id_of
from townline.customers.models import Customer
from townline.desk.filters import FilterForm
from townline.desk.lists import ALL, DEPARTMENT, MINE, Desk, WorkList
from townline.ui.templatetags.ui import capped


def home(request: HttpRequest) -> HttpResponse:
    """The first list of the person; a sentence for those who work on no cases."""
    desk = Desk(request.user)  # type: ignore[arg-type]
    if desk.first is None:
        return render(request, "desk/no_work.html")
    return _page(request, desk, desk.first)


def worklist(request: HttpRequest, whose: str, which: str) -> HttpResponse:
    """My own cases, or everybody's."""
    desk = Desk(request.user)  # type: ignore[arg-type]
    return _page(request, desk, desk.find(whose, which))


def department(request: HttpRequest, code: str, which: str) -> HttpResponse:
    """The cases of one department."""
    desk = Desk(request.user)  # type: ignore[arg-type]
    return _page(request, desk, desk.find(DEPARTMENT, which, code))


def _page(request: HttpRequest, desk: Desk, shown: WorkList) -> HttpResponse:
    form = FilterForm(request.GET, shown=shown)
    page = shown.page(form.narrow(shown.rows(desk.user, timezone.now())), request.GET.get("after", ""))
    names = visible(desk.user, Customer.objects.filter(pk__in={row.customer_id for row in page.rows}))
    beside = desk.beside(shown)
    counts = desk.counts(one for _owner, lists in beside for _name, one in lists)
    context = {
        "shown": shown,
        "page": page,
        "form": form,
        "chosen": form.chosen,
        "customers": dict(names.values_list("pk", "name")),
        "next_url": page.next_url(form.chosen),
        "first_query": urlencode(form.chosen),
        "beside": beside,
        "counts": counts,
        "has_departments": shown.whose == ALL or (shown.whose == MINE and len(desk.departments) > 1),
        "changes_url": _changes_url(shown, counts["newest"]) if page.is_first else "",
    }
    return render(request, "desk/work.html", context)


def _changes_url(shown: WorkList, newest: int | None) -> str:
    """Where the page asks whether cases have come in; one's own list does not grow by that."""
    if shown.whose == MINE or shown.which in ("overdue", "closed"):
        return ""
    code = shown.department.code if shown.department else ""
    asked: dict[str, str | int] = {"after": newest or 0, "whose": shown.whose, "which": shown.which, "code": code}
    return f"{reverse('desk:changes')}?{urlencode(asked)}"


def changes(request: HttpRequest) -> JsonResponse:
    """How many cases have come into a list since it was drawn, in a sentence; none when none have."""
    asked: dict[str, Any] = {name: request.GET.get(name, "") for name in ("whose", "which", "code")}
    desk = Desk(request.user)  # type: ignore[arg-type]
    shown = desk.find(asked["whose"] or ALL, asked["which"] or "newest", asked["code"])
    after = id_of(request.GET.get("after", "")) or 0
    count = shown.rows(desk.user, timezone.now()).filter(pk__gt=after).order_by("pk")[:101].count()
    sentence = ngettext("%(count)s new case has come in.", "%(count)s new cases have come in.", count)
    return JsonResponse({"sentence": sentence % {"count": capped(count)} if count else ""})
