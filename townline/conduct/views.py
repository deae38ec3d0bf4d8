"""The desk's pages about conduct: one function per verb, and the page that shows what holds for a customer."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townline.accounts.models import Municipality
from townline.cases.models import Case
from townline.catalogue.models import Definition
from townline.conduct.forms import (
    BehaviourForm,
    InterventionEndForm,
    InterventionForm,
    InterventionReviewForm,
    RestrictionForm,
)
from townline.conduct.models import Behaviour, Intervention, Restriction, SupportivePhrase
from townline.conduct.models.restriction import adopted_policy
from townline.core.access import fetch, may, visible
from townline.core.references import read
from townline.core.refusals import NotAllowed
from townline.customers.models import Customer

DEFINED = (
    "abusive-behaviour",
    "disrespectful-behaviour",
    "safety-intervention",
    "safety-interventions",
    "supportive-language",
)
MOST = 100


def _customer(request: HttpRequest, pk: int, *grants: str) -> Customer:
    """The customer that stands for this record, for whoever holds one of the grants."""
    found = fetch(request.user, Customer.objects.select_related("merged_into"), "read", pk=pk)
    if not any(request.user.holds(grant) for grant in grants):  # type: ignore[union-attr]
        raise NotAllowed(_("You do not have permission to do this."))
    standing: Customer = found.standing
    return standing


def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """What holds for a customer, what was recorded, and the words that help."""
    customer = _customer(request, pk, "conduct.record", "conduct.read")
    family = customer.family_ids
    user: Any = request.user
    context = {
        "customer": customer,
        "behaviours": visible(user, Behaviour.objects.filter(customer__in=family)).select_related("recorded_by")[:MOST],
        "interventions": visible(user, Intervention.objects.filter(customer__in=family))[:MOST],
        "restrictions": visible(user, Restriction.objects.filter(customer__in=family))[:MOST],
        "may_record": user.holds("conduct.record"),
        "may_restrict": user.holds("conduct.restrict"),
        "policy": adopted_policy(),
        **_words(),
    }
    return render(request, "conduct/overview.html", context)


def _words() -> dict[str, Any]:
    """The policy's definitions and the supportive language, beside every form."""
    return {
        "definitions": Definition.objects.filter(code__in=DEFINED),
        "phrases": SupportivePhrase.objects.all(),
    }


def ask(request: HttpRequest, customer: Any, form: forms.Form, title: str, button: str, **more: Any) -> HttpResponse:
    """The page that asks what a verb needs to know, with the definitions beside it."""
    context = {"customer": customer, "form": form, "title": title, "button": button, **_words(), **more}
    return render(request, "conduct/verb.html", context)


def done(request: HttpRequest, customer: Any, sentence: str) -> HttpResponse:
    """Say what was done, on the page of the customer's conduct."""
    messages.success(request, sentence)
    return redirect("conduct:overview", pk=customer.pk)


