"""The municipality as an organization: departments, positions, counters, calendars."""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _l

from townline.core.clock import OpeningHours
from townline.core.localized import LocalizedField
from townline.timeline.models import Recorded


class Municipality(Recorded):
    """The corporation served: one row per installation, written by its pack."""

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
    about_glossary = LocalizedField(help_text="What the policy is whose definitions are shown.")
    provenance = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return str(self.name)


class Calendar(models.Model):
    """Opening hours of a department or a counter, with its closures.

    `hours` maps `mon` … `sun` to opening spans such as `[["08:30", "16:30"]]`,
    in the municipality's own zone; any number of spans a day, none when closed.
    `holidays` and `holiday_years` say which days seeded the closures; the
    closures themselves are what holds, and each can be edited.
    """

    class Holidays(models.TextChoices):
        ONTARIO = "ontario", _l("Ontario's public holidays")
        NONE = "none", _l("None")

    code = models.SlugField(unique=True)
    name = LocalizedField()
    hours = models.JSONField(default=dict)
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


class Department(models.Model):
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


class Position(models.Model):
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


class Counter(models.Model):
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


class Role(models.Model):
    """A named list of grants, so that a municipality composes its own roles."""

    code = models.SlugField(unique=True)
    name = LocalizedField()
    grants = models.JSONField(default=list)
    provenance = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.name)
