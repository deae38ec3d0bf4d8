"""Shape of what staff type when they ask a department for something."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _l

from townline.cases.forms import long_text
from townline.catalogue.models import Service


class AskForm(forms.Form):
    """Where, and what, beside the questions of the service."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    place = forms.CharField(label=_l("Where is it?"), max_length=200, required=False)
    text = long_text(_l("What do you need?"), _l("Whoever works on it reads this."))

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", secrets.token_urlsafe(24))
        self.fields["text"].widget.attrs["rows"] = 4
        if service.needs_place:
            self.fields["place"].required = True
            self.fields["place"].error_messages["required"] = _l("Enter where it is.")
        else:
            del self.fields["place"]


class SayForm(forms.Form):
    """Something more about a request."""

    text = long_text(_l("Your words"), _l("They go to whoever works on your request."))
