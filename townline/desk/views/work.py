"""The work list: what a department or a person has to do, soonest due first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    return render(request, "desk/home.html")
