"""The opening hours of a week in words, days with the same hours together."""

from collections.abc import Mapping, Sequence
from datetime import time
from itertools import groupby
from typing import NamedTuple

from django.utils.dates import WEEKDAYS as NAMES
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from townline.core.hours import WEEKDAYS
from townline.ui.moments import time_of_day

ALL_DAY = ["00:00", "24:00"]

Spans = Sequence[Sequence[str]]


class Stretch(NamedTuple):
    """Days that follow one another and have the same hours."""

    days: str
    times: str


def week_in_words(hours: Mapping[str, Spans]) -> list[Stretch]:
    """“Monday to Friday”, “8:30 a.m. to noon, 1 p.m. to 4:30 p.m.”; then “Saturday and Sunday”, “closed”."""
    week = [(number, [list(span) for span in hours.get(name, ())]) for number, name in enumerate(WEEKDAYS)]
    return [
        Stretch(_days([number for number, _spans in same]), _times(spans))
        for spans, same in ((spans, list(found)) for spans, found in groupby(week, key=lambda each: each[1]))
    ]


def _days(numbers: list[int]) -> str:
    first, last = str(NAMES[numbers[0]]), str(NAMES[numbers[-1]])
    if len(numbers) == len(WEEKDAYS):
        return _("Every day")
    if len(numbers) == 1:
        return capfirst(first)
    both = _("%(first)s and %(last)s") if len(numbers) == 2 else _("%(first)s to %(last)s")
    return capfirst(both % {"first": first, "last": last})


def _times(spans: list[list[str]]) -> str:
    if not spans:
        return _("closed")
    if spans == [ALL_DAY]:
        return _("day and night")
    return ", ".join(_("%(opens)s to %(closes)s") % {"opens": _time(a), "closes": _time(b)} for a, b in spans)


def _time(written: str) -> str:
    return time_of_day(time.min if written == "24:00" else time.fromisoformat(written))
