"""The desk's pages of oversight: figures of a year, the rows behind one, and the same as a table to take away."""

import csv
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from townline.complaints import oversight
from townline.complaints.models import LadderLevel
from townline.core.paging import id_of
from townline.core.refusals import NotAllowed

SIZE = 50


@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """Complaints, promises, outcomes, remedies and emergency access of a year; compliments and feedback beside them."""
    year, years = _year(request)
    user: Any = request.user
    found = oversight.figures(user, year)
    context = {
        "year": year,
        "years": years,
        "figures": found,
        "total": found[0].total,
        "days": oversight.days_at_levels(user, year),
        "remedies": oversight.remedies_due(user),
        "emergencies": oversight.emergencies(user, year),
        "by_year": oversight.by_year(user, years[0]),
    }
    return render(request, "complaints/oversight.html", context)


@never_cache
def rows(request: HttpRequest) -> HttpResponse:
    """The complaints behind one figure, by pseudonym; one that is not shown opens nothing."""
    year, _years = _year(request)
    by, of = request.GET.get("by", ""), request.GET.get("of", "")
    found = oversight.rows_behind(request.user, year, by, of) if by in oversight.BY else None
    if found is None:
        raise Http404
    name, complaints = found
    before = id_of(request.GET.get("after", ""))
    newest = complaints.select_related("case", "about_service").order_by("-pk")
    page = list((newest.filter(pk__lt=before) if before else newest)[: SIZE + 1])
    query = request.GET.copy()
    query["after"] = str(page[SIZE - 1].pk) if len(page) > SIZE else ""
    context = {
        "back": f"{reverse('complaints:oversight')}?year={year}",
        "year": year, "title": oversight.BY[by], "name": name, "rows": page[:SIZE],
        "older": f"?{query.urlencode()}" if query["after"] else "",
        "levels": {level.number: level for level in LadderLevel.objects.all()},
    }  # fmt: skip
    return render(request, "complaints/oversight_rows.html", context)


@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """The figures of a year as CSV, with the same counts left out as on the page."""
    year, _years = _year(request)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="complaints-{year}.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow([_("Figure"), _("Of"), _("How many")])
    for figure in oversight.figures(request.user, year):
        writer.writerows([figure.title, cell.name, _said(cell.count)] for cell in figure.cells)
        writer.writerow([figure.title, _("Together"), _said(figure.total)])
    writer.writerows(
        [_("Days at a level"), name, _said(days)] for name, days in oversight.days_at_levels(request.user, year)
    )
    return answer


def _said(count: int | None) -> Any:
    return _("not shown") if count is None else count


def _year(request: HttpRequest) -> tuple[int, list[int]]:
    """Which year is asked for, of the last ones; only for whoever oversees complaints."""
    if not request.user.holds("complaint.oversee"):  # type: ignore[union-attr]
        raise NotAllowed(_("You do not have permission to do this."))
    this_year = timezone.localdate().year
    years = [this_year - ago for ago in range(oversight.YEARS)]
    return next((one for one in years if str(one) == request.GET.get("year")), this_year), years
