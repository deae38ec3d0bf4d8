"""Shape of what staff type about a formal complaint; all text of these forms is sealed."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import User
from townline.catalogue.models import Service
from townline.complaints.evidence import limits
from townline.complaints.models import Complaint, Disclosure, Finding, Remedy, Subject, Why
from townline.documents.forms import FilesInput
from townline.ui.forms import DateParts
from townline.ui.moments import short_moment

LONGEST = 8000


def sealed_text(label: Any, hint: Any = "", rows: int = 6, required: bool = True) -> forms.CharField:
    """Up to 8,000 characters that go into the vault."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=LONGEST, strip=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def day_that_has_been(on: date) -> date:
    """What a complaint is about has happened already."""
    if on > timezone.localdate():
        raise forms.ValidationError(_("It cannot have happened in the future."))
    return on


class StaffField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Members of staff, and those who have left: a complaint may be about them."""

    def label_from_instance(self, obj: Any) -> str:
        """Their name, and that they are gone."""
        return str(obj) if obj.is_active else _("%(name)s (has left)") % {"name": obj}


class WitnessForm(forms.Form):
    """Who saw it."""

    user = forms.ModelChoiceField(
        label=_l("Which member of staff?"),
        help_text=_l("They lose sight of the complaint at once. If you name yourself, it goes to the next level."),
        queryset=User.objects.none(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(kind=User.Kind.STAFF, is_active=True).order_by("name")


class SendOnForm(forms.Form):
    """Whom it is about, and what; from that follows who investigates."""

    subjects = StaffField(
        label=_l("Which staff is it about?"),
        help_text=_l("Choose everybody it is about. None of them, and nobody who reports to them, will find it."),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    about_service = forms.ModelChoiceField(
        label=_l("Which service is it about?"),
        queryset=Service.objects.none(),
        required=False,
        empty_label=_l("None, or as the complainant said"),
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(kind=User.Kind.STAFF).order_by("-is_active", "name")
        services = Service.objects.filter(is_active=True)
        for name, rows in (("subjects", staff), ("about_service", services)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows


class WordsForm(forms.Form):
    """A message or note."""

    words = sealed_text(_l("Text"))


IN_THE_OTHER = {"en": _l("The same in French"), "fr": _l("The same in English")}


class BilingualForm(forms.Form):
    """Words to the complainant; a second time in the other official language where they want both."""

    other = "other_words"

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not complaint.is_bilingual:
            del self.fields[self.other]
            return
        self.fields[self.other].label = IN_THE_OTHER[complaint.case.language]


class AcknowledgeForm(BilingualForm):
    """That it is being investigated."""

    words = sealed_text(_l("Message to the complainant"), _l("Say who you are, and what happens next and by when."))
    other_words = sealed_text("", _l("The complainant wants letters in English and in French."))


class MessageForm(forms.Form):
    """To the complainant."""

    words = sealed_text(_l("Message to the complainant"), _l("Say who you are, and what happens next and by when."))


LIMITS: Any = lazy(limits, str)()


def evidence_field() -> forms.Field:
    """Photos and documents, with the limits said beforehand."""
    return forms.Field(label=_l("Photos and documents"), help_text=LIMITS, required=False, widget=FilesInput())


class EvidenceForm(forms.Form):
    """Files that came by mail, at the counter or from elsewhere."""

    add_files = evidence_field()
    is_from_complainant = forms.BooleanField(
        label=_l("The complainant gave them"),
        help_text=_l("Then they find them on their own page, and in their copy of the package."),
        required=False,
    )


class SubjectField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody complained about, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Their name."""
        return str(obj.user)