def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was said and done."""
    customer = _customer(request, pk, "conduct.record")
    form = BehaviourForm(request.POST or None, initial={"reference": request.GET.get("case", "")[:20]})
    if form.is_valid():
        typed = form.cleaned_data
        case = _case(request, typed.pop("reference"))
        on = typed.pop("happened_on")
        at = min(timezone.make_aware(datetime.combine(on, time(12))), timezone.now())
        Behaviour.note(customer, by=request.user, case=case, happened_at=at, **typed)
        return done(request, customer, _("It is on record. It limits nothing by itself."))
    return ask(request, customer, form, _("Record what was said or done"), _("Save the record"))


def _case(request: HttpRequest, typed: str) -> Case | None:
    """The case that was named, if they may see it."""
    reference = read(typed, Municipality.objects.values_list("prefix", flat=True).first()) if typed.strip() else None
    return visible(request.user, Case.objects.filter(reference=reference)).first() if reference else None


def behaviour(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one record; that somebody did is an event."""
    found = fetch(request.user, Behaviour.objects.select_related("customer", "case", "recorded_by"), "open", pk=pk)
    found.open(by=request.user)
    case = visible(request.user, Case.objects.filter(pk=found.case_id)).first() if found.case_id else None
    context = {"behaviour": found, "case": case, "may_withdraw": may(request.user, "withdraw", found)}
    return render(request, "conduct/behaviour.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It was written down wrongly."""
    found = fetch(request.user, Behaviour.objects.select_related("customer"), "withdraw", pk=pk)
    found.withdraw(by=request.user)
    return done(request, found.customer, _("The record is withdrawn."))


def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a safety intervention."""
    customer = _customer(request, pk, "conduct.record")
    form = InterventionForm(request.POST or None)
    if form.is_valid():
        Intervention.plan(customer, by=request.user, **form.cleaned_data)
        return done(request, customer, _("The intervention is planned. Staff see it before contact."))
    return ask(request, customer, form, _("Plan a safety intervention"), _("Save"))


def review_intervention(request: HttpRequest, pk: int) -> HttpResponse:
    """Until when it holds."""
    found = fetch(request.user, Intervention.objects.select_related("customer"), "review", pk=pk)
    form = InterventionReviewForm(request.POST or None, initial={"until_on": found.until_on})
    if form.is_valid():
        found.review(by=request.user, **form.cleaned_data)
        return done(request, found.customer, _("Reviewed."))
    return ask(request, found.customer, form, _("Review the safety intervention"), _("Save"))


def end_intervention(request: HttpRequest, pk: int) -> HttpResponse:
    """It is over; whether it helped."""
    found = fetch(request.user, Intervention.objects.select_related("customer"), "end", pk=pk)
    form = InterventionEndForm(request.POST or None)
    if form.is_valid():
        found.end(by=request.user, **form.cleaned_data)
        return done(request, found.customer, _("The intervention is ended."))
    return ask(request, found.customer, form, _("End the safety intervention"), _("End it"))


def restrict(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a restriction; where no policy allows any, the page says so."""
    customer = _customer(request, pk, "conduct.restrict")
    rows = Behaviour.objects.filter(customer__in=customer.family_ids, withdrawn_at=None)
    form = RestrictionForm(request.POST or None, behaviours=visible(request.user, rows))
    if not adopted_policy():
        return render(request, "conduct/off.html", {"customer": customer})
    if form.is_valid():
        Restriction.request(customer, by=request.user, **form.cleaned_data)
        return done(request, customer, _("Asked for. It holds for nobody until it is approved."))
    return ask(request, customer, form, _("Ask for a restriction"), _("Ask for it"))


def _restriction(request: HttpRequest, verb: str, pk: int) -> Restriction:
    people = ("customer", "requested_by__position", "approved_by", "notice_mail")
    return fetch(request.user, Restriction.objects.select_related(*people), verb, pk=pk)


def restriction(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one; that somebody read it is an event."""
    found = _restriction(request, "open", pk)
    found.open(by=request.user)
    context = {
        "restriction": found,
        "evidence": visible(request.user, found.evidence.all()),
        "verbs": _verbs(request.user, found),
    }
    return render(request, "conduct/restriction.html", context)


def _verbs(user: Any, found: Restriction) -> set[str]:
    """What can be done with it now, and this person may."""
    states = Restriction.State
    able: set[str] = {states.REQUESTED: {"approve", "decline"}, states.APPROVED: {"review", "lift"}}.get(
        states(found.state), set()
    )
    if found.state == states.APPROVED:
        able |= {"notify"} if not found.notice_mail_id else set()
        able |= {"appeal"} if not found.appealed_at else set() if found.appeal_outcome else {"decide_appeal"}
    return {verb for verb in able if may(user, verb, found)}


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice to the customer, on paper."""
    found = _restriction(request, "open", pk)
    if found.state != Restriction.State.APPROVED:
        raise Http404
    return render(request, "conduct/notice.html", {"restriction": found, "municipality": Municipality.objects.first()})


def _decided(request: HttpRequest, found: Restriction, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    if request.user.holds("customer.read"):  # type: ignore[union-attr]
        return redirect("conduct:overview", pk=found.customer_id)
    return redirect("conduct:list")


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it in force."""
    found = _restriction(request, "approve", pk)
    found.approve(by=request.user)
    return _decided(request, found, _("The restriction is in force. Send or print the notice now."))


@require_POST
def notify(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the notice by e-mail."""
    found = _restriction(request, "notify", pk)
    found.notify(by=request.user)
    return _decided(request, found, _("The notice is on its way."))


def decide(verb: str, form_of: Any, title: Any, button: Any, sentence: Any) -> Any:
    """The page of a verb that asks something first."""

    def page(request: HttpRequest, pk: int) -> HttpResponse:
        found = _restriction(request, verb, pk)
        form = form_of(request.POST or None)
        if form.is_valid():
            getattr(found, verb)(by=request.user, **form.cleaned_data)
            return _decided(request, found, str(sentence))
        return ask(request, found.customer, form, str(title), str(button), about=found.terms)

    page.__doc__ = str(getattr(Restriction, verb).__doc__)
    return page
