"""The page of an officer who is out: today's cases, for a telephone and for paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from townline.desk.gate import demand
from townline.desk.today import MOST, errands


def today(request: HttpRequest) -> HttpResponse:
    """One's own cases that are due today or late, or have a step due."""
    demand(request.user, "case.work")
    found, is_more = errands(request.user)  # type: ignore[arg-type]
    context = {"errands": found, "is_more": is_more, "most": MOST, "on": timezone.localdate()}
    return render(request, "desk/today.html", context)
