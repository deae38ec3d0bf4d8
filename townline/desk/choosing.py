"""Which cases a bulk action is for, and what its verb needs to know."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import User
from townline.cases.forms import EndForm, PrioritiseForm, long_text
from townline.desk.counting import asked_at_once
from townline.desk.filters import FilterForm
from townline.desk.lists import Desk
from townline.desk.models import BulkAction
from townline.desk.models.bulk import MOST
from townline.desk.places import text_of
from townline.desk.reading import Reading
from townline.desk.seeing import Views
from townline.routing.models import Queue

Verb = BulkAction.Verb
CHOSEN, PAGE, ALL_THAT_FIT = "chosen", "page", "fit"


def offered_verbs(user: User) -> list[tuple[str, Any]]:
    """What this person may do to several cases; each case is asked again when its turn comes."""
    works, supervises = user.holds("case.work"), user.holds("case.supervise")
    able = {
        Verb.TAKE: works,
        Verb.ASSIGN: supervises,
        Verb.HAND_OVER: works,
        Verb.PRIORITISE: works,
        Verb.NOTE: works,
        Verb.CLOSE: works or supervises,
    }
    return [(verb.value, verb.label) for verb, is_able in able.items() if is_able]


class NothingForm(forms.Form):
    """A verb that needs no further word."""

    def given(self) -> dict[str, Any]:
        """Nothing."""
        return {}


class BulkAssignForm(forms.Form):
    """Who takes them on."""

    to = forms.ModelChoiceField(label=_l("Who takes them on?"), queryset=User.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        staff = User.objects.filter(kind=User.Kind.STAFF, is_active=True, departments__in=user.department_ids)
        field.queryset = staff.distinct().order_by("name")

    def given(self) -> dict[str, Any]:
        """Their id."""
        return {"to": self.cleaned_data["to"].pk}


class BulkHandOverForm(forms.Form):
    """Where they go, and why."""

    queue = forms.ChoiceField(label=_l("Who takes them over?"))
    reason = long_text(
        _l("Why?"),
        _l("Whoever gets them reads this in their list. It is a note on each: customers do not see it here."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Queue.objects.usable().select_related("department")
        field = self.fields["queue"]
        assert isinstance(field, forms.ChoiceField)
        ordered = rows.order_by("department__sort_key", "-is_default", "sort_key")
        field.choices = [("", _l("Choose")), *((str(row.pk), row.full_name) for row in ordered)]

    def given(self) -> dict[str, Any]:
        """The id of the queue, and the reason."""
        return {"queue": int(self.cleaned_data["queue"]), "text": self.cleaned_data["reason"]}


class BulkNoteForm(forms.Form):
    """The same note on each."""

    text = long_text(
        _l("Note for staff"), _l("It stands on each of the cases. It is a record: customers may ask for it.")
    )

    def given(self) -> dict[str, Any]:
        """The text."""
        return {"text": self.cleaned_data["text"]}


class BulkCloseForm(EndForm):
    """The same outcome and words for each."""

    def given(self) -> dict[str, Any]:
        """The outcome, and the words for the customers."""
        return {"outcome": self.cleaned_data["outcome"], "text": self.cleaned_data["words"]}


class BulkPrioritiseForm(PrioritiseForm):
    """The same priority for each, with the reason."""

    def given(self) -> dict[str, Any]:
        """The priority and the reason."""
        return {"priority": self.cleaned_data["priority"], "text": self.cleaned_data["reason"]}


FORMS: dict[str, Callable[..., Any]] = {
    Verb.TAKE: NothingForm,
    Verb.HAND_OVER: BulkHandOverForm,
    Verb.NOTE: BulkNoteForm,
    Verb.CLOSE: BulkCloseForm,
    Verb.PRIORITISE: BulkPrioritiseForm,
}


def form_for(verb: str, user: User, data: Any) -> Any:
    """The form that asks what this verb needs to know."""
    return BulkAssignForm(data, user=user) if verb == Verb.ASSIGN else FORMS[verb](data)


def chosen_cases(request: HttpRequest) -> list[int]:
    """The cases that are meant: those that were ticked, those on the page, or all that fit the filters."""
    which = request.POST.get("which_cases", CHOSEN)
    if which == ALL_THAT_FIT:
        return _all_that_fit(request)
    given = request.POST.getlist("case") if which == CHOSEN else []
    given = given or [one for one in request.POST.get("page" if which == PAGE else "cases", "").split(",") if one]
    return [int(one) for one in given if one.isascii() and one.isdecimal() and len(one) <= 18]


def _all_that_fit(request: HttpRequest) -> list[int]:
    """As the list is read now, in its order, up to the most."""
    user: Any = request.user
    desk = Desk(user)
    shown = desk.find(*(request.POST.get(name, "") for name in ("whose", "which", "code")))
    typed = {name: request.POST.get(name, "") for name in FilterForm.base_fields}
    typed["place"] = text_of(request.session, typed["place"])
    form = FilterForm(typed, shown=shown, user=user, offered=Views(desk).offered)
    reading = Reading(shown, desk, form)
    return reading.keys(MOST, asked_at_once(user, reading.questions("")))
