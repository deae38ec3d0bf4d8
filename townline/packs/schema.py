"""The rows of a pack: what each file holds, field by field.

A field here has the name of the field of the model it is written to; what
another row is named by is that row's code.
"""

from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import Field, field_validator, model_validator

from townline.accounts.grants import GRANTS
from townline.accounts.models import Calendar, Municipality, Position
from townline.cases.places import MOST_METRES
from townline.catalogue.kinds import TimeUnit
from townline.catalogue.models import Door, Kind, Priority, Reason, Service, Standard
from townline.channels.models import Channel
from townline.complaints.models import Procedure
from townline.packs.problems import did_you_mean
from townline.packs.shapes import (
    Brand,
    Centralisation,
    Closed,
    Code,
    ConductPolicy,
    ContactPoint,
    Email,
    Hours,
    Officer,
    Phone,
    Provenance,
    Said,
    Shape,
    StaffText,
    Text,
    Website,
    wrong,
)
from townline.routing.models import Deal, Step
from townline.routing.rules import Condition, Target

Year = Annotated[int, Field(ge=2000, le=2100)]


class Row(Shape):
    """One thing a pack describes, with where its values come from."""

    code: Code
    provenance: Provenance

    @field_validator("provenance")
    @classmethod
    def marks_its_own_fields(cls, provenance: Provenance) -> Provenance:
        """Provenance is given for fields that the row has; `hours.mon` speaks of a part of `hours`."""
        known = set(cls.model_fields) - {"provenance"}
        for name in provenance.fields:
            if name.split(".")[0] not in known:
                what = _("Provenance is given for “%(name)s”, which is not a field here.") % {"name": name}
                raise wrong(what, did_you_mean(name, known))
        return provenance


class MunicipalityRow(Row):
    """The profile of the municipality: municipality.yaml."""

    name: Text
    kind: Text
    service_name: Text
    prefix: str
    zone: str = "America/Toronto"
    address: str = ""
    phone: Phone = ""
    email: Email = ""
    website: Website = ""
    brand: Brand
    contact_points: list[ContactPoint] = Field(min_length=1)
    alternate_format: Text
    emergency: Text
    conduct_policy: ConductPolicy | None = None
    about_glossary: Text | None = None
    weather_words: Text | None = None
    grace_days: int = Field(default=30, ge=0, le=366)
    survey_weeks: int = Field(default=4, ge=0, le=52)
    survey_gap_days: int = Field(default=90, ge=0, le=366)
    not_solved: Municipality.NotSolved = Municipality.NotSolved.REOPEN

    @field_validator("prefix")
    @classmethod
    def two_to_four_capitals(cls, prefix: str) -> str:
        """The prefix is read aloud, so it is short."""
        if not (2 <= len(prefix) <= 4 and prefix.isascii() and prefix.isalpha() and prefix.isupper()):
            raise wrong(
                _("“%(prefix)s” cannot begin a reference.") % {"prefix": prefix},
                "Write 2 to 4 capital letters, such as CL.",
            )
        return prefix

    @field_validator("zone")
    @classmethod
    def known_zone(cls, zone: str) -> str:
        """A zone of the tz database."""
        if zone not in available_timezones():
            raise wrong(_("“%(zone)s” is not a time zone.") % {"zone": zone}, did_you_mean(zone, available_timezones()))
        if zone != settings.TIME_ZONE:
            raise wrong(
                _("This installation reckons in %(zone)s.") % {"zone": settings.TIME_ZONE},
                f"Start it with TOWNLINE_ZONE={zone}, or correct zone.",
            )
        return zone


