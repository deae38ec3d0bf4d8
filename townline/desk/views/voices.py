"""The yearly counts of what customers said of the municipality."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from townline.desk.gate import demand
from townline.desk.voices import tallies

YEARS = 5


def voices(request: HttpRequest) -> HttpResponse:
    """Compliments, feedback and what was not ours, of one year."""
    demand(request.user, "case.read_all")
    this_year = timezone.localdate().year
    years = [this_year - ago for ago in range(YEARS)]
    asked = request.GET.get("year", "")
    year = next((one for one in years if str(one) == asked), this_year)
    found = tallies(request.user, year)  # type: ignore[arg-type]
    return render(request, "desk/voices.html", {"year": year, "years": years, "tallies": found})
