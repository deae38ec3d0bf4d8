"""Shape of what is noted of a call."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _l

from townline.callbacks.models import Attempt, Callback
from townline.cases.forms import long_text


class AttemptForm(forms.Form):
    """What came of calling."""

    result = forms.ChoiceField(
        label=_l("What came of it?"),
        widget=forms.RadioSelect,
        choices=Attempt.Result,
        error_messages={
            "required": _l("Choose what came of it."),
            "invalid_choice": _l("Choose one of those that are shown."),
        },
    )
    words = long_text(_l("What was said"), _l("When you reached them, in a few words."))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=100)

    def __init__(self, *args: Any, is_tried_enough: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False
        self.fields["words"].widget.attrs["rows"] = 3
        if is_tried_enough:
            self.fields["result"].choices = [(Attempt.Result.REACHED.value, Attempt.Result.REACHED.label)]  # type: ignore[attr-defined]


class GiveUpForm(forms.Form):
    """Why nobody calls any more."""

    reason = forms.ChoiceField(
        label=_l("Why is it given up?"),
        widget=forms.RadioSelect,
        choices=Callback.Reason,
        error_messages={"required": _l("Choose why it is given up.")},
    )
