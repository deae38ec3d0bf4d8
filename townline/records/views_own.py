"""What a customer may ask about themselves: everything we hold, and that what is wrong is corrected."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from townline.accounts.models import Municipality
from townline.core.access import fetch, may, visible
from townline.core.paging import id_of, page_of
from townline.customers.models import Customer
from townline.records.disclosure_log import given_in_the_last_year
from townline.records.exporting import everything_about
from townline.records.forms_access import CorrectionForm, DecideCorrectionForm, DisagreeForm
from townline.records.models import Correction, Export
from townline.records.papers import as_pdf, export_paper
from townline.records.views import ask, demand

GRANT = "records.access"


def _customer(request: HttpRequest, pk: int) -> Any:
    demand(request, GRANT)
    return fetch(request.user, Customer.objects.select_related("merged_into"), "answer", pk=pk).standing


def about_customer(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody asked about themselves: exports, corrections, and the ways to begin one."""
    customer = _customer(request, pk)
    family = customer.family_ids
    context = {
        "customer": customer,
        "exports": list(Export.objects.filter(customer__in=family).select_related("made_by")[:20]),
        "corrections": list(visible(request.user, Correction.objects.filter(customer__in=family))[:50]),
    }
    return render(request, "records/customer.html", context)


@never_cache
@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything we hold about them, to read and print, or as JSON; that it was made is written down first."""
    customer = _customer(request, pk)
    Export.make(customer, by=request.user)
    with override(customer.language):
        found = everything_about(customer)
    if request.POST.get("as") == "json":
        answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})
        answer["Content-Disposition"] = f'attachment; filename="customer-{customer.pk}.json"'
        return answer
    if request.POST.get("as") == "pdf":
        return as_pdf(export_paper(found, customer.language), f"customer-{customer.pk}")
    context = {"customer": customer, "found": found, "on": timezone.localdate()}
    return render(request, "records/export.html", context | {"municipality": Municipality.objects.get()})


def corrections(request: HttpRequest) -> HttpResponse:
    """Requests for correction, newest first."""
    user = demand(request, GRANT)
    rows = visible(user, Correction.objects.select_related("customer")).order_by("-pk")
    before = id_of(request.GET.get("after", ""))
    page = page_of(rows.filter(pk__lt=before) if before else rows, "", request.GET.get("after", ""))
    return render(request, "records/corrections.html", {"page": page, "older": page.next_url("")})


def ask_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a request for correction down."""
    customer = _customer(request, pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        made = Correction.ask(customer, by=request.user, **form.cleaned_data)
        messages.success(request, _("The request is written down. Decide it next."))
        return redirect("records:correction", pk=made.pk)
    return ask(request, form, _("Ask for a correction"), "records:customer", pk, lead=customer.name)


def _correction(request: HttpRequest, pk: int, verb: str) -> Correction:
    demand(request, GRANT)
    return fetch(request.user, Correction.objects.select_related("customer", "case", "noted_by"), verb, pk=pk)


def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """One request for correction."""
    found = _correction(request, pk, "read")
    verbs = {verb for verb in ("decide", "disagree") if may(request.user, verb, found)}
    told = given_in_the_last_year(found.customer.family_ids) if found.decided_on else []
    return render(request, "records/correction.html", {"correction": found, "verbs": verbs, "told": told})


def decide_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was corrected, or why not."""
    found = _correction(request, pk, "decide")
    form = DecideCorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        found.decide(by=request.user, **form.cleaned_data)
        messages.success(
            request, _("Decided. Tell the person, and those who were given the information in the last year.")
        )
        return redirect("records:correction", pk=pk)
    return ask(request, form, _("Decide the correction"), "records:correction", pk, lead=found.customer.name)


def disagree(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach the person's statement of disagreement."""
    found = _correction(request, pk, "disagree")
    form = DisagreeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        found.disagree(by=request.user, **form.cleaned_data)
        messages.success(request, _("The statement stands beside what it is about from now on."))
        return redirect("records:correction", pk=pk)
    return ask(
        request, form, _("Attach a statement of disagreement"), "records:correction", pk, lead=found.customer.name
    )
