"""What a customer needs and prefers, in their own hands: shown, changed and ended by themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.core.access import fetch, visible
from townline.customers.forms import AccommodateForm, PreferForm
from townline.customers.joining import customer_of
from townline.customers.models import Accommodation, Consent, ContactPoint, Customer


def needs(request: HttpRequest) -> HttpResponse:
    """Everything we noted of how to serve them."""
    user: Any = request.user
    asked = request.POST.get("do", "")
    if asked in ("end", "withdraw"):
        return _taken_back(request, asked)
    known = visible(user, Customer.objects.all()).first()
    now = {name: getattr(known, name) for name in ("language", "way", "text_format")} if known else {}
    wishes = PreferForm(request.POST if asked == "prefer" else None, initial=now or {"language": user.language})
    need = AccommodateForm(request.POST if asked == "accommodate" else None)
    form = {"prefer": wishes, "accommodate": need}.get(asked)
    if form and form.is_valid():
        customer_of(user)
        getattr(fetch(user, Customer, asked, account=user), asked)(by=user, **form.cleaned_data)
        messages.success(request, _("Saved. Whoever serves you sees it first."))
        return redirect("portal:needs")
    context = {"wishes": wishes, "need": need, "form": form, **_noted(user)}
    return render(request, "portal/needs.html", context)


def _noted(user: Any) -> dict[str, Any]:
    return {
        "accommodations": visible(user, Accommodation.objects.filter(ended_at=None)),
        "consents": visible(user, Consent.objects.in_force(timezone.localdate())),
        "points": visible(user, ContactPoint.objects.exclude(status=ContactPoint.Status.RETIRED)).order_by("id"),
    }


def _taken_back(request: HttpRequest, asked: str) -> HttpResponse:
    model: Any = {"end": Accommodation, "withdraw": Consent}[asked]
    pk = request.POST.get("pk", "")
    record = fetch(
        request.user, model.objects.select_related("customer"), asked, pk=int(pk[:18]) if pk.isdecimal() else 0
    )  # fmt: skip
    getattr(record, asked)(by=request.user)
    messages.success(request, _("Done. We no longer go by it."))
    return redirect("portal:needs")
