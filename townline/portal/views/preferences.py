"""How a customer wants to be called, and in which language; from here they change how they sign in."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import User
from townline.core.access import fetch, may
from townline.customers.models import Customer


class PreferencesForm(forms.Form):
    """What an account says of its holder."""

    name = forms.CharField(
        label=_l("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_l("Language of the pages and of our e-mail"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


def preferences(request: HttpRequest) -> HttpResponse:
    """Show and change them."""
    user = fetch(request.user, User, "prefer", pk=request.user.pk)
    form = PreferencesForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user.prefer(by=user, **form.cleaned_data)
            _tell_customer(user)
        with translation.override(user.language):
            messages.success(request, _("Your preferences are saved."))
            return redirect(reverse("portal:preferences"))
    return render(request, "portal/preferences.html", {"form": form})


def _tell_customer(user: User) -> None:
    """What we know of the customer is called what the account is called."""
    customer = Customer.objects.filter(account=user).first()
    if customer and user.name and customer.name != user.name and may(user, "rename", customer):
        customer.rename(by=user, name=user.name)