class CalendarRow(Row):
    """Opening hours and closures: calendars.yaml.

    Ontario's public holidays of `holiday_years` are closures, but for those
    in `open_on`; a closure listed here goes before a holiday of the same day.
    """

    name: Text
    hours: Hours
    after_hours: Text | None = None
    holidays: Calendar.Holidays = Calendar.Holidays.ONTARIO
    holiday_years: list[Year] = []
    closures: list[Closed] = []
    open_on: list[date] = []

    @model_validator(mode="after")
    def which_years(self) -> "CalendarRow":
        """Holidays are seeded for named years, and no day is closed twice."""
        if self.holidays == Calendar.Holidays.ONTARIO and not self.holiday_years:
            raise wrong(
                _("The holidays of which years?"), "Add holiday_years, such as [2026, 2027], or holidays: none."
            )
        days = [closure.on for closure in self.closures]
        for day in {day for day in days if days.count(day) > 1 or day in self.open_on}:
            raise wrong(_("%(day)s is listed twice.") % {"day": day}, "Keep one closure of that day, or one open_on.")
        return self


class DepartmentRow(Row):
    """departments.yaml."""

    name: Text
    email: Email = ""
    phone: Phone = ""
    calendar: Code
    is_front: bool = False
    is_active: bool = True


class QueueRow(Row):
    """A queue of a department: queues.yaml. The one with the department's own code is there in any case."""

    department: Code
    name: StaffText
    deal: Deal = Deal.OFF
    cap: int = Field(default=20, ge=1, le=500)
    is_active: bool = True


class RoutingRow(Row):
    """One routing rule; the order of the file is the order of the list: routing.yaml."""

    step: Step = Step.DECISION
    when: list[Condition] = Field(min_length=1, max_length=20)
    to: Target
    is_active: bool = True


class PositionRow(Row):
    """A chair, not a person: positions.yaml."""

    title: Text
    department: Code
    level: Position.Level = Position.Level.STAFF
    reports_to: Code | None = None
    is_active: bool = True


class CounterRow(Row):
    """counters.yaml."""

    name: Text
    address: Said
    phone: Phone = ""
    calendar: Code
    is_active: bool = True


class RoleRow(Row):
    """roles.yaml."""

    name: StaffText
    grants: list[str]

    @field_validator("grants")
    @classmethod
    def known_grants(cls, grants: list[str]) -> list[str]:
        """A role grants only what policies ask for."""
        for grant in grants:
            if grant not in GRANTS:
                what = _("“%(grant)s” is not something a role can grant.") % {"grant": grant}
                raise wrong(what, did_you_mean(grant, GRANTS))
        return grants


class NoticeRow(Row):
    """A notice of collection: collection_notices.yaml."""

    version: int = Field(default=1, ge=1, le=10_000)
    text: Text
    authority: Text
    purpose: Text
    officer: Officer


class ServiceRow(Row):
    """A service with its summary and its questions: services/<code>.yaml."""

    code: Code = Field(max_length=60)
    kind: Kind
    door: Door
    name: Text
    summary: Text
    eligibility: Text | None = None
    cost: Text | None = None
    bring: Text | None = None
    duration: Text | None = None
    next_steps: Text | None = None
    bylaw: Text | None = None
    script: Text | None = None
    keywords: Text | None = None
    after_hours: Text | None = None
    department: Code
    collection_notice: Code | None = None
    account: Service.Account = Service.Account.NONE
    contact: Service.Contact = Service.Contact.OPTIONAL
    anonymous: Service.Anonymous = Service.Anonymous.REFUSE
    needs_place: bool = False
    never_restricted: bool = False
    shares: Service.Shares = Service.Shares.NOTHING
    near_metres: int = Field(default=50, ge=0, le=MOST_METRES)
    near_days: int = Field(default=30, ge=0, le=366)
    centralisation: Centralisation
    is_public: bool = True
    is_active: bool = True
    closed_reason: Text | None = None
    reviewed_on: date | None = None
    questions: dict[str, Any] | None = None

    @model_validator(mode="after")
    def for_staff_only(self) -> "ServiceRow":
        """What departments do for colleagues is not on the portal."""
        if self.door == Door.STAFF and self.is_public:
            raise wrong(_("A service for staff is not on the portal."), "Write is_public: false, or another door.")
        if self.door == Door.STAFF and self.shares != Service.Shares.NOTHING:
            what = _("A service for staff shares nothing of its cases with customers.")
            raise wrong(what, "Leave out shares, or write another door.")
        return self


