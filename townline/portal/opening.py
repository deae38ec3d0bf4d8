"""When somebody can be reached, in a few words: “Open now, until 4:30 p.m.”, “Opens Monday, 8:30 a.m.”."""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from townline.accounts.models import Calendar
from townline.catalogue.models import Service
from townline.core.localized import Localized
from townline.ui.moments import moment, near_moment, time_of_day

FOREVER = 9999


class Opening(NamedTuple):
    """Open or closed now, until when, and for which closure if it is one."""

    is_open: bool
    words: str
    closed_for: str = ""


class Closed(NamedTuple):
    """When somebody is there again, and what to do until then."""

    opening: Opening
    words: Localized


def opening_of(calendar: Calendar, now: datetime) -> Opening | None:
    """What a calendar says of this moment; None for hours that never open."""
    hours = calendar.opening_hours
    if not any(calendar.hours.values()):
        return None
    if hours.is_open(now):
        return Opening(True, _until(hours.closes_at(now), now))
    today = timezone.localtime(now).date()
    closure = next((closure for closure in calendar.closures.all() if closure.on == today), None)
    return Opening(False, _opens(hours.next_opening(now), now), str(closure.name) if closure else "")


def closed_now(service: Service) -> "Closed | None":
    """That nobody is there for a service now, when they are again, and what to do meanwhile; None while it is open."""
    calendar = service.department.calendar
    found = opening_of(calendar, timezone.now())
    return None if found is None or found.is_open else Closed(found, service.after_hours or calendar.after_hours)


def _until(at: datetime | None, now: datetime) -> str:
    """Nothing for hours that never end."""
    if at is None:
        return ""
    is_today = timezone.localtime(at).date() == timezone.localtime(now).date()
    return _("until %(time)s") % {"time": time_of_day(at) if is_today else near_moment(at, now)}


def _opens(at: datetime, now: datetime) -> str:
    """The day as short as it can be understood: a weekday alone for the next six days."""
    local, here = timezone.localtime(at), timezone.localtime(now)
    away = (local.date() - here.date()).days
    if 1 < away < 7:
        return _("opens %(day)s, %(time)s") % {"day": date_format(local, "l"), "time": time_of_day(local)}
    when = near_moment(at, now) if away < 2 else moment(local, year=local.year != here.year)
    return _("opens %(when)s") % {"when": when}
