"""Trying a draft of the routing rules on past cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from townline.cases.trying import try_on_past
from townline.core.access import fetch
from townline.routing.models import RuleSet
from townline.routing.views import drafts, rows_of
from townline.routing.words import Names

NUMBERS = (100, 500, 2000)


@require_safe
def try_routing(request: HttpRequest) -> HttpResponse:
    """How many of the newest cases would go elsewhere, from where to where, and what each rule decided."""
    draft: RuleSet = fetch(request.user, drafts(), "change")
    asked = request.GET.get("newest", "")
    newest = int(asked) if asked in map(str, NUMBERS) else NUMBERS[0]
    trial = try_on_past(draft, request.user, newest)
    rows = [row | {"fits": trial.fits(row["rule"].code)} for row in rows_of(draft, Names.all())]
    context = {"draft": draft, "trial": trial, "rows": rows, "newest": newest, "numbers": NUMBERS}
    return render(request, "desk/try_routing.html", context)
