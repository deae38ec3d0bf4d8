"""Shape of what a customer types on the portal, apart from a service's own questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.intake import Contact, Place
from townline.cases.near import Nearby
from townline.catalogue.models import Service
from townline.core.references import read
from townline.portal.fields import EmailAddress, PhoneNumber, PlainLines, PlainText
from townline.ui.forms import Choice
from townline.ui.labels import labelled
from townline.ui.moments import day

SPELLED = {"spellcheck": "false", "autocapitalize": "characters", "autocomplete": "off"}


class PlaceForm(forms.Form):
    """Where it is, in the customer's words."""

    label = PlainText(
        label=_l("Where is it?"),
        help_text=_l(
            "An address, a corner, or describe the place: “Main Street, in front of the library”. Up to 200 characters."
        ),
        max_length=200,
        missing=_l("Tell us where it is."),
    )

    def place(self) -> Place:
        """What was typed."""
        return Place(self.cleaned_data["label"])


class ContactForm(forms.Form):
    """Who the customer is: only what the service's notice of collection allows."""

    name = PlainText(
        label=_l("Your name"),
        help_text=_l("Up to 120 characters."),
        max_length=120,
        missing=_l("Tell us your name."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    email = EmailAddress(
        label=_l("E-mail address"),
        help_text=_l("We send you the reference and the answer."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    phone = PhoneNumber(label=_l("Phone number"), help_text=_l("If you would rather be called."))
    address = PlainLines(
        label=_l("Mailing address"),
        help_text=_l("With the postal code, if you would like an answer by mail."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_reach = service.contact == Service.Contact.REQUIRED
        self.fields["name"].required = service.anonymous == Service.Anonymous.REFUSE

    def clean(self) -> dict[str, Any] | None:
        """At least one way to answer, where the service needs one."""
        cleaned = super().clean() or {}
        reached = any(cleaned.get(name) for name in ("email", "phone", "address"))
        if self.must_reach and not reached and not {"email", "phone", "address"} & set(self.errors):
            self.add_error("email", _("Enter an e-mail address, a phone number or a mailing address."))
        return cleaned

    def contact(self) -> Contact:
        """What was typed."""
        return Contact(**self.cleaned_data)


class TrackForm(forms.Form):
    """A reference, and something that shows it is yours."""

    reference = PlainText(
        label=_l("Your reference"),
        max_length=100,
        missing=_l("Enter your reference. It is in our e-mail, and on the page you saw at the end."),
        widget=forms.TextInput(attrs=SPELLED),
    )
    proof = PlainText(
        label=_l("The e-mail address or the postal code you gave"),
        help_text=_l("Either will do. It shows us that the request is yours."),
        max_length=320,
        missing=_l("Enter the e-mail address or the postal code that you gave us."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none", "autocomplete": "email"}),
    )

    def __init__(self, *args: Any, prefix_of_references: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prefix_of_references = prefix_of_references
        example = f"{prefix_of_references}-7K3M-9QXD-H"
        self.fields["reference"].help_text = _("Such as %(example)s. Small letters and spaces do not matter.") % {
            "example": example
        }

    def clean_reference(self) -> str:
        """The reference as we write it; one character that was misread is noticed here."""
        reference = read(self.cleaned_data["reference"], self.prefix_of_references)
        if reference is None:
            raise forms.ValidationError(
                _("This is not quite a reference of ours. Compare each letter and digit with what we wrote.")
            )
        return reference


OTHER = "other"


class NearForm(forms.Form):
    """Is it what somebody else has told us of?"""

    which = forms.ChoiceField(
        label=_l("Which one is it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _l("Choose one of them, or “No, mine is another”."),
            "invalid_choice": _l("Choose one of those that are shown."),
        },
    )

    def __init__(self, *args: Any, nearby: list[Nearby], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["which"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.token, _in_words(one)) for one in nearby] + [(OTHER, Choice(_("No, mine is another")))]


def _in_words(one: Nearby) -> Choice:
    what = labelled(str(one.service), one.place) if one.place else str(one.service)
    received = _("Received %(when)s") % {"when": day(one.received_at)}
    return Choice(what, f"{received}. {one.status}")


class JoinForm(forms.Form):
    """Who follows, and whatever they would like to add."""

    words = PlainLines(
        label=_l("Is there anything to add?"),
        help_text=_l("Only the municipality sees it, not the others who told us."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = PlainText(
        label=_l("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    email = EmailAddress(
        label=_l("E-mail address"),
        help_text=_l("We write to it how the request goes on."),
        missing=_l("Enter your e-mail address, so that we can tell you how it goes on."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def contact(self) -> Contact:
        """What was typed."""
        return Contact(name=self.cleaned_data["name"], email=self.cleaned_data["email"])


class AddForm(forms.Form):
    """Something more about a request."""

    text = PlainLines(
        label=_l("What would you like to tell us?"),
        max_length=4000,
        missing=_l("Write what you would like to tell us."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class DisputeForm(forms.Form):
    """Why it is not solved."""

    text = PlainLines(
        label=_l("What is still not right?"),
        max_length=4000,
        missing=_l("Tell us what is still not right."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
