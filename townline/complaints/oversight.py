"""What the Deputy Clerk and the CAO see of formal complaints: figures, and no person behind a small one.

All is counted over what the reader may know of. Counts of one to four are not
shown, nor what would give them away (`core/small_cells.py`). No two breakdowns
count the same thing under other names, so that none fills the gaps of another.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Clock, Passing, Reading
from townline.catalogue.models import Service
from townline.complaints.models import (
    Assignment,
    Complaint,
    Decision,
    EmergencyAccess,
    Finding,
    FollowUp,
    LadderLevel,
)
from townline.core.access import visible
from townline.core.small_cells import LEAST, protect, shown

YEARS = 5
BY: dict[str, Any] = {
    "level": _l("By the level at which they stand"),
    "service": _l("By the service they are about"),
    "about": _l("By what they are about"),
    "month": _l("By the month in which they came in"),
    "promise": _l("Promises to answer"),
    "outcome": _l("What was found, at each level"),
}
"""What is counted."""


@dataclass(frozen=True)
class Cell:
    """One count: None when it is not shown. `url` opens the rows behind it."""

    name: Any
    count: int | None
    url: str = ""


@dataclass(frozen=True)
class Figure:
    """One breakdown, with its total."""

    code: str
    title: Any
    cells: list[Cell]
    total: int | None

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((cell.count or 0 for cell in self.cells), default=0)

    @property
    def is_whole(self) -> bool:
        """Is every count shown?"""
        return self.total is not None and all(cell.count is not None for cell in self.cells)


def within(year: int) -> tuple[datetime, datetime]:
    """The first moment of a year here, and that of the next."""
    first, last = (timezone.make_aware(datetime.combine(date(one, 1, 1), time())) for one in (year, year + 1))
    return first, last


def received_in(user: Any, year: int) -> "QuerySet[Complaint]":
    """The complaints of a year that somebody may know of."""
    first, last = within(year)
    return visible(user, Complaint.objects.filter(case__received_at__gte=first, case__received_at__lt=last))


def figures(user: Any, year: int) -> list[Figure]:
    """Everything that is counted of one year."""
    found = received_in(user, year)
    return [_figure(found, by, year) for by in BY]


def _figure(found: "QuerySet[Complaint]", by: str, year: int) -> Figure:
    counts = COUNTS[by](found) if by in COUNTS else _counted(_grouped(found, by), "of")
    names = NAMES[by](counts)
    safe = protect({key: counts.get(key, 0) for key in names})
    cells = [Cell(name, safe[key], _rows_url(year, by, key) if safe[key] else "") for key, name in names.items()]
    return Figure(by, BY[by], cells, shown(sum(counts.values())))


def _counted(rows: "QuerySet[Any, Any]", field: str) -> dict[Any, int]:
    return dict(rows.values_list(field).annotate(n=Count("pk")).order_by())


def _grouped(found: "QuerySet[Complaint]", by: str) -> "QuerySet[Any, Any]":
    fields = {"level": F("level"), "service": F("about_service"), "about": F("about")}
    return found.annotate(of=ExtractMonth("case__received_at") if by == "month" else fields[by])


def _level_names(counts: Iterable[Any]) -> dict[Any, Any]:
    titles = {level.number: level.title for level in LadderLevel.objects.all()}
    return {0: _("At intake"), **titles, **{key: f"{key}" for key in counts if key not in titles and key != 0}}


def _service_names(counts: Iterable[Any]) -> dict[Any, Any]:
    found = Service.objects.filter(pk__in=[key for key in counts if key]).order_by("sort_key")
    return {**{one.pk: one.name for one in found}, None: _("No service was named")}


NAMES: dict[str, Callable[[Iterable[Any]], dict[Any, Any]]] = {
    "level": _level_names,
    "service": _service_names,
    "about": lambda counts: dict(Complaint.About.choices),
    "month": lambda counts: dict(MONTHS),
    "promise": lambda counts: {"kept": _("Kept in time"), "late": _("Broken"), "running": _("Still running")},
    "outcome": lambda counts: dict(Finding.choices),
}


def _rows_url(year: int, by: str, key: Any) -> str:
    query = urlencode({"year": year, "by": by, "of": "" if key is None else key})
    return f"{reverse('complaints:oversight_rows')}?{query}"


def rows_behind(user: Any, year: int, by: str, of: str) -> tuple[Any, "QuerySet[Complaint]"] | None:
    """The complaints behind one figure, with its name; None for one that is not shown."""
    found = received_in(user, year)
    url = _rows_url(year, by, of or None)
    cell = next((one for one in _figure(found, by, year).cells if one.url == url), None)
    if cell is None:
        return None
    if by == "outcome":
        return cell.name, found.filter(pk__in=Decision.objects.filter(finding=of).values("complaint"))
    if by == "promise":
        return cell.name, found.filter(case__in=_answers(found).filter(_how_promises_stand()[of]).values("case"))
    rows = _grouped(found, by)
    return cell.name, rows.filter(of=of) if of else rows.filter(of=None)


def _answers(found: "QuerySet[Complaint]") -> "QuerySet[Clock]":
    """The promises to answer; one that was given anew counts once."""
    given = Clock.objects.filter(case__complaint__in=found, promise="answer")
    return given.exclude(ending__in=(Clock.Ending.REPLACED, Clock.Ending.DROPPED))


def _how_promises_stand() -> dict[str, Q]:
    now = timezone.now()
    late = Q(ended_at=None, due_at__lt=now) | Q(ended_at__gt=F("due_at"))
    running = Q(ended_at=None) & (Q(due_at=None) | Q(due_at__gte=now))
    return {"kept": Q(ended_at__isnull=False) & ~late, "late": late, "running": running}


def _promises(found: "QuerySet[Complaint]") -> dict[Any, int]:
    stand = _how_promises_stand()
    counts: dict[Any, int] = _answers(found).aggregate(**{key: Count("pk", filter=q) for key, q in stand.items()})
    return counts


COUNTS: dict[str, Callable[[Any], dict[Any, int]]] = {
    "promise": _promises,
    "outcome": lambda found: _counted(Decision.objects.filter(complaint__in=found), "finding"),
}


def days_at_levels(user: Any, year: int) -> list[tuple[Any, int | None]]:
    """How many days half of the investigations at each level took; None where there are too few to say."""
    found = received_in(user, year)
    decided = {
        (row["complaint_id"], row["level"]): row["at"]
        for row in Decision.objects.filter(complaint__in=found).values("complaint_id", "level", "at")
    }
    spans: dict[int, list[float]] = {}
    turns = Assignment.objects.filter(complaint__in=found, role=Assignment.Role.INVESTIGATOR)
    for turn in turns.values("complaint_id", "level", "from_at", "until_at"):
        end = decided.get((turn["complaint_id"], turn["level"])) or turn["until_at"]
        if end and end >= turn["from_at"]:
            spans.setdefault(turn["level"], []).append((end - turn["from_at"]).total_seconds() / 86400)
    return [
        (level.title, round(median(days)) if len(days := spans.get(level.number, [])) >= LEAST else None)
        for level in LadderLevel.objects.exclude(held_by="")
    ]


def remedies_due(user: Any) -> dict[str, Any]:
    """Remedies and lessons that are still open, soonest due first; how many are late."""
    known = visible(user, Complaint.objects.all())
    rows = FollowUp.objects.filter(complaint__in=known, done_at=None).select_related("complaint__case")
    return {"rows": list(rows.order_by("due_on", "pk")[:20]), "today": timezone.localdate()}


def emergencies(user: Any, year: int) -> dict[str, Any]:
    """How often a file was opened in an emergency, and what nobody has reviewed: about staff, so counted exactly."""
    first, last = within(year)
    known = EmergencyAccess.objects.filter(complaint__in=visible(user, Complaint.objects.all()))
    open_ones = list(known.filter(reviewed_at=None).select_related("complaint__case", "user").order_by("at")[:50])
    of_year = known.filter(at__gte=first, at__lt=last)
    wrong = of_year.filter(was_right=False)
    return {
        "count": of_year.count(),
        "wrong": wrong.count(),
        "unreviewed": open_ones,
        "late": sum(1 for one in open_ones if one.is_review_late),
    }


def by_year(user: Any, this_year: int) -> list[tuple[int, int | None, int, int]]:
    """Complaints, compliments and feedback of each of the last years."""
    return [
        (
            year,
            shown(received_in(user, year).count()),
            Passing.objects.filter(at__gte=within(year)[0], at__lt=within(year)[1]).count(),
            Reading.objects.filter(at__gte=within(year)[0], at__lt=within(year)[1]).count(),
        )
        for year in range(this_year, this_year - YEARS, -1)
    ]
