"""The forms of standards, notices of collection, bodies, wrap-ups, phrases, roles and the organization."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS as NAMES
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.grants import GRANTS
from townline.accounts.models import Position
from townline.catalogue.kinds import TimeUnit
from townline.catalogue.models import Kind, Priority, Reason, Standard, Step
from townline.channels.models import Channel
from townline.core.hours import WEEKDAYS
from townline.packs.table import Written
from townline.routing.models import Deal
from townline.setup.live import TABLE_OF
from townline.setup.row_forms import (
    RowForm,
    both,
    calendars,
    count,
    departments,
    line,
    pick,
    services,
    several,
    tick,
)


def steps() -> list[tuple[str, str]]:
    """Those that are in use."""
    return [(one.code, str(one.name)) for one in Step.objects.filter(is_active=True)]


def positions() -> list[tuple[str, str]]:
    """Those that are in use."""
    return [(one.code, str(one.title)) for one in Position.objects.filter(is_active=True).order_by("pk")]


class StandardForm(RowForm):
    """A promise of time."""

    table = TABLE_OF["standards"]
    starts = {"promise": Standard.Promise.OUTCOME, "unit": TimeUnit.BUSINESS_DAYS}

    name = both(_l("Name"))
    promise = pick(_l("What is promised?"), Standard.Promise.choices)
    step = pick(_l("Which step?"), steps, _l("None"), _l("Only for the promise of a step."))
    amount = count(_l("Within how many?"), least=1)
    unit = pick(_l("Of what?"), TimeUnit.choices)
    service = pick(_l("For which service?"), services, _l("Every service"))
    kind = pick(_l("For which kind of case?"), Kind.choices, _l("Every kind"))
    priority = pick(_l("For which priority?"), Priority.choices, _l("Every priority"))
    channel = pick(_l("For which channel?"), Channel.choices, _l("Every channel"))
    calendar = pick(
        _l("Whose opening hours count?"), calendars, _l("Those of the department"),
        _l("For business days and business hours."),
    )  # fmt: skip
    is_legal = tick(_l("Set from outside the municipality"), _l("It never stands still."))
    is_winter = tick(
        _l("A promise for winter"), _l("During a declared weather event, it begins when that is declared over.")
    )
    pauses_for = several(
        _l("While a case waits for what does it stand still?"), Reason.choices,
        _l("Choose none for the usual: the work waits for anything, an answer only for the customer."),
    )  # fmt: skip


class NoticeForm(RowForm):
    """What a person is told when personal information is asked for. Other words are a new version."""

    table = TABLE_OF["collection_notices"]
    named_by = "purpose"

    text = both(_l("What the person is told"), rows=5)
    authority = both(_l("The legal authority"), rows=2)
    purpose = both(_l("What the information is used for"), rows=2)
    officer__title = both(_l("Who answers questions about it: title"))
    officer__address = line(_l("Their address"), 300, required=True)
    officer__phone = line(_l("Their phone number"), 60, required=True)

    def finish(self, raw: Written, typed: dict[str, Any]) -> None:
        """The version is counted by itself."""
        raw.setdefault("version", 1)


class BodyForm(RowForm):
    """Who looks after what is not ours."""

    table = TABLE_OF["bodies"]
    starts = {"order": 0}

    name = both(_l("Name"))
    matter = both(_l("What belongs there"), rows=2)
    reach = both(_l("How to reach them"), rows=2)
    say = both(_l("What the customer is told"), rows=3)
    is_door = tick(_l("On the portal, beside the complaints"))
    order = count(_l("Place in the list"))


class WrapUpForm(RowForm):
    """How a contact that was answered at once is counted."""

    table = TABLE_OF["wrap_ups"]
    starts = {"order": 0}

    name = both(_l("Name"))
    keys = line(_l("Two keys"), 2, _l("Two small letters or digits, such as gi."), required=True)
    kind = pick(_l("For which kind of case?"), Kind.choices, _l("Every kind"))
    department = pick(_l("For which department?"), departments, _l("Every department"))
    order = count(_l("Place in the list"))


class RoleForm(RowForm):
    """What somebody with this role may do."""

    table = TABLE_OF["roles"]

    name = both(_l("Name"), for_staff=True)
    grants = several(_l("What somebody with this role may do"), list(GRANTS.items()))


class DefinitionForm(RowForm):
    """A word of the municipality's policy."""

    table = TABLE_OF["definitions"]
    named_by = "term"
    starts = {"order": 0}

    term = both(_l("The word"))
    text = both(_l("What it means, plainly"), rows=3)
    own_text = both(_l("The municipality’s own wording"), _l("Shown first when there is any."), rows=3, required=False)
    clause = line(_l("Clause"), 60)
    policy = line(_l("Policy"), 200)
    use = both(_l("What staff do with it"), rows=2, required=False, for_staff=True)
    order = count(_l("Place in the list"))