class ProcedureRow(Row):
    """How formal complaints are dealt with: complaint_procedure.yaml, one row."""

    name: Text
    policy: str = ""
    anonymous: Procedure.Anonymous = Procedure.Anonymous.REFUSE
    is_ladder_adopted: bool = False
    window_days: int = Field(default=30, ge=1, le=365)
    intake: Code
    other_intake: Code | None = None
    foi: Code | None = None


class LadderRow(Row):
    """One level of the escalation ladder: ladder.yaml; the one without `held_by` is an office outside."""

    number: int = Field(ge=1, le=12)
    title: Text
    held_by: Position.Level | None = None
    acknowledge_amount: int = Field(default=2, ge=1, le=60)
    answer_amount: int = Field(default=10, ge=1, le=365)
    answer_unit: TimeUnit = TimeUnit.BUSINESS_DAYS
    extension_amount: int = Field(default=10, ge=1, le=365)


class OfficeRow(Row):
    """An office outside the municipality, from one day to another: outside_offices.yaml."""

    name: Text
    about: Text | None = None
    address: str = ""
    phone: Phone = ""
    website: Website = ""
    from_on: date
    until_on: date | None = None

    @model_validator(mode="after")
    def ends_after_it_began(self) -> "OfficeRow":
        """An office holds for a time."""
        if self.until_on and self.until_on < self.from_on:
            raise wrong(
                _("It ends on %(day)s, before it begins.") % {"day": self.until_on},
                "Correct until_on, or leave it out.",
            )
        return self


class StandardRow(Row):
    """A promise of time: standards.yaml."""

    name: Text
    promise: Standard.Promise
    step: Code | None = None
    service: Code | None = None
    kind: Kind | None = None
    priority: Priority | None = None
    channel: Channel | None = None
    amount: int = Field(ge=1, le=10_000)
    unit: TimeUnit
    calendar: Code | None = None
    is_legal: bool = False
    is_winter: bool = False
    pauses_for: list[Reason] | None = Field(default=None, min_length=1)
    is_active: bool = True

    @model_validator(mode="after")
    def one_scope(self) -> "StandardRow":
        """For a service, for a kind of case, or for everything; a step by its code, and nothing else by one."""
        if self.service and self.kind:
            raise wrong(_("A standard is for a service or for a kind, not for both."), "Leave out kind.")
        if bool(self.step) != (self.promise == Standard.Promise.STEP):
            raise wrong(_("A step and the promise of a step go together."), "Write promise: step and the step’s code.")
        if self.is_legal and self.pauses_for:
            raise wrong(_("A legal standard never pauses."), "Leave out pauses_for, or is_legal.")
        return self


class RoadTime(Shape):
    """From what on, and how soon, on roads of one class."""

    threshold: Text | None = None
    amount: int = Field(ge=1, le=1000)
    unit: Literal["hours", "calendar_days"]


class RoadStandardRow(Row):
    """Times for work on roads, for staff to keep an eye on: road_standards.yaml."""

    name: Text
    service: Code
    classes: dict[Literal["1", "2", "3", "4", "5", "all"], RoadTime] = Field(min_length=1)


class PhraseRow(Row):
    """Something staff can say when a conversation turns: supportive_language.yaml."""

    moment: Text
    text: Text
    order: int = Field(default=0, ge=0, le=10_000)


class DefinitionRow(Row):
    """A word of the municipality's policy: definitions.yaml."""

    term: Text
    text: Text
    own_text: Text | None = None
    clause: str = ""
    policy: str = ""
    use: StaffText | None = None
    order: int = Field(default=0, ge=0, le=10_000)
