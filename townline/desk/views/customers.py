"""A customer's page: who they are, how to reach them, and everything they asked for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from townline.cases.models import Case
from townline.channels.models import Interaction
from townline.core.access import fetch, may, visible
from townline.customers.models import ContactPoint, Customer
from townline.desk.forms import RenameForm

MOST = 50


def customer(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the page; that somebody did is an event."""
    found = fetch(request.user, Customer, "open", pk=pk)
    found.open(by=request.user)
    cases = visible(request.user, Case.objects.filter(customer=found).for_rows().newest())
    interactions = visible(request.user, Interaction.objects.filter(customer=found).newest())
    context = {
        "customer": found,
        "points": visible(request.user, ContactPoint.objects.filter(customer=found)).order_by("id"),
        "cases": cases[:MOST],
        "interactions": interactions.select_related("service", "entered_by")[:MOST],
        "may_rename": may(request.user, "rename", found),
    }
    return render(request, "desk/customer.html", context)


def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct how the customer is called."""
    found = fetch(request.user, Customer, "rename", pk=pk)
    form = RenameForm(request.POST or None, initial={"name": found.name})
    if form.is_valid():
        found.rename(by=request.user, **form.cleaned_data)
        messages.success(request, _("The name is corrected."))
        return redirect("desk:customer", pk=pk)
    return render(request, "desk/rename_customer.html", {"customer": found, "form": form})