class DepartmentForm(RowForm):
    """A part of the municipality that is responsible for services."""

    table = TABLE_OF["departments"]

    name = both(_l("Name"))
    email = line(_l("E-mail address"), 254)
    phone = line(_l("Phone number"), 40)
    calendar = pick(_l("Its opening hours"), calendars)
    is_front = tick(_l("It takes in what nobody else is named for"), _l("Exactly one department does."))


class PositionForm(RowForm):
    """A chair in the organization, and to whom it reports."""

    table = TABLE_OF["positions"]
    named_by = "title"
    starts = {"level": Position.Level.STAFF}

    title = both(_l("Title"))
    department = pick(_l("In which department?"), departments)
    level = pick(_l("Level"), Position.Level.choices)
    reports_to = pick(
        _l("Reports to"), positions, _l("Nobody: the head of the organization"),
        _l("A formal complaint climbs this line, so it has no gap and never goes round."),
    )  # fmt: skip


class QueueForm(RowForm):
    """A list of cases that a department works from; it stays with its department."""

    table = TABLE_OF["queues"]
    starts = {"deal": Deal.OFF, "cap": 20}

    name = both(_l("Name"), for_staff=True)
    department = pick(_l("Of which department?"), departments)
    deal = pick(_l("How do its cases come to people?"), Deal.choices)
    cap = count(_l("How many open cases may somebody have?"), _l("With so many, no more are dealt to them."), least=1)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        if not self.is_new:
            del self.fields["department"]


class PhraseForm(RowForm):
    """Something staff can say when a conversation turns."""

    table = TABLE_OF["supportive_language"]
    named_by = "moment"
    starts = {"order": 0}

    moment = both(_l("When it helps"))
    text = both(_l("What to say"), rows=2)
    order = count(_l("Place in the list"))


class CounterForm(RowForm):
    """A place where the public is served in person."""

    table = TABLE_OF["counters"]

    name = both(_l("Name"))
    address = line(_l("Address"), 200, required=True)
    phone = line(_l("Phone number"), 40)
    calendar = pick(_l("Its opening hours"), calendars)


class SpansField(forms.CharField):
    """The hours of one day: “8:30-12:00, 13:00-16:30”; nothing for a day that is closed."""

    def prepare_value(self, value: Any) -> Any:
        """Spans as they are typed."""
        return value if isinstance(value, str) else ", ".join(f"{opens}-{closes}" for opens, closes in value or ())

    def to_python(self, value: Any) -> Any:
        """Pairs of times, each with two digits for the hour."""
        spans = []
        for part in filter(None, (one.strip() for one in str(value or "").replace("–", "-").split(","))):
            opens, dash, closes = (one.strip().zfill(5) for one in part.partition("-"))
            if dash.strip("0") != "-":
                raise forms.ValidationError(_("Write it as 8:30-16:30; with a break, as 8:30-12:00, 13:00-16:30."))
            spans.append([opens, closes])
        return spans


def _hours(number: int) -> SpansField:
    return SpansField(label=NAMES[number], required=False, max_length=120)


class CalendarForm(RowForm):
    """Opening hours; closures are entered on the page of the calendar."""

    table = TABLE_OF["calendars"]

    name = both(_l("Name"))
    hours__mon = _hours(0)
    hours__tue = _hours(1)
    hours__wed = _hours(2)
    hours__thu = _hours(3)
    hours__fri = _hours(4)
    hours__sat = _hours(5)
    hours__sun = _hours(6)
    after_hours = both(_l("What to do while nobody is there"), rows=2, required=False)

    def finish(self, raw: Written, typed: dict[str, Any]) -> None:
        """A calendar that is never open decides nothing: it is open on some day."""
        if not any(typed.get(f"hours__{day}") for day in WEEKDAYS):
            self.add_error("hours__mon", _("Without opening hours nothing would ever be due. Give one day its hours."))
