"""Shape of what staff type about a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from townline.accounts.models import User
from townline.cases.letters import address_of
from townline.cases.models import Case, Message, Outcome, Wait
from townline.catalogue.models import Priority, RoadStandard, Step
from townline.channels.models import Channel
from townline.core.access import visible
from townline.customers.models import ContactPoint
from townline.documents.forms import FilesForm, files_field
from townline.routing.models import Queue
from townline.ui.forms import DateParts
from townline.wording.placeholders import still_open, unfilled

LONGEST = 4000


def long_text(label: Any, hint: Any) -> forms.CharField:
    """A text of up to 4,000 characters, as it was typed; the field itself says the limit beforehand."""
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 6}), max_length=LONGEST, strip=False
    )


LANGUAGES = [("en", _l("English")), ("fr", _l("French"))]


def mail_points(case: Case, user: Any) -> Any:
    """The e-mail addresses of the customer that work, as far as this person knows the customer."""
    points = ContactPoint.objects.filter(
        customer__in=case.customer.family_ids if case.customer else [],
        kind=ContactPoint.Kind.EMAIL,
        status=ContactPoint.Status.ACTIVE,
    )
    return visible(user, points).order_by("id")


def hidden() -> forms.CharField:
    """Something that the page knows and the writer does not see; nonsense in it is as good as nothing."""
    return forms.CharField(required=False, widget=forms.HiddenInput)


class ComposeForm(FilesForm):
    """What every page with words in it remembers, whatever the words are for."""

    seen = hidden()
    revision = hidden()
    continues = hidden()
    began_with = hidden()

    def __init__(self, *args: Any, case: Case, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.user = case, user

    def words_filled_in(self, name: str) -> str:
        """The words, in which no placeholder stands any more."""
        text = str(self.cleaned_data[name])
        if names := unfilled(text):
            raise forms.ValidationError(still_open(names))
        return text


def offer_to_followers(form: forms.Form, case: Case) -> None:
    """Ask only where somebody follows the case, and say how many."""
    count = case.followers.live().count()
    if not count:
        del form.fields["for_followers"]
        return
    form.fields["for_followers"].label = ngettext(
        "Send it to the %(count)s person who follows the case, too",
        "Send it to the %(count)s people who follow the case, too",
        count,
    ) % {"count": count}


class SentForm(ComposeForm):
    """Words that leave the house: in which language, to which address, and the yes when that is another one."""

    language = forms.ChoiceField(
        label=_l("In which language?"), choices=LANGUAGES, widget=forms.RadioSelect, required=False
    )
    to = forms.ModelChoiceField(
        label=_l("To which address?"), queryset=ContactPoint.objects.none(), widget=forms.RadioSelect, required=False
    )
    confirmed = forms.BooleanField(label=_l("Yes, send it there"), required=False)
    for_followers = forms.BooleanField(
        required=False,
        help_text=_l("Only if nothing in it is about the customer: no name, no address, nothing they told us."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = self.case.language
        to: Any = self.fields["to"]
        to.queryset = mail_points(self.case, self.user)
        to.empty_label = None
        self.usual = address_of(self.case)
        to.initial = self.usual.pk if self.usual else None
        points = [point.pk for point in to.queryset]
        if not points or points == [to.initial]:
            del self.fields["to"]
        if not self.is_bound or not self._goes_elsewhere(self.data.get("to")):
            del self.fields["confirmed"]
        offer_to_followers(self, self.case)

    def _goes_elsewhere(self, chosen: Any) -> bool:
        """To an address that was not given with the case, or that is not the customer's who asked?"""
        if "to" in self.fields and chosen and str(chosen) != str(self.usual.pk if self.usual else ""):
            return True
        family = self.case.customer.family_ids if self.case.customer else []
        return self.usual is not None and self.usual.customer_id not in family

    def clean(self) -> dict[str, Any]:
        """An unusual recipient is confirmed."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if "confirmed" in self.fields and not found.get("confirmed"):
            point = found.get("to") or self.usual
            said = _("This goes to %(address)s, which is not the address that was given with this case. Is that right?")
            self.add_error("confirmed", said % {"address": point.value if point else ""})
        return found


class EndForm(forms.Form):
    """How it ended, and what the customer is told."""

    outcome = forms.ChoiceField(label=_l("How did it end?"), choices=Outcome.to_choose(), widget=forms.RadioSelect)
    words = long_text(
        _l("What the customer is told"),
        _l("In plain words: what was done, or why not. The customer sees this."),
    )


class CloseForm(SentForm, EndForm):
    """The end of one case, in which language and to which address."""

    over_parts = forms.BooleanField(required=False)

    field_order = ("outcome", "to", "language", "words", "for_followers", "over_parts", "confirmed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        still = self.case.parts.exclude(status="closed").count()
        if not still:
            del self.fields["over_parts"]
            return
        self.fields["over_parts"].label = ngettext(
            "Close it although %(count)s part is still open", "Close it although %(count)s parts are still open", still
        ) % {"count": still}

    def clean_words(self) -> str:
        """With nothing left open."""
        return self.words_filled_in("words")


class NoteForm(ComposeForm):
    """Text for staff."""

    text = long_text(
        _l("Note for staff"),
        _l("The customer does not see it here, but it is a record: they may ask for it."),
    )
    add_files = files_field(_l("Photos and documents"))
    mention = forms.ModelChoiceField(
        label=_l("Mention a colleague"),
        help_text=_l("They are told at their desk, if they may see this case. You can also write @ and their name."),
        queryset=User.objects.filter(kind=User.Kind.STAFF, is_active=True).exclude(name="").order_by("name"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Who was chosen stands in the text, as if it had been typed."""
        given = super().clean() or {}
        colleague = given.pop("mention", None)
        if colleague and given.get("text") and f"@{colleague.name}" not in given["text"]:
            given["text"] = f"{given['text']} @{colleague.name}"
        return given


