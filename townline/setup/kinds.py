"""The kinds of row that can be changed at the desk: what each is called, and its form."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _l

from townline.accounts.set_up import Retirable
from townline.catalogue.models import Standard
from townline.packs.table import Table
from townline.setup import other_forms as forms
from townline.setup import profile_form
from townline.setup.live import TABLE_OF
from townline.setup.road_form import RoadForm
from townline.setup.row_forms import RowForm
from townline.setup.service_form import SECTIONS, ServiceForm
from townline.setup.step_form import StepForm


def _named(record: Any) -> Any:
    return record.name


@dataclass(frozen=True)
class SetupKind:
    """One kind of row, in words and with its form."""

    kind: str
    many: Any
    about: Any
    add: Any
    none: Any
    form: type[RowForm]
    name: Callable[[Any], Any] = _named
    tells: Callable[[Any], list[Any]] = lambda record: []
    sections: dict[str, Any] = field(default_factory=dict)
    grants: tuple[str, ...] = ("setup.read", "catalogue.edit")
    is_one: bool = False

    @property
    def table(self) -> Table:
        """Where its rows live."""
        return TABLE_OF[self.kind]

    @property
    def can_be_retired(self) -> bool:
        """Can a row be taken out of use?"""
        return issubclass(self.table.model, Retirable)


def _of_service(record: Any) -> list[Any]:
    return [record.get_kind_display(), record.department.name]


def _of_standard(record: Standard) -> list[Any]:
    scope = record.service.name if record.service else record.get_kind_display() or _l("Everything")
    return [record.get_promise_display(), record.in_words, scope]


def _of_position(record: Any) -> list[Any]:
    return [record.get_level_display(), record.department.name, record.reports_to and record.reports_to.title]


def _of_step(record: Any) -> list[Any]:
    return [record.service.name if record.service else record.get_kind_display()]


def _of_wrap_up(record: Any) -> list[Any]:
    return [record.keys, record.department.name if record.department else record.get_kind_display()]


KINDS: dict[str, SetupKind] = {
    one.kind: one
    for one in (
        SetupKind(
            "services", _l("Services"), _l("What the municipality offers: summaries, questions, who handles them."),
            _l("Add a service"), _l("No services yet"), ServiceForm, tells=_of_service, sections=SECTIONS,
        ),
        SetupKind(
            "standards", _l("Service standards"), _l("What is promised, within which time."),
            _l("Add a service standard"), _l("No service standards yet"), forms.StandardForm, tells=_of_standard,
        ),
        SetupKind(
            "collection_notices", _l("Notices of collection"),
            _l("What a person is told when personal information is asked for."),
            _l("Add a notice of collection"), _l("No notices of collection yet"), forms.NoticeForm,
            name=lambda record: record.purpose or record.text,
            tells=lambda record: [record.code, _l("Version %(number)s") % {"number": record.version}],
        ),
        SetupKind(
            "steps", _l("Steps"), _l("What an officer does on the way to an outcome."),
            _l("Add a step"), _l("No steps yet"), StepForm, tells=_of_step,
        ),
        SetupKind(
            "wrap_ups", _l("Wrap-ups"), _l("How a contact that was answered at once is counted."),
            _l("Add a wrap-up"), _l("No wrap-ups yet"), forms.WrapUpForm, tells=_of_wrap_up,
        ),
        SetupKind(
            "bodies", _l("Outside bodies"), _l("Who looks after what is not ours, and how to reach them."),
            _l("Add an outside body"), _l("No outside bodies yet"), forms.BodyForm,
            tells=lambda record: [record.matter],
        ),
        SetupKind(
            "roles", _l("Roles"), _l("What staff with a role may do."),
            _l("Add a role"), _l("No roles yet"), forms.RoleForm, grants=("setup.read", "accounts.invite"),
        ),
        SetupKind(
            "departments", _l("Departments"), _l("Who is responsible for which services, and how to reach them."),
            _l("Add a department"), _l("No departments yet"), forms.DepartmentForm,
            tells=lambda record: [record.calendar.name],
        ),
        SetupKind(
            "positions", _l("Positions"), _l("The chairs of the organization, and who reports to whom."),
            _l("Add a position"), _l("No positions yet"), forms.PositionForm,
            name=lambda record: record.title, tells=_of_position,
        ),
        SetupKind(
            "queues", _l("Queues"), _l("The lists of cases that departments work from."),
            _l("Add a queue"), _l("No queues yet"), forms.QueueForm, grants=("setup.read", "routing.edit"),
            tells=lambda record: [record.department.name, record.get_deal_display()],
        ),
        SetupKind(
            "counters", _l("Counters"), _l("Where the public is served in person."),
            _l("Add a counter"), _l("No counters yet"), forms.CounterForm, tells=lambda record: [record.address],
        ),
        SetupKind(
            "calendars", _l("Opening hours"), _l("The hours of each calendar; its closures are under Calendars."),
            _l("Add a calendar"), _l("No calendars yet"), forms.CalendarForm,
        ),
        SetupKind(
            "municipality", _l("Profile"), _l("What the municipality is called, and how a person is reached."),
            _l("Add a profile"), _l("No profile yet"), profile_form.ProfileForm,
            tells=lambda record: [record.phone, record.address], sections=profile_form.SECTIONS, is_one=True,
        ),
        SetupKind(
            "road_standards", _l("Times for work on roads"),
            _l("By class of road, for staff to keep an eye on; to be verified, and promised to nobody."),
            _l("Add a time for work on roads"), _l("No times for work on roads yet"), RoadForm,
            tells=lambda record: [record.service.name],
        ),
        SetupKind(
            "supportive_language", _l("Supportive language"), _l("What staff can say when a conversation turns."),
            _l("Add a phrase"), _l("No phrases yet"), forms.PhraseForm,
            name=lambda record: record.moment, tells=lambda record: [record.text],
        ),
        SetupKind(
            "definitions", _l("Definitions"), _l("Words of the policy, with the municipality’s own wording."),
            _l("Add a definition"), _l("No definitions yet"), forms.DefinitionForm,
            name=lambda record: record.term, tells=lambda record: [record.clause],
        ),
    )
}  # fmt: skip