class HearForm(forms.Form):
    """The substance, put to somebody complained about."""

    subject = SubjectField(label=_l("To whom?"), queryset=Subject.objects.none(), empty_label=None)
    words = sealed_text(_l("The substance"), _l("What they are to answer, without who complained."))
    names_complainant = forms.BooleanField(
        label=_l("It says who complained: the complainant agreed, or fairness and the law require it"), required=False
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_subjects(self, complaint)


class AnswerForm(forms.Form):
    """What they answered."""

    subject = SubjectField(label=_l("Who answered?"), queryset=Subject.objects.none(), empty_label=None)
    words = sealed_text(_l("What they said"))
    has_representative = forms.BooleanField(label=_l("Somebody represented them"), required=False)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_subjects(self, complaint)


def _offer_subjects(form: forms.Form, complaint: Complaint) -> None:
    field = form.fields["subject"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = complaint.subjects.select_related("user")


class FindForm(forms.Form):
    """What the investigation found."""

    finding = forms.ChoiceField(label=_l("What did you find?"), choices=Finding.choices, widget=forms.RadioSelect)
    reasons = sealed_text(_l("Reasons"), _l("For the file; the complainant reads the letter."))


class DecideForm(BilingualForm):
    """The letter."""

    other = "other_letter"

    letter = sealed_text(
        _l("Letter to the complainant"),
        _l("What was found and why, and what is done for them. Never how staff are disciplined."),
        rows=12,
    )
    other_letter = sealed_text("", _l("The complainant wants letters in English and in French."), rows=12)
    remedies = forms.MultipleChoiceField(
        label=_l("What is done"), choices=Remedy.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class ReasonsForm(forms.Form):
    """Why it takes longer."""

    reasons = sealed_text(_l("Why it takes longer"), _l("The complainant reads this. Possible once at each level."))


class EscalateForm(forms.Form):
    """Why it goes up."""

    why = forms.ChoiceField(label=_l("Why does it go up?"), choices=Why.choices, widget=forms.RadioSelect)
    reason = sealed_text(_l("Reason"), _l("Needed when the time for the complainant’s wish has passed."), 4, False)


class FollowUpForm(forms.Form):
    """A remedy or lesson to be carried out."""

    kind = forms.ChoiceField(label=_l("What is it?"), choices=Remedy.choices)
    words = forms.CharField(label=_l("What is to be done"), help_text=_l("Without names."), max_length=500)
    due_on = forms.DateField(label=_l("By when"), widget=DateParts())


class DiscloseForm(forms.Form):
    """To whom something may be given, and why."""

    ground = forms.ChoiceField(label=_l("On which ground?"), choices=Disclosure.Ground.choices)
    what = forms.ChoiceField(label=_l("What may be given?"), choices=Disclosure.What.choices)
    to_whom = forms.CharField(label=_l("To whom?"), max_length=200)
    until_on = forms.DateField(label=_l("Until when?"), required=False, widget=DateParts())


class RequestForm(forms.Form):
    """The access request that is answered."""

    number = forms.CharField(label=_l("Number of the access request"), max_length=40)
    until_on = forms.DateField(label=_l("It is answered by"), widget=DateParts())


class DisclosureForm(forms.Form):
    """Which consent or request it is."""

    disclosure = forms.ModelChoiceField(
        label=_l("Which one?"), queryset=Disclosure.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["disclosure"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = self.offered(complaint)
        field.label_from_instance = _in_words  # type: ignore[method-assign, assignment]

    def offered(self, complaint: Complaint) -> Any:
        """Consents that hold."""
        return complaint.disclosures.filter(ground=Disclosure.Ground.CONSENT, withdrawn_at=None)


class ReleaseForm(DisclosureForm):
    """On which ground the file is given."""

    def offered(self, complaint: Complaint) -> Any:
        """Whatever the whole file may be given on today."""
        until = Q(until_on=None) | Q(until_on__gte=timezone.localdate())
        return complaint.disclosures.filter(until, what=Disclosure.What.FILE, withdrawn_at=None)


def _in_words(one: Any) -> str:
    return f"{one.get_ground_display()}, {one.get_what_display()}, {short_moment(one.at)}"
