"""The desk's pages of one customer's details: one function per verb. The customer's own page is the desk's."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townline.core.access import fetch
from townline.customers.forms import (
    AccommodateForm,
    ConsentForm,
    CorrectForm,
    PointForm,
    PreferForm,
    RenameForm,
    VerifyForm,
)
from townline.customers.models import Accommodation, Consent, ContactPoint, Customer


def ask(
    request: HttpRequest, customer: Any, form: forms.Form, title: str, button: str, about: str = ""
) -> HttpResponse:
    """The page that asks what a verb needs to know."""
    context = {"customer": customer, "form": form, "title": title, "button": button, "about": about}
    return render(request, "customers/verb.html", context)


def done(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    """Say what was done, on the customer's page."""
    messages.success(request, sentence)
    return redirect("desk:customer", pk=pk)


def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct how the customer is called."""
    customer = fetch(request.user, Customer, "rename", pk=pk)
    form = RenameForm(request.POST or None, initial={"name": customer.name})
    if form.is_valid():
        customer.rename(by=request.user, **form.cleaned_data)
        return done(request, pk, _("The name is corrected."))
    return ask(request, customer, form, _("Correct the name"), _("Save the name"))


def prefer(request: HttpRequest, pk: int) -> HttpResponse:
    """How they like to be answered."""
    customer = fetch(request.user, Customer, "prefer", pk=pk)
    now = {name: getattr(customer, name) for name in ("language", "way", "text_format")}
    form = PreferForm(request.POST or None, initial=now)
    if form.is_valid():
        customer.prefer(by=request.user, **form.cleaned_data)
        return done(request, pk, _("Their preferences are saved."))
    return ask(request, customer, form, _("How they like to be answered"), _("Save"))


def accommodate(request: HttpRequest, pk: int) -> HttpResponse:
    """What they need to be served."""
    customer = fetch(request.user, Customer, "accommodate", pk=pk)
    form = AccommodateForm(request.POST or None)
    if form.is_valid():
        customer.accommodate(by=request.user, **form.cleaned_data)
        return done(request, pk, _("Noted. Whoever serves them sees it first."))
    return ask(request, customer, form, _("Add an accommodation"), _("Save"))


def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """What they agreed to, or who may act for them."""
    customer = fetch(request.user, Customer, "consent", pk=pk)
    form = ConsentForm(request.POST or None)
    if form.is_valid():
        customer.consent(by=request.user, **form.cleaned_data)
        return done(request, pk, _("The consent is noted."))
    return ask(request, customer, form, _("Add a consent"), _("Save"))


def add_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Another number or address."""
    customer = fetch(request.user, Customer, "add_point", pk=pk)
    form = PointForm(request.POST or None)
    if form.is_valid():
        customer.add_point(by=request.user, **form.cleaned_data)
        return done(request, pk, _("Saved: this is how they are reached too."))
    return ask(request, customer, form, _("Add a number or address"), _("Save"))


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace a number or address by the right one."""
    point = fetch(request.user, ContactPoint.objects.select_related("customer"), "correct", pk=pk)
    form = CorrectForm(request.POST or None, kind=point.kind, initial={"value": point.value})
    if form.is_valid():
        point.correct(by=request.user, **form.cleaned_data)
        return done(request, point.customer_id, _("Corrected. Cases that were answered there go to the new one now."))
    return ask(request, point.customer, form, _("Correct a number or address"), _("Save"), point.value)


def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Note how we know that it is theirs."""
    point = fetch(request.user, ContactPoint.objects.select_related("customer"), "verify", pk=pk)
    form = VerifyForm(request.POST or None)
    if form.is_valid():
        point.verify(by=request.user, **form.cleaned_data)
        return done(request, point.customer_id, _("Noted as confirmed."))
    return ask(request, point.customer, form, _("Confirm a number or address"), _("Confirm"), point.value)


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Use it first."""
    point = fetch(request.user, ContactPoint, "choose", pk=pk)
    point.choose(by=request.user)
    return done(request, point.customer_id, _("This is used first now."))


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Use it no more."""
    point = fetch(request.user, ContactPoint, "retire", pk=pk)
    point.retire(by=request.user)
    return done(request, point.customer_id, _("This is no longer used. It stays below “No longer used”."))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Use it again."""
    point = fetch(request.user, ContactPoint, "restore", pk=pk)
    point.restore(by=request.user)
    return done(request, point.customer_id, _("This is in use again."))


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The accommodation is needed no more."""
    accommodation = fetch(request.user, Accommodation, "end", pk=pk)
    accommodation.end(by=request.user)
    return done(request, accommodation.customer_id, _("The accommodation is ended."))


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer takes a consent back."""
    found = fetch(request.user, Consent, "withdraw", pk=pk)
    found.withdraw(by=request.user)
    return done(request, found.customer_id, _("The consent is withdrawn. Nothing more is told or done under it."))
