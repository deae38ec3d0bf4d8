"""Asking for a place by how it begins."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.places import place_key

FEWEST = 3
"""Fewer letters would fit half of the municipality."""


class PlaceForm(forms.Form):
    """The beginning of an address, a corner or a name."""

    begins = forms.CharField(
        label=_l("How does the place begin?"),
        help_text=_l(
            "At least three letters or digits of an address, a park or a building; of a corner, both streets. "
            "Accents, capitals and shortened words such as “St.” do not matter."
        ),
        max_length=100,
        error_messages={"required": _l("Type the beginning of a place.")},
    )

    def clean_begins(self) -> str:
        """Enough of it to look for."""
        typed: Any = self.cleaned_data["begins"]
        if len(place_key(typed).replace(" ", "")) < FEWEST:
            raise forms.ValidationError(_("Type at least three letters or digits of the place."))
        return str(typed)
