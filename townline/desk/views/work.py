"""The work list: what a department or a person has to do, soonest due first."""

from typing import Any

from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from townline.core.access import fetch, visible
from townline.core.paging import Page
from townline.customers.models import Customer
from townline.desk.choosing import offered_verbs
from townline.desk.context import frame_questions
from townline.desk.exporting import lines
from townline.desk.filters import FilterForm
from townline.desk.lists import ALL, DEPARTMENT, MINE, ORDERS, Desk, WorkList
from townline.desk.models import SavedView
from townline.desk.places import sign_for, text_of
from townline.desk.reading import WINDOW, Reading
from townline.desk.seeing import Views


def home(request: HttpRequest) -> HttpResponse:
    """The view somebody begins with, else their first list; a sentence for those who work on no cases."""
    desk = Desk(request.user)  # type: ignore[arg-type]
    if desk.first is None:
        return render(request, "desk/no_work.html")
    views = Views(desk)
    if views.first:
        return redirect(views.first)
    return _page(request, views, desk.first)


def worklist(request: HttpRequest, whose: str, which: str) -> HttpResponse:
    """My own cases, or everybody's."""
    desk = Desk(request.user)  # type: ignore[arg-type]
    return _page(request, Views(desk), desk.find(whose, which))


def department(request: HttpRequest, code: str, which: str) -> HttpResponse:
    """The cases of one department."""
    desk = Desk(request.user)  # type: ignore[arg-type]
    return _page(request, Views(desk), desk.find(DEPARTMENT, which, code))


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """A saved view: its list, through its filters, as its reader may see it."""
    saved = fetch(request.user, SavedView.objects.in_use().select_related("department", "owner"), "read", pk=pk)
    views = Views(Desk(request.user))  # type: ignore[arg-type]
    shown = views.desk.find(saved.whose, saved.which, saved.department.code if saved.department else "")
    return _drawn(request, views, shown, views.form_of(saved, shown), saved)


def export(request: HttpRequest) -> StreamingHttpResponse:
    """A list with its filters as a table for a spreadsheet, line by line."""
    desk = Desk(request.user)  # type: ignore[arg-type]
    shown = desk.find(*(request.GET.get(name, "") for name in ("whose", "which", "code")))
    form = FilterForm(_typed(request), shown=shown, user=desk.user, offered=Views(desk).offered)
    answer = StreamingHttpResponse(lines(Reading(shown, desk, form)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="cases-{shown.which}.csv"'
    return answer


def _typed(request: HttpRequest) -> dict[str, str]:
    """What the filters are asked; a place in an address is the sign of one that was typed."""
    given: Any = request.POST if request.method == "POST" else request.GET
    typed = {name: given.get(name, "") for name in FilterForm.base_fields}
    if request.method != "POST":
        typed["place"] = text_of(request.session, typed["place"])
    return typed


def _page(request: HttpRequest, views: Views, shown: WorkList) -> HttpResponse:
    """A list; filters that are sent lead to an address of their own, in which no place stands."""
    form = FilterForm(_typed(request), shown=shown, user=views.desk.user, offered=views.offered)
    if request.method == "POST" and form.is_valid():
        sign = sign_for(request.session, form.chosen.get("place", ""))
        return redirect(f"{shown.url}?{form.query(sign)}")
    return _drawn(request, views, shown, form, None)


def _drawn(
    request: HttpRequest, views: Views, shown: WorkList, form: FilterForm, saved: SavedView | None
) -> HttpResponse:
    desk = views.desk
    reading = Reading(shown, desk, form)
    after = request.GET.get("after", "")
    beside = desk.beside(shown)
    also = views.questions() | reading.questions(after) | frame_questions(desk.user)
    counts = desk.counts([one for _owner, lists in beside for _name, one in lists], also)
    request.frame_answers = counts  # type: ignore[attr-defined]
    page = reading.page(after, counts)
    sign = sign_for(request.session, form.chosen.get("place", ""))
    context = {
        **_of_rows(reading, page),
        **_of_view(saved, form, views),
        "query": "" if saved else form.query(sign),
        "asked": form.asked | ({"place": sign} if sign else {}),
        "bulk_verbs": offered_verbs(desk.user),
        "next_url": page.next_url("" if saved else form.query(sign)),
        "beside": beside,
        "views": views.beside(counts),
        "counts": counts,
        "changes_url": _changes_url(shown, counts["newest"], counts["event"] or 0),
    }
    return render(request, "desk/work.html", context)


def _of_rows(reading: Reading, page: Page) -> dict[str, Any]:
    """The list that is shown, and what stands in its rows."""
    shown, desk, form = reading.shown, reading.desk, reading.form
    names = visible(desk.user, Customer.objects.filter(pk__in={row.customer_id for row in page.rows}))
    return {
        "shown": shown,
        "page": page,
        "window": WINDOW,
        "form": form,
        "chosen": form.chosen,
        "order": reading.order,
        "order_in_words": ORDERS[reading.order],
        "customers": dict(names.values_list("pk", Coalesce("merged_into__name", "name"))),
        "has_departments": shown.whose == ALL or (shown.whose == MINE and len(desk.departments) > 1),
    }


def _of_view(saved: SavedView | None, form: FilterForm, views: Views) -> dict[str, Any]:
    """What a page says of the view that it shows."""
    if saved is None:
        return {"saved": None}
    is_first = views.first == saved
    return {
        "saved": saved,
        "lost": set(saved.filters) - set(form.chosen),
        "is_first_view": is_first,
        "first_url": reverse("desk:put_back_view" if is_first else "desk:put_first_view", args=[saved.pk]),
    }


def _changes_url(shown: WorkList, newest: int | None, event: int) -> str:
    """Where the page asks what has come in or changed since it was drawn."""
    code = shown.department.code if shown.department else ""
    asked: dict[str, str | int] = {"after": newest or 0, "whose": shown.whose, "which": shown.which, "code": code}
    return f"{reverse('desk:changes')}?{urlencode(asked | {'event': event})}"
