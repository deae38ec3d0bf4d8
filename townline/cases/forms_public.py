"""Shape of what staff type when the public is to hear no more of a case, or to hear of it again."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _l

from townline.cases.forms import long_text
from townline.cases.models.hiding import TO_HIDE, TO_SHOW, Hiding


def _choices(reasons: Iterable[Hiding.Reason]) -> list[tuple[str, Any]]:
    return [(one.value, one.label) for one in reasons]


class HideForm(forms.Form):
    """Why the public hears no more of it, in words for whoever reported it."""

    reason = forms.ChoiceField(label=_l("Why?"), choices=_choices(TO_HIDE), widget=forms.RadioSelect)
    words = long_text(
        _l("What whoever reported it is told"),
        _l("A kind sentence or two, in their language. They see it where they track their request."),
    )


class ShowAgainForm(HideForm):
    """Why the public hears of it again."""

    reason = forms.ChoiceField(label=_l("Why?"), choices=_choices(TO_SHOW), widget=forms.RadioSelect)
