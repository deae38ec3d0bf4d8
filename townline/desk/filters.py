"""The filters of a work list: what may be asked, and nothing else."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import User
from townline.cases.models import NEVER, Status, Wait
from townline.cases.models.case import CaseQuerySet
from townline.catalogue.models import Kind, Priority
from townline.channels.models import Channel
from townline.desk.lists import ALL, MINE, ORDERABLE, ORDERS, WorkList
from townline.desk.offered import Offered

DUE = {"late": _l("Late"), "today": _l("Today"), "week": _l("Within a week"), "never": _l("No promise runs")}
NOBODY, ME, COLLEAGUES = "nobody", "me", "colleagues"
PEOPLE = {NOBODY: _l("Nobody"), ME: _l("Me"), COLLEAGUES: _l("People of my departments")}
FIRST = ("status", "service", "due", "assignee", "order")
"""The filters that are always in sight; the others open on demand."""


class FilterForm(forms.Form):
    """Each can be left open; together they narrow the list. What is not a choice is not asked."""

    status = forms.ChoiceField(label=_l("Status"), required=False)
    service = forms.ChoiceField(label=_l("Service"), required=False)
    due = forms.ChoiceField(label=_l("Due"), required=False)
    assignee = forms.ChoiceField(label=_l("Assigned to"), required=False)
    order = forms.ChoiceField(label=_l("Order"), required=False)
    priority = forms.ChoiceField(label=_l("Priority"), required=False)
    kind = forms.ChoiceField(label=_l("Kind"), required=False)
    channel = forms.ChoiceField(label=_l("Channel"), required=False)
    department = forms.ChoiceField(label=_l("Department"), required=False)
    queue = forms.ChoiceField(label=_l("Queue"), required=False)
    waiting = forms.ChoiceField(label=_l("Waiting"), required=False)
    language = forms.ChoiceField(label=_l("Language"), required=False)
    received_from = forms.DateField(
        label=_l("Received from"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    received_to = forms.DateField(
        label=_l("Received until"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    place = forms.CharField(label=_l("Place begins with"), required=False, max_length=100)

    def __init__(self, data: Any, *, shown: WorkList, user: User, offered: Offered) -> None:
        super().__init__({name: data.get(name, "") for name in self.base_fields})
        self.user, self.offered = user, offered
        where = shown.department.pk if shown.department else None
        services = [one for one in offered.services.values() if where in (None, one.department_id)]
        offers: dict[str, list[tuple[str, Any]]] = {
            "status": [one for one in Status.choices if one[0] != Status.CLOSED or shown.which == "newest"],
            "service": [(one.code, str(one.name)) for one in services],
            "due": list(DUE.items()),
            "assignee": [*PEOPLE.items(), *offered.people(shown.department)],
            "priority": list(Priority.choices),
            "kind": list(Kind.choices),
            "channel": list(Channel.choices),
            "department": [(one.code, str(one)) for one in offered.departments],
            "queue": offered.queues_of(shown.department),
            "waiting": list(Wait.Reason.choices),
            "language": [("en", _l("English")), ("fr", _l("French"))],
        }
        for name, offer in offers.items():
            self._offer(name, [("", _l("Any")), *offer])
        self._offer("order", [(name, ORDERS[name]) for name in ORDERABLE])
        only = {"queue"} if len(offers["queue"]) < 2 else set()
        for name in self._pointless(shown) | only:
            del self.fields[name]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @staticmethod
    def _pointless(shown: WorkList) -> set[str]:
        """What this list has answered already."""
        closed = {"status", "due", "waiting", "order"} if shown.which == "closed" else set()
        newest = {"order"} if shown.which == "newest" else set()
        mine = {"assignee"} if shown.whose == MINE or shown.which == "unassigned" else set()
        late = {"due"} if shown.which == "overdue" else set()
        return closed | newest | mine | late | (set() if shown.whose == ALL else {"department"})

    def clean(self) -> dict[str, Any]:
        """A stretch of days begins before it ends."""
        given = super().clean() or {}
        begin, end = given.get("received_from"), given.get("received_to")
        if begin and end and begin > end:
            self.add_error("received_to", _("This day is before the first one."))
        return given

    def full_clean(self) -> None:
        """What is not a choice is left out without a word: an address that somebody wrote cannot ask it."""
        super().full_clean()
        for name in list(self.errors):
            if isinstance(self.fields.get(name), forms.ChoiceField):
                del self.errors[name]

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that are on, each with its value; the order is none of them."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value and name != "order"}

    @property
    def sorted_by(self) -> str:
        """In which order the rows stand; empty for that of the list itself."""
        self.is_valid()
        return str(self.cleaned_data.get("order") or "")

    @property
    def asked(self) -> dict[str, str]:
        """Filters and order as an address or a saved view writes them."""
        order = {"order": self.sorted_by} if self.sorted_by else {}
        return {name: str(value) for name, value in self.chosen.items()} | order

    def query(self, place: str) -> str:
        """The same for an address; a place stands there as `place`, a sign that names nobody."""
        return urlencode({**self.asked, **({"place": place} if "place" in self.chosen else {})})

    def narrow(self, rows: CaseQuerySet) -> CaseQuerySet:
        """The rows that fit every filter."""
        for name, value in self.chosen.items():
            rows = rows.filter(self._fits(name, value))
        return rows

    def _fits(self, name: str, value: Any) -> Q:
        match name:
            case "service":
                return Q(service=self.offered.services[value])
            case "department":
                return Q(department=next(one for one in self.offered.departments if one.code == value))
            case "queue":
                return Q(queue=self.offered.queues[value])
            case "assignee":
                return _has(value, self.user)
            case "due":
                return due_within(value, timezone.now())
            case "waiting":
                waits = Wait.objects.filter(case=OuterRef("pk"), ended_at=None, reason=value)
                return Q(Exists(waits), status=Status.WAITING)
            case "received_from":
                return Q(received_at__gte=_midnight(value))
            case "received_to":
                return Q(received_at__lt=_midnight(value + timedelta(days=1)))
            case "place":
                return Q(place_label__istartswith=value)
        return Q(**{name: value})

    @property
    def in_sight(self) -> list[Any]:
        """The fields that are always shown."""
        return [self[name] for name in FIRST if name in self.fields]

    @property
    def on_demand(self) -> list[Any]:
        """The fields that open on demand."""
        return [self[name] for name in self.fields if name not in FIRST]

    @property
    def is_open(self) -> bool:
        """Is one of those on, or wrong, so that they must be seen?"""
        return any(name not in FIRST for name in [*self.chosen, *self.errors])


def _has(value: str, user: User) -> Q:
    if value == NOBODY:
        return Q(assignee=None)
    if value == COLLEAGUES:
        return Q(assignee__in=User.objects.filter(departments__in=user.department_ids).values("pk"))
    return Q(assignee=user.pk if value == ME else int(value))


def due_within(value: str, now: datetime) -> Q:
    """Promises that have run out, or that run out today or in a week; in the municipality's own days."""
    today = timezone.localdate(now)
    match value:
        case "late":
            return Q(due_at__lt=now)
        case "today":
            return Q(due_at__gte=_midnight(today), due_at__lt=_midnight(today + timedelta(days=1)))
        case "week":
            return Q(due_at__gte=now, due_at__lt=_midnight(today + timedelta(days=8)))
    return Q(due_at=NEVER)


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))