class MessageForm(SentForm):
    """Text to the customer."""

    text = long_text(_l("Message to the customer"), _l("It is sent as you type it."))
    add_files = files_field(_l("Photos and documents, for their tracking page"))
    field_order = ("to", "language", "text", "for_followers", "add_files", "confirmed")

    def clean_text(self) -> str:
        """With nothing left open."""
        return self.words_filled_in("text")


BY_STAFF = [(channel.value, channel.label) for channel in Channel if channel != Channel.WEB]
"""The channels in which a representative takes a contact in; the portal sees to itself."""


class ContactForm(forms.Form):
    """A contact about a case that is there already."""

    channel = forms.ChoiceField(label=_l("How did they reach us?"), choices=BY_STAFF)
    text = long_text(_l("What was said"), _l("In a few words."))


class AssignForm(forms.Form):
    """Who takes the case on: those who handle cases in its department."""

    to = forms.ModelChoiceField(label=_l("Who takes it on?"), queryset=User.objects.none(), widget=forms.RadioSelect)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(
            kind=User.Kind.STAFF, is_active=True, departments=case.department_id
        ).order_by("name")
        field.empty_label = None


class ClassifyForm(forms.Form):
    """Of which class the road is."""

    road_class = forms.ChoiceField(
        label=_l("Of which class is the road?"),
        help_text=_l("As the municipality’s own list of roads has it. The times that go with it show beside the case."),
        choices=[(one, one) for one in RoadStandard.CLASSES],
        widget=forms.RadioSelect,
    )


class PrioritiseForm(forms.Form):
    """How pressing it is, and why."""

    priority = forms.ChoiceField(label=_l("How pressing is it?"), choices=Priority.choices, widget=forms.RadioSelect)
    reason = long_text(_l("Why?"), _l("It is kept as a note for staff. The promises are worked out again."))


class StepForm(forms.Form):
    """What one step asks, and whether the customer is told of it now."""

    on = forms.DateField(widget=DateParts())
    number = forms.CharField(max_length=60)
    amount = forms.DecimalField(
        max_digits=10, decimal_places=2, min_value=0, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    choice = forms.ChoiceField(widget=forms.RadioSelect)
    note = long_text(_l("Note for staff"), _l("What you saw and did. The customer does not see it."))
    is_told = forms.BooleanField(label=_l("Tell the customer now"), required=False, initial=True)

    def __init__(self, *args: Any, step: Step, is_usual: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ask(step)
        note = self.fields["note"]
        if not is_usual:
            note.required = True
            note.help_text = _l("This step does not usually come now. Say why it does.")
        if not step.tells:
            del self.fields["is_told"]

    def _ask(self, step: Step) -> None:
        """Only what this step asks, in its own words; a note can always be given."""
        for name in Step.Ask.values:
            asked = step.asked(name)
            if asked is None and name != "note":
                del self.fields[name]
            elif asked is not None:
                self.fields[name].label = step.label_of(name)
                self.fields[name].required = asked.get("is_required", False)
            else:
                self.fields[name].required = False
        choice = self.fields.get("choice")
        if isinstance(choice, forms.ChoiceField):
            choice.choices = step.options()


class HandOverForm(forms.Form):
    """Where the case goes, and why."""

    queue = forms.ChoiceField(label=_l("Who takes it over?"), widget=forms.Select)
    reason = long_text(
        _l("Why?"), _l("Whoever gets it reads this in their list. It is a note: the customer does not see it here.")
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Queue.objects.usable().exclude(pk=case.queue_id).select_related("department")
        self.queues = {str(row.pk): row for row in rows.order_by("department__sort_key", "-is_default", "sort_key")}
        field = self.fields["queue"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _l("Choose")), *((pk, row.full_name) for pk, row in self.queues.items())]

    def clean_queue(self) -> Queue:
        """The queue itself."""
        return self.queues[self.cleaned_data["queue"]]


class GiveBackForm(forms.Form):
    """Why a case goes back into its queue."""

    reason = long_text(_l("Why do you give it back?"), _l("Your colleagues read this in the list."))


class WaitForm(forms.Form):
    """Why the clocks stand still, and until when at the latest."""

    reason = forms.ChoiceField(
        label=_l("What does it wait for?"), choices=Wait.Reason.choices, widget=forms.RadioSelect
    )
    until_on = forms.DateField(
        label=_l("Until when, at the latest?"),
        help_text=_l(
            "The customer can see the reason. What was promised to be done stands still until then; "
            "an answer stays due, unless you wait for the customer."
        ),
        widget=DateParts(),
    )


class ResendForm(forms.Form):
    """Which message goes again, and to which address."""

    message = forms.IntegerField(widget=forms.HiddenInput)
    address = forms.EmailField(
        label=_l("To which address?"),
        help_text=_l("Correct it if it was wrong. It becomes an address of this customer."),
        max_length=320,
    )


class TellForm(forms.Form):
    """Which message the customer was told of, and how."""

    message = forms.IntegerField(widget=forms.HiddenInput)
    way = forms.ChoiceField(label=_l("How were they told?"), choices=Message.Way.choices, widget=forms.RadioSelect)
