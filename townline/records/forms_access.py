"""Shape of what is typed about access requests and corrections."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.records.forms import CaseNamed, words
from townline.records.models import AccessRequest, Correction, Redaction, ThirdParty
from townline.records.models.access import THIRD_PARTY_DAYS
from townline.ui.forms import DateParts


class BeginForm(forms.Form):
    """Which case asks for access."""

    field_order = ("case", "about")

    about = forms.ChoiceField(
        label=_l("What do they ask for?"), choices=AccessRequest.About.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"] = CaseNamed(user, label=_l("Reference of the case"))
        self.order_fields(self.field_order)


class ExtendForm(forms.Form):
    """More time, once."""

    more = forms.IntegerField(
        label=_l("How many days more?"), help_text=_l("Counted as the request itself is."), min_value=1, max_value=365
    )
    why = forms.ChoiceField(label=_l("Why?"), choices=AccessRequest.Reason.choices, widget=forms.RadioSelect)
    words = words(_l("The reason, as the requester is told"))


class NotifyForm(forms.Form):
    """Whom the records touch."""

    name = forms.CharField(label=_l("Who is told?"), max_length=120)
    about = forms.CharField(label=_l("What of theirs is in the records?"), max_length=300)
    answer_by = forms.DateField(
        label=_l("Until when can they answer?"),
        help_text=_l("Twenty days is the common figure; verify it with the Act in force."),
        widget=DateParts(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_by"].initial = timezone.localdate() + timedelta(days=THIRD_PARTY_DAYS)

    def clean_answer_by(self) -> Any:
        """Today or later."""
        on = self.cleaned_data["answer_by"]
        if on < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return on


class RespondForm(forms.Form):
    """What they said."""

    answer = forms.ChoiceField(
        label=_l("What did they answer?"), choices=ThirdParty.Answer.choices, widget=forms.RadioSelect
    )
    words = words(_l("In their words"), required=False)


class GatherForm(forms.Form):
    """Whose words are gathered."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"] = CaseNamed(
            user,
            label=_l("Reference of the case"),
            help_text=_l(
                "Its words are copied, and a hold keeps the case. Formal complaints are opened on their own page."
            ),
        )

    def clean(self) -> dict[str, Any]:
        """What is confidential lies in the vault and is not gathered here."""
        cleaned = super().clean() or {}
        case = cleaned.get("case")
        if case is not None and case.is_confidential:
            self.add_error("case", _("There is no case with this reference. Check each letter and digit."))
        return cleaned


class RedactForm(forms.Form):
    """What is taken out, and why."""

    likely = forms.MultipleChoiceField(
        label=_l("Found by themselves: look at each"), required=False, widget=forms.CheckboxSelectMultiple
    )
    typed = forms.CharField(
        label=_l("Other words to take out"),
        help_text=_l("One on each line. They are taken out wherever they stand, in small and capital letters."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    section = forms.ChoiceField(label=_l("Under which section?"), choices=Redaction.Section.choices, initial="s. 14")

    def __init__(self, *args: Any, likely: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if likely:
            field = self.fields["likely"]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(one, one) for one in likely]
        else:
            del self.fields["likely"]

    def clean(self) -> dict[str, Any]:
        """At least something, nothing too long."""
        cleaned = super().clean() or {}
        lines = [line.strip() for line in cleaned.get("typed", "").splitlines() if line.strip()]
        if any(len(line) > 500 or len(line) < 2 for line in lines):
            self.add_error("typed", _("Each line needs 2 to 500 characters."))
        cleaned["words"] = [*cleaned.get("likely", []), *lines]
        if not cleaned["words"] and not self.errors:
            self.add_error("typed", _("Enter the words to take out."))
        return cleaned


class DecideForm(forms.Form):
    """The decision."""

    decision = forms.ChoiceField(
        label=_l("What is decided?"), choices=AccessRequest.Decision.choices, widget=forms.RadioSelect
    )
    why = words(
        _l("Why?"), _l("For the file. Close the case to tell the requester, with how to appeal to the Commissioner.")
    )


class CorrectionForm(forms.Form):
    """What is wrong."""

    what = words(_l("What is wrong, and what would be right?"), _l("In their own words."))

    field_order = ("what", "case")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"] = CaseNamed(
            user, label=_l("Reference of the case"), required=False, help_text=_l("If it stands on a case.")
        )
        self.order_fields(self.field_order)


class DecideCorrectionForm(forms.Form):
    """Whether it was corrected."""

    decision = forms.ChoiceField(
        label=_l("What is decided?"), choices=Correction.Decision.choices, widget=forms.RadioSelect
    )
    reasons = words(_l("Why?"), _l("The person is told."))


class DisagreeForm(forms.Form):
    """Their statement."""

    words = words(_l("Their statement"), _l("In their own words; everybody who reads the information reads it too."))
