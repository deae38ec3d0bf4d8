"""Shape of what two endings of a contact need to know: a call back, and handing over to an outside body."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.channels.models import Interaction
from townline.ui.forms import DateParts

FURTHEST = timedelta(days=60)


def _a_time(label: Any) -> forms.TimeField:
    wrong = {"invalid": _l("Enter a time such as 14:30.")}
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=False, error_messages=wrong, widget=widget)


class EndingForm(forms.Form):
    """When they want to be called back; which body it belongs to, and how it was handed over."""

    call_on = forms.DateField(
        label=_l("On which day?"), help_text=_l("Leave it empty for the end of the next business day."), required=False,
        widget=DateParts(),
    )  # fmt: skip
    call_from = _a_time(_l("Not before"))
    call_until = _a_time(_l("Not after"))
    body = forms.ChoiceField(
        label=_l("To whom does it belong?"), required=False, choices=[],
        error_messages={"invalid_choice": _l("Choose one of those that are shown.")},
    )  # fmt: skip
    handed = forms.ChoiceField(
        label=_l("How did you hand it over?"), required=False, choices=Interaction.Handed,
        initial=Interaction.Handed.TOLD,
    )  # fmt: skip
    agrees = forms.BooleanField(label=_l("They agree that we pass on who they are and what they said"), required=False)

    def clean_call_on(self) -> Any:
        """Today or later, and not so far away that nobody remembers."""
        on, today = self.cleaned_data["call_on"], timezone.localdate()
        if on and on < today:
            raise forms.ValidationError(_("This day is over. Choose today or a later one."))
        if on and on > today + FURTHEST:
            raise forms.ValidationError(_("Choose a day within the next %(days)s days.") % {"days": FURTHEST.days})
        return on

    def must_be_ahead(self) -> None:
        """The time that was chosen lies ahead, and ends after it begins."""
        on, start, end = (self.cleaned_data.get(name) for name in ("call_on", "call_from", "call_until"))
        if start and end and end <= start:
            self.add_error("call_until", _("It must end after it begins."))
        elif end and on in (None, timezone.localdate()) and end <= timezone.localtime().time():
            self.add_error("call_until", _("This time is over today. Choose a later one, or another day."))
