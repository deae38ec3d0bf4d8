"""The desk's pages of the registers: breaches, the disclosure log, privacy assessments."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST

from townline.catalogue.models import Service
from townline.core.access import fetch, may, visible
from townline.core.paging import id_of, page_of
from townline.customers.models import Customer
from townline.records import forms_registers as shapes
from townline.records.collecting import collecting
from townline.records.disclosure_log import log
from townline.records.models import Assessment, Breach, Disclosed
from townline.records.models.assessments import TEXTS
from townline.records.views import ask, demand

GRANT = "records.access"


def breaches(request: HttpRequest) -> HttpResponse:
    """The register, newest first, and the numbers of each year for the annual statistics."""
    user = demand(request, GRANT)
    rows = visible(user, Breach.objects.all()).order_by("-pk")
    before = id_of(request.GET.get("after", ""))
    page = page_of(rows.filter(pk__lt=before) if before else rows, "", request.GET.get("after", ""))
    by_year = visible(user, Breach.objects.order_by()).values(year=ExtractYear("discovered_on"))
    years = by_year.annotate(count=Count("pk"), people=Sum("people")).order_by("-year")[:10]
    return render(request, "records/breaches.html", {"page": page, "older": page.next_url(""), "years": years})


def register_breach(request: HttpRequest) -> HttpResponse:
    """Write one down."""
    user = demand(request, GRANT)
    form = shapes.RegisterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = Breach.register(by=user, **form.cleaned_data)
        messages.success(request, _("It is in the register. Contain and assess it next."))
        return redirect("records:breach", pk=made.pk)
    return ask(request, form, _("Register a breach"), "records:breaches")


def _breach(request: HttpRequest, pk: int, verb: str) -> Breach:
    demand(request, GRANT)
    return fetch(request.user, Breach.objects.select_related("registered_by"), verb, pk=pk)


def breach(request: HttpRequest, pk: int) -> HttpResponse:
    """One breach, with what is still to be done."""
    found = _breach(request, pk, "read")
    verbs = [] if found.closed_on else [verb for verb in BREACH_VERBS if may(request.user, verb, found)]
    if found.still_to_do:
        verbs = [verb for verb in verbs if verb != "close"]
    buttons = [(f"records:{verb}_breach", TITLES[verb], verb in found.still_to_do[:1]) for verb in verbs]
    return render(request, "records/breach.html", {"breach": found, "buttons": buttons})


def _breach_verb(name: str, shape: type[forms.Form], said: Any) -> Callable[..., HttpResponse]:
    """The page of one verb: fetch for it, ask what it needs, do it, say so."""

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = _breach(request, pk, name)
        form = shape(request.POST if request.method == "POST" else None)
        if form.is_valid():
            getattr(found, name)(by=request.user, **form.cleaned_data)
            messages.success(request, said)
            return redirect("records:breach", pk=pk)
        return ask(request, form, str(TITLES[name]), "records:breach", pk)

    return view


TITLES = {
    "contain": _l("Contain it"),
    "assess": _l("Assess the risk"),
    "report": _l("Reported to the Commissioner"),
    "tell": _l("The people were told"),
    "close": _l("Close the breach"),
}
BREACH_VERBS: dict[str, Callable[..., HttpResponse]] = {
    "contain": _breach_verb("contain", shapes.ContainForm, _l("It is contained.")),
    "assess": _breach_verb("assess", shapes.AssessForm, _l("The assessment is recorded.")),
    "report": _breach_verb("report", shapes.ReportForm, _l("The report is recorded.")),
    "tell": _breach_verb("tell", shapes.TellForm, _l("That they were told is recorded.")),
    "close": _breach_verb("close", shapes.CloseForm, _l("The breach is closed.")),
}


def disclosures(request: HttpRequest) -> HttpResponse:
    """The disclosure log: complaints by pseudonym, consents, releases, and what else was given."""
    user = demand(request, GRANT)
    lines, further = log(user, _day(request.GET.get("before", "")))
    return render(
        request, "records/disclosures.html", {"lines": lines, "older": f"?before={further}" if further else ""}
    )


def _day(text: str) -> date | None:
    """The day that an address names; None for one that is none."""
    try:
        return parse_date(text[:10])
    except ValueError:
        return None


def note_disclosure(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that something about a customer was given to somebody."""
    demand(request, GRANT)
    customer: Any = fetch(request.user, Customer.objects.select_related("merged_into"), "answer", pk=pk).standing
    form = shapes.DisclosedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        Disclosed.note(customer, by=request.user, **form.cleaned_data)
        messages.success(request, _("The disclosure is in the log."))
        return redirect("records:disclosures")
    return ask(request, form, _("Note a disclosure"), "records:customer", pk, lead=customer.name)


@require_POST
def end_disclosure(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing more is given."""
    demand(request, GRANT)
    fetch(request.user, Disclosed, "end", pk=pk).end(by=request.user)
    messages.success(request, _("Nothing more is given from now on."))
    return redirect("records:disclosures")


def assessments(request: HttpRequest) -> HttpResponse:
    """Services that collect personal information; those without an assessment, or with a late one, first and red."""
    user = demand(request, GRANT, "setup.read")
    rows = collecting()
    red = sum(one.is_red for one in rows)
    return render(request, "records/assessments.html", {"rows": rows, "red": red, "writes": user.holds(GRANT)})


def assessment(request: HttpRequest, code: str) -> HttpResponse:
    """The assessment that holds for a service, to read and print; and those before it."""
    demand(request, GRANT, "setup.read")
    rows = Assessment.objects.select_related("service", "written_by").filter(service__code=code)
    found = fetch(request.user, rows, "read", is_current=True)
    texts = [(shapes.AssessmentForm.base_fields[name].label, getattr(found, name)) for name in TEXTS]
    context = {"assessment": found, "texts": texts, "earlier": rows.filter(is_current=False)[:20]}
    return render(request, "records/assessment.html", context | {"may_review": may(request.user, "review", found)})


def write_assessment(request: HttpRequest, code: str) -> HttpResponse:
    """A first or a new assessment of a service; the words of the one before stand ready."""
    demand(request, GRANT)
    service = get_object_or_404(Service, code=code, is_active=True)
    before = Assessment.objects.filter(service=service, is_current=True).first()
    initial = {name: getattr(before, name) for name in TEXTS} if before else {}
    form = shapes.AssessmentForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        Assessment.write(service, by=request.user, **form.cleaned_data)
        messages.success(request, _("The assessment is written."))
        return redirect("records:assessment", code=code)
    return ask(request, form, _("Write a privacy assessment"), "records:assessments", lead=str(service.name))


def review_assessment(request: HttpRequest, code: str) -> HttpResponse:
    """It still fits."""
    demand(request, GRANT)
    found = fetch(
        request.user, Assessment.objects.select_related("service"), "review", service__code=code, is_current=True
    )
    form = shapes.ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        found.review(by=request.user, **form.cleaned_data)
        messages.success(request, _("The review is recorded."))
        return redirect("records:assessment", code=code)
    return ask(request, form, _("Review the assessment"), "records:assessment", code, lead=str(found.service.name))
