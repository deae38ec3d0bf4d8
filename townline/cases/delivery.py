"""How a message reaches the customer: sending it again, printing it as a letter, and noting that they were told."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from townline.accounts.models import Municipality
from townline.cases.composing import number
from townline.cases.forms import ResendForm, TellForm
from townline.cases.models import Case, Message
from townline.cases.views import ask, done
from townline.core.access import fetch, may, visible
from townline.customers.models import ContactPoint


def resend(request: HttpRequest, reference: str) -> HttpResponse:
    """Send a message again that did not arrive, perhaps to a corrected address."""
    case = fetch(request.user, Case.objects.for_page(), "resend", reference=reference)
    message = _message(request, case)
    address = message.mail.contact_point.value if message.mail and message.mail.contact_point else ""
    form = ResendForm(request.POST or None, initial={"message": message.pk, "address": address})
    if form.is_valid():
        case.resend(by=request.user, **form.cleaned_data)
        return done(request, case, _("The message about case %(reference)s is on its way again."))
    return ask(request, case, form, _("Send the message again"), _("Send again"), message=message)


def tell(request: HttpRequest, reference: str) -> HttpResponse:
    """Note that the customer was told what a message says."""
    case = fetch(request.user, Case.objects.for_page(), "tell", reference=reference)
    message = _message(request, case)
    form = TellForm(request.POST or None, initial={"message": message.pk, "way": Message.Way.LETTER})
    if form.is_valid():
        case.tell(by=request.user, **form.cleaned_data)
        return done(request, case, _("Noted with case %(reference)s: the customer was told."))
    return ask(request, case, form, _("Note that the customer was told"), _("Save"), message=message)


@require_safe
def letter(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A message as a letter to print, in its own language."""
    case = fetch(request.user, Case.objects.for_page(), "read", reference=reference)
    message = case.messages.filter(pk=pk, direction=Message.Direction.OUT).select_related("by__position").first()
    if message is None:
        raise Http404
    knows = case.customer is not None and may(request.user, "read", case.customer)
    points = visible(request.user, ContactPoint.objects.filter(customer=case.customer_id, kind="mail")).exclude(
        status=ContactPoint.Status.RETIRED
    )
    context = {
        "case": case,
        "message": message,
        "customer": case.customer if knows else None,
        "address": points.order_by("-id").first() if knows else None,
        "municipality": Municipality.objects.first(),
        "today": timezone.localdate(),
    }
    with override(message.language):
        return render(request, "cases/letter.html", context)


def _message(request: HttpRequest, case: Case) -> Any:
    """The message that is spoken of, in the address or in the form."""
    asked = number((request.POST or request.GET).get("message", ""))
    found = (
        case.messages.filter(pk=asked, direction=Message.Direction.OUT).select_related("mail__contact_point").first()
    )
    if found is None:
        raise Http404
    return found
