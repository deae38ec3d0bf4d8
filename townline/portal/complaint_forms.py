"""Shape of what a complainant writes: the six contents of a formal complaint, a page at a time."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.catalogue.models import Service
from townline.complaints.forms import day_that_has_been, evidence_field
from townline.complaints.models import Complaint, LettersBy
from townline.portal.fields import EmailAddress, PhoneNumber, PlainLines, PlainText
from townline.ui.forms import DateParts

LONG = 8000


class AboutForm(forms.Form):
    """What it is about, and how staff were."""

    about = forms.ChoiceField(
        label=_l("What is your complaint about?"),
        choices=Complaint.About.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _l("Choose what it is about.")},
    )
    manner = forms.MultipleChoiceField(
        label=_l("If it is about staff: how were they?"),
        help_text=_l("Choose all that fit, or none."),
        choices=Complaint.Manner.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    about_service = forms.ChoiceField(
        label=_l("Which service, program or facility was it?"),
        help_text=_l("Leave it open if none of these fits; you can say it in your own words on the next page."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = Service.objects.offered().only("code", "name", "sort_key")
        field = self.fields["about_service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("None of these, or I do not know")), *((one.code, str(one.name)) for one in services)]


class WhatForm(forms.Form):
    """What happened, when, and who was involved."""

    what = PlainLines(
        label=_l("What happened?"),
        help_text=_l("In your own words, with the details that matter. Up to 8,000 characters."),
        max_length=LONG,
        missing=_l("Tell us what happened."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    when_on = forms.DateField(
        label=_l("On which day did it happen?"),
        widget=DateParts(),
        error_messages={"required": _l("Tell us the day."), "invalid": _l("Enter a day, a month and a year.")},
    )
    when_time = PlainText(
        label=_l("At what time?"),
        help_text=_l("For example 2:30 p.m., or “in the morning” if you do not know it exactly."),
        max_length=60,
        missing=_l("Tell us the time, or the part of the day."),
    )
    who = PlainLines(
        label=_l("Who was involved, and what dealings did you have with staff?"),
        help_text=_l("Names if you know them, or what you remember: where, at which counter, on which phone number."),
        max_length=LONG,
        missing=_l("Tell us who was involved, as far as you know."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_when_on(self) -> date:
        """A day that has been."""
        return day_that_has_been(self.cleaned_data["when_on"])


class WishForm(forms.Form):
    """What the complainant wants, and what was tried."""

    outcome = PlainLines(
        label=_l("What would you like to happen?"),
        max_length=LONG,
        missing=_l("Tell us what you would like to happen."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    tried = PlainLines(
        label=_l("What have staff already tried?"),
        help_text=_l("If you have not spoken with the department yet, that is often quicker, but you need not."),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EvidenceForm(forms.Form):
    """Photos and documents; each that is refused says why, and the others stay."""

    add_files = evidence_field()


class YouForm(forms.Form):
    """Who complains, and how to reach them: only where the procedure demands it are they required."""

    name = PlainText(
        label=_l("Your name"),
        max_length=120,
        missing=_l("Tell us your name."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    email = EmailAddress(
        label=_l("E-mail address"),
        help_text=_l("We write to you that there is news, never what it is."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    phone = PhoneNumber(label=_l("Phone number"))
    address = PlainLines(
        label=_l("Mailing address"),
        help_text=_l("With the postal code. The decision comes by letter if you have no e-mail."),
        max_length=300,
        missing=_l("Enter your mailing address."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )

    letters_by = forms.ChoiceField(
        label=_l("How would you like our letters?"),
        choices=LettersBy.choices,
        widget=forms.RadioSelect,
        initial=LettersBy.HERE,
        required=False,
    )
    both_languages = forms.BooleanField(label=_l("I would like letters in English and in French"), required=False)

    def __init__(self, *args: Any, must_be_named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_be_named = must_be_named
        self.fields["name"].required = self.fields["address"].required = must_be_named

    def clean(self) -> dict[str, Any] | None:
        """At least one way to reach them, where they must be named."""
        cleaned = super().clean() or {}
        given = {"email", "phone"} & set(self.errors) or cleaned.get("email") or cleaned.get("phone")
        if self.must_be_named and not given:
            self.add_error("email", _("Enter an e-mail address or a phone number."))
        return cleaned | {"letters_by": self._letters_by(cleaned)}

    def _letters_by(self, cleaned: dict[str, Any]) -> str:
        """Only by a way on which they can be reached."""
        needed = {LettersBy.EMAIL: "email", LettersBy.MAIL: "address"}.get(cleaned.get("letters_by"))  # type: ignore[arg-type]
        if needed and not cleaned.get(needed) and needed not in self.errors:
            sentences = {
                "email": _("Enter the e-mail address to which we send letters."),
                "address": _("Enter the mailing address to which we send letters."),
            }
            self.add_error(needed, sentences[needed])
        return cleaned.get("letters_by") or LettersBy.HERE


class ReplyForm(forms.Form):
    """What the complainant adds or answers."""

    words = PlainLines(
        label=_l("Your message"),
        help_text=_l("Only the person who investigates your complaint reads it. Up to 8,000 characters."),
        max_length=LONG,
        missing=_l("Write your message."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class NextLevelForm(forms.Form):
    """Why the next level is asked for; needed only when the time has passed."""

    reason = PlainLines(
        label=_l("What should be looked at again?"),
        help_text=_l("You do not have to say, unless the time for it has passed: then tell us why you ask now."),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
