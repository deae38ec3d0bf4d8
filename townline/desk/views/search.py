"""One field for everything: a reference, an address or a number, a name, a service."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from townline.accounts.models import Municipality, User
from townline.cases.models import Case
from townline.cases.saying import cases_saying
from townline.catalogue.finding import find
from townline.catalogue.models import Service
from townline.core.access import visible
from townline.core.references import read
from townline.customers.models import ContactPoint
from townline.desk.knowing import Known, candidates, plain
from townline.desk.lists import Desk

LONGEST = 200
MOST_CASES = 20
SHORTEST_REFERENCE = 9


def search(request: HttpRequest) -> HttpResponse:
    """A reference leads to its case; anything else to customers and services.

    What is looked for may be somebody's name or number, so it stands in no
    address: it is posted, kept with the session, and shown by a page of its own.
    """
    if request.method == "POST":
        request.session["looked_for"] = plain(request.POST.get("q", ""))[:LONGEST]
        return redirect("desk:search")
    words = request.session.get("looked_for", "")
    user: Any = request.user
    reference = _reference(words)
    if reference and (case := visible(user, Case.objects.filter(reference=reference)).only("reference").first()):
        return redirect(case)
    context = {
        "search_words": words,
        "reference": reference,
        "people": _people(user, words) if words and not reference else [],
        "services": _services(user, words) if words and not reference else [],
        "cases": _cases(user, words) if words and not reference else [],
        "knows_customers": user.holds("customer.read"),
        "reads_cases": user.holds("case.read") or user.holds("case.read_all"),
    }
    return render(request, "desk/search.html", context)


def _reference(words: str) -> str | None:
    """The reference that was typed, if it is one; a name is shorter, and asks nothing."""
    if sum(one.isalnum() for one in words) < SHORTEST_REFERENCE:
        return None
    return read(words, Municipality.objects.values_list("prefix", flat=True).first())


def _cases(user: User, words: str) -> list[Case]:
    """The newest cases on which all these words were said, of those that this person may see."""
    found = cases_saying(words) if user.holds("case.read") or user.holds("case.read_all") else []
    rows = visible(user, Case.objects.filter(pk__in=found)).order_by("-pk")
    return list(rows.only("reference", "subject", "status", "received_at", "due_at")[: MOST_CASES + 1]) if found else []


def _people(user: User, words: str) -> list[Known]:
    """Customers reached at this address or number, else those whose name begins like this."""
    if "@" in words:
        return candidates(user, email=words)
    is_number = len(re.sub(r"\D", "", words)) >= 7 and ContactPoint.key_of(ContactPoint.Kind.PHONE, words)
    return candidates(user, phone=words) if is_number else candidates(user, name=words)


def _services(user: User, words: str) -> list[tuple[Service, str]]:
    """Services that fit the words, each with the list of its open cases, if this person may see that list."""
    found = find(words, Service.objects.filter(is_active=True))
    lists = {one.department.pk: one for lists in Desk(user).lists for one in lists[:1] if one.department}
    return [
        (
            service,
            f"{lists[service.department_id].url}?service={service.code}" if service.department_id in lists else "",
        )
        for service in found
    ]
