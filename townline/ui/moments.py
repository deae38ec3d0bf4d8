"""Moments, days and clocks in words, in the language of the page.

Pages, mail and documents all say a time the same way, so that what was
promised on the screen can be found word for word in the letter.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

FOREVER = 9999


class Due(NamedTuple):
    """A clock in words; `tone` is one of open, soon, late, paused, kept, missed, none."""

    text: str
    tone: str
    at: datetime | None


def is_french() -> bool:
    """Whether the page is in French now."""
    return (get_language() or "en").startswith("fr")


def _local(at: date | datetime) -> date | datetime:
    return timezone.localtime(at) if isinstance(at, datetime) and timezone.is_aware(at) else at


def day(on: date | datetime, *, year: bool = True) -> str:
    """“Thursday 3 December 2026”, “jeudi 3 décembre 2026”; the year can be left out."""
    on = _local(on)
    return _first(date_format(on, "l j F Y" if year else "l j F"))


def day_of_year(month: int, number: int) -> str:
    """“15 November”, “15 novembre”; a day that a month does not have is its last one."""
    last = monthrange(2024, month)[1]
    return _first(date_format(date(2024, month, min(number, last)), "j F"))


def _short_day(on: date | datetime, *, weekday: bool = False, year: bool = False) -> str:
    """“Thu 3 Dec 2026”, “jeu. 3 déc. 2026”; French needs four letters to tell June from July."""
    shown = date_format(on, f"{'D. ' if weekday else ''}j N" if is_french() else f"{'D ' if weekday else ''}j M")
    return _first(f"{shown} {on.year}" if year else shown)


def _first(shown: str) -> str:
    """The first of a month is an ordinal in French."""
    return re.sub(r"\b1 ", "1er ", shown, count=1) if is_french() else shown


def time_of_day(at: datetime | time) -> str:
    """“4:30 p.m.”, “4 p.m.”, “noon”; “16 h 30”, “16 h”, “midi”."""
    at = timezone.localtime(at) if isinstance(at, datetime) and timezone.is_aware(at) else at
    if at.minute == 0 and at.hour in (0, 12):
        return _("noon") if at.hour else _("midnight")
    if is_french():
        hour = f"{at.hour}\N{NO-BREAK SPACE}h"
        return f"{hour}\N{NO-BREAK SPACE}{at.minute:02}" if at.minute else hour
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes} {'a.m.' if at.hour < 12 else 'p.m.'}"


def moment(at: datetime, *, year: bool = True) -> str:
    """“Thursday 3 December 2026, 4:30 p.m.”, “jeudi 3 décembre 2026, 16 h 30”."""
    return f"{day(at, year=year)}, {time_of_day(at)}"


def deadline(at: datetime, now: datetime | None = None) -> str:
    """The end of a promise: “Thursday 3 December, 4:30 p.m.”, or the day alone when all of it still counts."""
    local, here = timezone.localtime(at), timezone.localtime(now)
    is_last_minute = (local.hour, local.minute) == (23, 59)
    return (day if is_last_minute else moment)(local, year=local.year != here.year)


def short_moment(at: datetime, now: datetime | None = None) -> str:
    """For dense rows: “4:30 p.m.” today, “yesterday, 4:30 p.m.”, else “3 Dec, 4:30 p.m.” or “3 Dec 2025”."""
    local, here = timezone.localtime(at), timezone.localtime(now)
    if local.date() == here.date():
        return time_of_day(local)
    if local.date() == here.date() - timedelta(days=1):
        return _("yesterday, %(time)s") % {"time": time_of_day(local)}
    if local.year != here.year:
        return _short_day(local, year=True)
    return f"{_short_day(local)}, {time_of_day(local)}"


def near_moment(at: datetime, now: datetime, *, brief: bool = False) -> str:
    """“today, 4:30 p.m.”, “tomorrow, 4:30 p.m.”, else the day; the year only when it is another."""
    local, here = timezone.localtime(at), timezone.localtime(now)
    away = (local.date() - here.date()).days
    if away == 0:
        return _("today, %(time)s") % {"time": time_of_day(local)}
    if away == 1:
        return _("tomorrow, %(time)s") % {"time": time_of_day(local)}
    if brief:
        return _short_day(local, weekday=True, year=local.year != here.year)
    return moment(local, year=local.year != here.year)


def span(length: timedelta) -> str:
    """A length of time as people say it: “20 minutes”, “3 hours”, “2 days”."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 24:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = hours // 24
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def due(clock: Any, now: datetime | None = None, *, brief: bool = False) -> Due:
    """A due moment, or anything with `due_at` (and `ended_at`, if it has one), in words.

    A clock that ended says whether the promise was kept; one that runs without
    a due moment is paused. The far future stands for “no clock runs”. `brief` is
    for dense rows: “due Thu 3 Dec”.
    """
    now = now or timezone.now()
    at = clock if clock is None or isinstance(clock, datetime) else getattr(clock, "due_at", None)
    ended_at = getattr(clock, "ended_at", None)
    if at is None and getattr(clock, "is_running", False):
        return Due(_("paused"), "paused", None)
    if at is None or at.year >= FOREVER:
        return Due(_("nothing due"), "none", None)
    if ended_at and ended_at > at:
        return Due(_("missed by %(span)s") % {"span": span(ended_at - at)}, "missed", at)
    if ended_at:
        return Due(_("kept, %(when)s") % {"when": moment(ended_at, year=ended_at.year != now.year)}, "kept", at)
    if at < now:
        return Due(_("%(span)s late") % {"span": span(now - at)}, "late", at)
    return Due(
        _("due %(when)s") % {"when": near_moment(at, now, brief=brief)},
        "soon" if at - now <= timedelta(hours=24) else "open",
        at,
    )
