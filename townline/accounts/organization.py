"""The municipality as an organization: departments, positions, counters, calendars."""

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.hours_in_words import Stretch, week_in_words
from townline.accounts.set_up import Retirable, SetUp
from townline.core.clock import OpeningHours, ontario_days
from townline.core.localized import Localized, LocalizedField
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.ui.moments import day

INVITES = "accounts.invite"
"""The grant of which somebody must always hold one: who has it lets others in."""
YEARS_AHEAD = 10
"""So far ahead closures are entered; what is further away is a slip of the finger."""


class Municipality(SetUp):
    """The corporation served: one row per installation, written by its pack."""

    class NotSolved(models.TextChoices):
        REOPEN = "reopen", _l("The case is opened again")
        FLAG = "flag", _l("The case stays closed, and staff look at it again")

    code = models.SlugField(unique=True)
    name = LocalizedField()
    kind = LocalizedField(help_text="Town, Municipality or Region, as it calls itself.")
    service_name = LocalizedField(help_text="The name of the front door, such as Service Clarington.")
    prefix = models.CharField(max_length=4, help_text="The letters that begin each reference.")
    zone = models.CharField(max_length=40, default="America/Toronto")
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    brand = models.JSONField(default=dict, help_text="colour, accent: design tokens only.")
    contact_points = models.JSONField(default=list, help_text="How to reach a person, in order.")
    alternate_format = LocalizedField(help_text="The line about accessible formats that every page carries.")
    emergency = LocalizedField(help_text="What to do instead when life or property is in danger.")
    weather_words = LocalizedField(
        blank=True, help_text="What customers are told during a weather event, to begin with."
    )
    conduct_policy = models.JSONField(
        default=dict, help_text="The adopted policy that allows restrictions; empty: they are off."
    )
    about_glossary = LocalizedField(help_text="What the policy is whose definitions are shown.")
    grace_days = models.PositiveSmallIntegerField(
        default=30, help_text="So long after its end, what is said about a case still belongs to it."
    )
    survey_weeks = models.PositiveSmallIntegerField(
        default=4, help_text="So long after the end of a case its customer is asked whether it was solved; 0: never."
    )
    survey_gap_days = models.PositiveSmallIntegerField(
        default=90, help_text="Nobody is asked again before so many days."
    )
    not_solved = models.CharField(max_length=10, choices=NotSolved, default=NotSolved.REOPEN)
    provenance = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return str(self.name)


class Calendar(SetUp):
    """Opening hours of a department or a counter, with its closures.

    `hours` maps `mon` … `sun` to opening spans such as `[["08:30", "16:30"]]`,
    in the municipality's own zone; any number of spans a day, none when closed.
    `holidays` and `holiday_years` say which days seeded the closures; the
    closures themselves are what holds, and each can be edited. A promise goes by
    the `CalendarVersion` it was given by, for good; what is promised later goes
    by the closures of that day. Days that are over stay as they were.
    """

    class Holidays(models.TextChoices):
        ONTARIO = "ontario", _l("Ontario’s public holidays")
        NONE = "none", _l("None")

    code = models.SlugField(unique=True)
    name = LocalizedField()
    hours = models.JSONField(default=dict)
    after_hours = LocalizedField(blank=True, help_text="What the public is told while nobody is there.")
    holidays = models.CharField(max_length=10, choices=Holidays, default=Holidays.ONTARIO)
    holiday_years = models.JSONField(default=list)
    provenance = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.name)

    @cached_property
    def closed_on(self) -> frozenset[date]:
        """The dates on which this calendar is closed all day."""
        return frozenset(self.closures.order_by().values_list("on", flat=True))

    @cached_property
    def opening_hours(self) -> OpeningHours:
        """These hours as the business clock reckons with them."""
        return OpeningHours.from_json(self.hours, timezone.get_default_timezone_name(), self.closed_on)

    @property
    def in_words(self) -> list[Stretch]:
        """The hours of the week in words: “Monday to Friday”, “8:30 a.m. to 4:30 p.m.”."""
        return week_in_words(self.hours)

    def missing_holidays(self, year: int) -> dict[date, tuple[str, str]]:
        """Ontario's public holidays of a year, from today on, that do not close this calendar."""
        closed = set(self.closures.order_by().values_list("on", flat=True))
        today = timezone.localdate()
        return {on: names for on, names in ontario_days([year]).items() if on >= today and on not in closed}

    @verb
    def close_on(self, *, by: Any, on: date, name: Localized) -> None:
        """Close for one whole day, today or later: a closure of the municipality's own."""
        _demand_still_to_come(on)
        if self.closures.filter(on=on).exists():
            raise NotPossible(_("It is already closed on %(day)s.") % {"day": day(on)})
        self.closures.create(on=on, name=name, kind=Closure.Kind.MUNICIPAL)
        self._forget_closures()
        self.record("closed_on", by=by, on=on.isoformat())

    @verb
    def open_on(self, *, by: Any, on: date) -> None:
        """Take a closure of today or later away; a statutory holiday too, for a counter may open all the same."""
        _demand_still_to_come(on)
        closure = self.closures.filter(on=on).first()
        if closure is None:
            raise NotPossible(_("It is not closed on %(day)s.") % {"day": day(on)})
        closure.delete()
        self._forget_closures()
        self.record("opened_on", by=by, on=on.isoformat(), kind=closure.kind)

    @verb
    def seed(self, *, by: Any, year: int) -> None:
        """Close on Ontario's public holidays of a year, as far as they are missing and not over."""
        if self.holidays != self.Holidays.ONTARIO:
            raise NotPossible(_("This calendar does not follow the public holidays. Close it day by day."))
        _demand_still_to_come(date(min(year, date.max.year), 12, 31))
        missing = self.missing_holidays(year)
        if not missing:
            raise NotPossible(_("No public holiday of %(year)s is missing.") % {"year": year})
        Closure.objects.bulk_create(
            Closure(calendar=self, on=on, name=Localized(en=en, fr=fr), kind=Closure.Kind.STATUTORY)
            for on, (en, fr) in missing.items()
        )
        self.holiday_years = sorted({*self.holiday_years, year})
        self.save(update_fields=["holiday_years"])
        self._forget_closures()
        self.record("seeded", by=by, year=year, on=[on.isoformat() for on in missing])

    def _forget_closures(self) -> None:
        for known in ("closed_on", "opening_hours"):
            self.__dict__.pop(known, None)


