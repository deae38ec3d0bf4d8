"""Telling staff of promises that are soon due, overdue, and still overdue: each once, up the reporting line.

When to tell is worked out when a promise is reckoned and kept beside it; the
sweep only looks for what has come. A batch is one transaction: whoever is
told, that they were told, and the event stand or fall together.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Case as When
from django.db.models import F, Model, PositiveSmallIntegerField, Value
from django.db.models import When as If
from django.utils import timezone

from townline.accounts.models import Position, User
from townline.cases.models import CaseAccess, Clock, Notification
from townline.timeline.models import Event

Row = dict[str, Any]

BATCH = 500
KINDS = {
    Clock.Told.SOON: Notification.Kind.DUE_SOON,
    Clock.Told.LATE: Notification.Kind.OVERDUE,
    Clock.Told.LATER: Notification.Kind.ESCALATED,
}


class Line:
    """The reporting line, read once for a sweep: who is told of a case of whom, and how far up."""

    def __init__(self) -> None:
        self.above = dict(Position.objects.values_list("pk", "reports_to"))
        self.position: dict[int, int | None] = {}
        self.holders: dict[int | None, list[int]] = defaultdict(list)
        self.supervisors: dict[int, list[int]] = defaultdict(list)
        staff = User.objects.filter(kind=User.Kind.STAFF, is_active=True).prefetch_related("roles", "departments")
        for user in staff.order_by("pk"):
            self.position[user.pk] = user.position_id
            if user.position_id:
                self.holders[user.position_id].append(user.pk)
            if user.holds("case.supervise"):
                for department in user.departments.all():
                    self.supervisors[department.pk].append(user.pk)

    def told(self, assignee: int | None, department: int, stage: int) -> list[int]:
        """The assignee, from the due moment on the one they report to, and later the one above that.

        Where nobody has the case, or the line ends, those who supervise the department.
        """
        found = [assignee] if assignee in self.position else []
        position = self.position.get(assignee) if assignee else None
        for _level in range(stage - 1):
            position = self.above.get(position) if position else None
            found += self.holders[position] if position else []
        enough = 1 if stage == Clock.Told.SOON else 2
        if len(found) < enough:
            found += self.supervisors[department]
        return list(dict.fromkeys(found))


def sweep(now: datetime | None = None) -> int:
    """Tell of everything whose moment has come; how many promises that were."""
    now = now or timezone.now()
    line: Line | None = None
    count = 0
    while found := _some(now):
        line = line or Line()
        _tell(found, line, now)
        count += len(found)
        if len(found) < BATCH:
            break
    return count


def _some(now: datetime) -> list[int]:
    come = Clock.objects.filter(next_at__lte=now).order_by("next_at")
    return list(come.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _tell(ids: list[int], line: Line, now: datetime) -> None:
    held = Clock.objects.filter(pk__in=ids, next_at__lte=now).select_for_update(no_key=True, skip_locked=True)
    clocks: list[Any] = list(
        held.values(
            "id", "promise", "told", "late_at", "later_at", "case_id", assignee=F("case__assignee"),
            department=F("case__department"), is_confidential=F("case__is_confidential"),
        )
    )  # fmt: skip
    Clock.objects.filter(pk__in=[clock["id"] for clock in clocks]).update(
        told=When(
            If(later_at__lte=now, then=Value(Clock.Told.LATER)),
            If(late_at__lte=now, then=Value(Clock.Told.LATE)),
            default=Value(Clock.Told.SOON),
            output_field=PositiveSmallIntegerField(),
        ),
        next_at=When(If(late_at__gt=now, then=F("late_at")), If(later_at__gt=now, then=F("later_at")), default=None),
    )
    admitted = _admitted([clock["case_id"] for clock in clocks if clock["is_confidential"]], now)
    told = [(clock, _stage(clock, now)) for clock in clocks]
    _insert(Notification, (row for clock, stage in told for row in _notifications(clock, stage, line, admitted, now)))
    townline = User.objects.system()
    _insert(Event, (_event(clock, stage, townline, now) for clock, stage in told))


def _insert(model: type[Model], rows: Iterable[Row]) -> None:
    """Many rows at once, without making a record of each; what is there already (`told_once`) stays as it is."""
    found = list(rows)
    if not found:
        return
    table = model._meta.db_table
    names = [str(model._meta.get_field(name).column) for name in found[0]]  # type: ignore[union-attr]
    into, marks = f"INSERT INTO {table} ({', '.join(names)})", ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement with one value: what a driver spends on each mark of many is half of the sweep.
            given = json.dumps([dict(zip(names, row.values(), strict=True)) for row in found], default=str)
            rows_of = f"SELECT {', '.join(names)} FROM json_populate_recordset(NULL::{table}, %s)"
            cursor.execute(f"{into} {rows_of} ON CONFLICT DO NOTHING", [given])
            return
        plain = [[json.dumps(one) if isinstance(one, dict) else one for one in row.values()] for row in found]
        cursor.executemany(f"{into} VALUES ({marks}) ON CONFLICT DO NOTHING", plain)


def _stage(clock: dict[str, Any], now: datetime) -> Clock.Told:
    """How far it has come by now; what was missed on the way is not told after it."""
    if clock["later_at"] <= now:
        return Clock.Told.LATER
    return Clock.Told.LATE if clock["late_at"] <= now else Clock.Told.SOON


def _admitted(cases: Iterable[int], now: datetime) -> dict[int, set[int]]:
    """Who may know of each of these confidential cases."""
    found: dict[int, set[int]] = defaultdict(set)
    if cases:
        for case, user in CaseAccess.objects.live(now).filter(case__in=cases).values_list("case", "user"):
            found[case].add(user)
    return found


def _notifications(
    clock: dict[str, Any], stage: Clock.Told, line: Line, admitted: dict[int, set[int]], now: datetime
) -> Iterator[Row]:
    at = connection.ops.adapt_datetimefield_value(now)
    for user in line.told(clock["assignee"], clock["department"], stage):
        if not clock["is_confidential"] or user in admitted[clock["case_id"]]:
            key = f"clock:{clock['id']}:{stage}"
            yield {"user": user, "case": clock["case_id"], "kind": KINDS[stage].value, "key": key, "at": at}


def _event(clock: dict[str, Any], stage: Clock.Told, by: User, now: datetime) -> Row:
    """As `record` would write it, many at once; nothing reacts to it."""
    at = connection.ops.adapt_datetimefield_value(now)
    case = clock["case_id"]
    details = {"clock": clock["id"], "promise": clock["promise"], "told": int(stage)}
    return {
        "name": "case.warned", "at": at, "happened_at": at, "by": by.pk, "subject_kind": "case", "subject_id": case,
        "case_id": case, "details": details,
    }  # fmt: skip
