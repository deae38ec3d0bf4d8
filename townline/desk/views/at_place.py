"""Finding a place, and everything that was reported there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from townline.cases.models import Case
from townline.core.access import fetch
from townline.desk.at_place import at_place_of, beginning_with
from townline.desk.gate import demand
from townline.desk.place_forms import PlaceForm
from townline.desk.places import sign_for, text_of


def places(request: HttpRequest) -> HttpResponse:
    """Places that begin as somebody typed; what was typed stays with the session, under a sign."""
    user: Any = request.user
    demand(user, "case.read", "case.read_all")
    is_sent = request.method == "POST"
    typed = request.POST.get("begins", "") if is_sent else text_of(request.session, request.GET.get("place", ""))
    form = PlaceForm({"begins": typed} if is_sent or typed else None)
    if is_sent and form.is_valid():
        sign = sign_for(request.session, form.cleaned_data["begins"])
        return redirect(f"{reverse('desk:places')}?{urlencode({'place': sign})}")
    found = beginning_with(user, form.cleaned_data["begins"]) if form.is_valid() else []
    return render(request, "desk/places.html", {"form": form, "found": found, "is_asked": form.is_valid()})


def place(request: HttpRequest, reference: str) -> HttpResponse:
    """Where this case lies: all cases there over time, the newest first."""
    case = fetch(request.user, Case, "read", reference=reference)
    page = at_place_of(request.user, case, request.GET.get("after", ""))  # type: ignore[arg-type]
    return render(request, "desk/place.html", {"case": case, "page": page, "next_url": page.next_url("")})