def _demand_still_to_come(on: date) -> None:
    today = timezone.localdate()
    if on < today:
        raise NotPossible(_("%(day)s is over. What was open or closed then stays as it was.") % {"day": day(on)})
    if on.year > today.year + YEARS_AHEAD:
        raise NotPossible(_("Closures are entered up to %(count)s years ahead.") % {"count": YEARS_AHEAD})


class Closure(models.Model):
    """One day on which a calendar is closed: a holiday, or the municipality's own."""

    class Kind(models.TextChoices):
        STATUTORY = "statutory", _l("Statutory holiday")
        MUNICIPAL = "municipal", _l("Municipal closure")

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="closures")
    on = models.DateField()
    name = LocalizedField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.MUNICIPAL)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["calendar", "on"], name="one_closure_a_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class Department(Retirable):
    """A part of the municipality that is responsible for services."""

    code = models.SlugField(unique=True)
    name = LocalizedField()
    sort_key = models.CharField(max_length=100, db_index=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="departments")
    is_front = models.BooleanField(default=False, help_text="Takes in what nobody else is named for.")
    is_active = models.BooleanField(default=True)
    provenance = models.JSONField(default=dict)

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return str(self.name)


class Position(Retirable):
    """A chair in the organization; `reports_to` makes the reporting line.

    The escalation ladder of a formal complaint is read from this line, so a
    loop or a gap in it is refused when a pack is applied.
    """

    class Level(models.TextChoices):
        STAFF = "staff", _l("Staff")
        SUPERVISOR = "supervisor", _l("Supervisor")
        MANAGER = "manager", _l("Manager")
        DIRECTOR = "director", _l("Director")
        DEPUTY_CAO = "deputy_cao", _l("Deputy Chief Administrative Officer")
        CAO = "cao", _l("Chief Administrative Officer")

    code = models.SlugField(unique=True)
    title = LocalizedField()
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="positions")
    level = models.CharField(max_length=12, choices=Level, default=Level.STAFF)
    reports_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    is_active = models.BooleanField(default=True)
    provenance = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.title)


class Counter(Retirable):
    """A place where the public is served in person, with hours of its own."""

    code = models.SlugField(unique=True)
    name = LocalizedField()
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="counters")
    is_active = models.BooleanField(default=True)
    provenance = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.name)


class Role(SetUp):
    """A named list of grants, so that a municipality composes its own roles."""

    code = models.SlugField(unique=True)
    name = LocalizedField()
    grants = models.JSONField(default=list)
    provenance = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.name)

    @verb
    def change(self, *, by: Any, **values: Any) -> SetUp:
        """Let it say this from now on; somebody must be left who can invite staff and give them roles."""
        could = INVITES in self.grants
        super().change(by=by, **values)
        if could and INVITES not in self.grants and not self._somebody_invites():
            raise NotPossible(_("Nobody would be left who can invite staff. Give that to another role first."))
        return self

    def _somebody_invites(self) -> bool:
        held = Role.objects.filter(users__is_active=True, users__kind="staff").distinct()
        return any(INVITES in role.grants for role in held)
