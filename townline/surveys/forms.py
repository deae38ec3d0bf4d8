"""Shape of the answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _l

from townline.surveys.models import Survey

EASE = [
    ("5", _l("Very easy")), ("4", _l("Easy")), ("3", _l("Neither easy nor hard")), ("2", _l("Hard")),
    ("1", _l("Very hard")),
]  # fmt: skip


class AnswerForm(forms.Form):
    """Two questions, and no words."""

    solved = forms.ChoiceField(
        label=_l("Was it solved?"), choices=Survey.Solved.choices, widget=forms.RadioSelect,
        error_messages={"required": _l("Say whether it was solved.")},
    )  # fmt: skip
    ease = forms.TypedChoiceField(
        label=_l("How easy was it to get help?"), choices=EASE, coerce=int, empty_value=None, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip

    @classmethod
    def shown(cls, survey: Survey) -> "AnswerForm":
        """With what was answered before."""
        initial: dict[str, Any] = {"solved": survey.solved, "ease": survey.ease}
        return cls(initial=initial)
