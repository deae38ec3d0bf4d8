"""Working stored due moments out again from the history of each promise, to prove that they are what follows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from townline.accounts.models import CalendarVersion, User
from townline.cases.models import NEVER, Case, Clock, Weather
from townline.cases.models import Wait as Waited
from townline.cases.models.clocks import RECKONED
from townline.core.promise import Wait

BATCH = 1000


def open_cases() -> Iterator[list[int]]:
    """The ids of every open case, some at a time."""
    last = 0
    while found := list(
        Case.objects.filter(pk__gt=last, due_at__lte=NEVER).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        yield found
        last = found[-1]


def differing(cases: Iterable[int]) -> list[int]:
    """Those of these cases with a promise, or a nearest due moment, that does not follow from its history."""
    wanted = list(cases)
    waits: dict[int, list[Wait]] = defaultdict(list)
    waited = Waited.objects.filter(case__in=wanted).order_by("began_at")
    for case, reason, began_at, ended_at in waited.values_list("case", "reason", "began_at", "ended_at"):
        waits[case].append(Wait(reason, began_at, ended_at))
    nearest: dict[int, list[Any]] = defaultdict(list)
    found = set()
    known: dict[Any, Any] = {}
    for clock in Clock.objects.filter(case__in=wanted, ended_at=None):
        if _differs(_with_known(clock, known), waits[clock.case_id]):
            found.add(clock.case_id)
        nearest[clock.case_id] += [(clock.due_at, clock.promise)] if clock.due_at else []
    for case, due_at, due_kind in Case.objects.filter(pk__in=wanted).values_list("pk", "due_at", "due_kind"):
        if (due_at, due_kind) != min(nearest[case], default=(NEVER, "")):
            found.add(case)
    return sorted(found)


def mend(cases: Iterable[int]) -> None:
    """Store what follows from their histories."""
    townline = User.objects.system()
    for case in Case.objects.filter(pk__in=list(cases)):
        case.reckon_anew(by=townline)


def sample(moment: Any) -> list[int]:
    """Some open cases, of which staff are told something next after this moment."""
    coming = Clock.objects.filter(next_at__gte=moment).order_by("next_at")
    return sorted(set(coming.values_list("case_id", flat=True)[: 2 * BATCH]))


def _with_known(clock: Clock, known: dict[Any, Any]) -> Clock:
    """With its calendar version and weather event, of which there are few, each read once."""
    version, weather = clock.calendar_version_id, clock.weather_id
    if version not in known:
        known[version] = CalendarVersion.objects.get(pk=version)
    clock.calendar_version = known[version]
    if weather:
        if ("weather", weather) not in known:
            known["weather", weather] = Weather.objects.get(pk=weather)
        clock.weather = known["weather", weather]
    return clock


def _differs(clock: Clock, waits: list[Wait]) -> bool:
    stored = [getattr(clock, field) for field in RECKONED]
    clock.reckon(waits)
    return stored != [getattr(clock, field) for field in RECKONED]
