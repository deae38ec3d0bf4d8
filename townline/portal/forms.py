"""Shape of what a customer types on the portal, apart from a service's own questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.intake import Contact, Place
from townline.catalogue.models import Service
from townline.customers.models import ContactPoint


class PlaceForm(forms.Form):
    """Where it is, in the customer's words."""

    label = forms.CharField(
        label=_l("Where is it?"),
        help_text=_l("An address, a corner, or describe the place: “Main Street, in front of the library”."),
        max_length=200,
    )

    def place(self) -> Place:
        """What was typed."""
        return Place(self.cleaned_data["label"])


class ContactForm(forms.Form):
    """Who the customer is: only what the service's notice of collection allows."""

    name = forms.CharField(
        label=_l("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_l("E-mail address"),
        help_text=_l("We send you the reference and the answer."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        required=False,
    )
    phone = forms.CharField(
        label=_l("Phone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    address = forms.CharField(
        label=_l("Mailing address"),
        help_text=_l("With the postal code, if you would like an answer by mail. Up to 300 characters."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_reach = service.contact == Service.Contact.REQUIRED
        self.fields["name"].required = service.anonymous == Service.Anonymous.REFUSE

    def clean_phone(self) -> str:
        """A number that could be dialled."""
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not ContactPoint.key_of(ContactPoint.Kind.PHONE, phone):
            raise forms.ValidationError(_("Type a phone number we could call, such as 905 555 0123."))
        return phone

    def clean(self) -> dict[str, Any] | None:
        """At least one way to answer, where the service needs one."""
        cleaned = super().clean() or {}
        reached = any(cleaned.get(name) for name in ("email", "phone", "address"))
        if self.must_reach and not reached and not {"email", "phone", "address"} & set(self.errors):
            self.add_error("email", _("Give us an e-mail address, a phone number or a mailing address."))
        return cleaned

    def contact(self) -> Contact:
        """What was typed."""
        return Contact(**self.cleaned_data)


class TrackForm(forms.Form):
    """A reference, and something that shows it is yours."""

    reference = forms.CharField(label=_l("Your reference"), help_text=_l("Such as CL-7K3M-9QXD-H."), max_length=40)
    proof = forms.CharField(
        label=_l("The e-mail address or the postal code you gave"), max_length=320, help_text=_l("Either will do.")
    )
