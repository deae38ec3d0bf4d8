"""What one has begun to write and not sent, wherever it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from townline.cases.models import Case, Unsent
from townline.core.access import visible
from townline.core.paging import id_of, page_of


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """One's own drafts, last begun first; those of cases that one may not see any more are left out."""
    user: Any = request.user
    after = request.GET.get("after", "")
    page = page_of(Unsent.objects.filter(by=user).newest(id_of(after)), "", after)
    cases = visible(user, Case.objects.filter(pk__in=[row.case_id for row in page.rows]))
    found = {case.pk: case for case in cases.only("reference", "subject", "status")}
    rows = [(draft, found[draft.case_id]) for draft in page.rows if draft.case_id in found]
    return render(request, "desk/drafts.html", {"rows": rows, "page": page, "next_url": page.next_url({})})
