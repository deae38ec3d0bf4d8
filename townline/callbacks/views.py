"""The desk's pages of calls that are owed: the list, one call, and what can be done with it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townline.callbacks.forms import AttemptForm, GiveUpForm
from townline.callbacks.models import MOST_ATTEMPTS, Callback
from townline.callbacks.policy import calls_back
from townline.conduct.before_contact import before_contact
from townline.core.access import fetch, may, visible
from townline.core.paging import page_of, place_of
from townline.core.refusals import NotAllowed, NotPossible
from townline.customers.models import Accommodation

PEOPLE = ("customer__merged_into", "contact_point__replaced_by", "service", "case__service")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What the departments one works for owe, soonest due first."""
    user: Any = request.user
    if not calls_back(user):
        raise NotAllowed(_("You do not have permission to do this."))
    after = request.GET.get("after", "")
    rows: Any = visible(user, Callback.objects.owed().filter(department__in=user.department_ids))
    page = page_of(rows.select_related(*PEOPLE).by_due(place_of(after)), "due_at", after)
    context = {"page": page, "next_url": page.next_url(""), "knows": user.holds("customer.read")}
    return render(request, "callbacks/list.html", context)


@require_safe
def callback(request: HttpRequest, pk: int) -> HttpResponse:
    """One call: whom, about what, and what is to be known before."""
    return _page(request, _found(request, pk, "read"))


@require_POST
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what came of calling."""
    found = _found(request, pk, "attempt")
    form = AttemptForm(request.POST, is_tried_enough=found.is_tried_enough)
    if not form.is_valid():
        return _page(request, found, attempt_form=form)
    try:
        found.attempt(by=request.user, **form.cleaned_data)
    except NotPossible as refusal:
        return _page(request, found, attempt_form=_again(found, form, str(refusal)))
    if found.is_open:
        messages.success(request, _("The attempt is noted."))
        return redirect(found)
    messages.success(request, _("Reached: the call is noted as a contact."))
    return redirect("callbacks:list")


@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """End it although they were not reached."""
    found = _found(request, pk, "give_up")
    form = GiveUpForm(request.POST)
    if not form.is_valid():
        return _page(request, found, give_up_form=form)
    found.give_up(by=request.user, **form.cleaned_data)
    messages.success(request, _("The call is given up."))
    return redirect("callbacks:list")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """They do not want it any more."""
    found = _found(request, pk, "withdraw")
    found.withdraw(by=request.user)
    messages.success(request, _("The call is not owed any more."))
    return redirect("callbacks:list")


def _again(found: Callback, form: AttemptForm, why: str) -> AttemptForm:
    """The same form with what was typed, and with what is known by now."""
    typed = {name: form[name].value() for name in form.fields}
    again = AttemptForm({**typed, "seen": found.tries}, is_tried_enough=found.is_tried_enough)
    again.add_error(None, why)
    return again


def _found(request: HttpRequest, pk: int, action: str) -> Callback:
    rows = Callback.objects.select_related(*PEOPLE, "interaction", "department", "asked_by")
    return fetch(request.user, rows, action, pk=pk)


def _page(
    request: HttpRequest,
    found: Callback,
    attempt_form: forms.Form | None = None,
    give_up_form: forms.Form | None = None,
) -> HttpResponse:
    customer = found.customer.standing if found.customer else None
    knows = customer is not None and may(request.user, "read", customer)
    family = customer.family_ids if customer and knows else []
    needs = Accommodation.objects.filter(customer__in=family, ended_at=None)
    tried = found.is_tried_enough
    context = {
        "callback": found,
        "customer": customer if knows else None,
        "needs": visible(request.user, needs) if family else [],
        "before": before_contact(request.user, family) if family else {},
        "attempts": found.attempts.select_related("by"),
        "most": MOST_ATTEMPTS,
        "form": attempt_form or give_up_form,
        "may_call": found.is_open and may(request.user, "attempt", found),
        "attempt_form": attempt_form or AttemptForm(initial={"seen": found.tries}, is_tried_enough=tried),
        "give_up_form": give_up_form or GiveUpForm(),
    }
    return render(request, "callbacks/callback.html", context)
