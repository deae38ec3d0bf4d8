"""The clocks: working promises out again, and the sweep that tells staff of what is due, at a million open cases.

The sweep is held against the same rows written in bare SQL, in batches of the
same size, each committed.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from statistics import median
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from townline.accounts.models import CalendarVersion, User
from townline.cases.models import Case, Clock
from townline.cases.models.clocks import RECKONED
from townline.cases.proving import differing, open_cases
from townline.cases.warning import BATCH, sweep
from townline.catalogue.models import Service, Standard
from townline.routing.models import Queue
from townline.site.bench.house import House
from townline.site.bench.many import Row, pour, text_of
from townline.site.bench.report import Report

DATA_SEED = 1
KINDS = 5000
TIMES, IDLE, SWEEP, AGAIN = 5.0, 10.0, 1.0, 60.0
SQL = {
    "come": "SELECT id FROM cases_clock WHERE next_at <= %s ORDER BY next_at LIMIT 500",
    "told": "UPDATE cases_clock SET told = 1, next_at = late_at WHERE id = %s",
    "notification": "INSERT INTO cases_notification (user_id, case_id, kind, key, at)"
    " VALUES (%s, %s, 'due_soon', %s, %s)",
    "event": "INSERT INTO timeline_event (name, at, happened_at, by_id, subject_kind, subject_id, case_id, details)"
    " VALUES ('case.warned', %s, %s, %s, 'case', %s, %s, '{}')",
}


def measure(report: Report, house: House) -> None:
    """An idle tick, 10,000 newly due, and 100,000 open cases worked out again."""
    cases, due, again = (20_000, 1000, 5000) if report.quick else (1_000_000, 10_000, 100_000)
    report.settings(open_cases=f"{cases:,}", newly_due=f"{due:,}", worked_out=f"{again:,}", data_seed=DATA_SEED)
    officer = _open_cases(cases)
    idle = 1000 * median(_took(sweep) for _ in range(20))
    bare = 1000 * median(_took(lambda: _rows("come", [timezone.now()])) for _ in range(20))
    report.figure("an idle tick in bare SQL", bare, "ms")
    report.at_most("an idle tick", idle, IDLE, "ms")
    ids = random.Random(report.seed).sample(range(_first(), _first() + cases), 2 * due)
    limit = _took(lambda: _told_in_bare_sql(ids[due:], officer))
    _bring_forward(ids[:due])
    took = _took(sweep)
    report.figure("the same rows in bare SQL", limit, "s")
    report.at_most("a sweep of what is newly due", took, SWEEP, "s")
    report.at_most("the sweep against bare SQL", took / limit, TIMES, "times")
    report.at_most("promises told of twice by the next sweep", sweep(), 0)
    began = time.perf_counter()
    wrong = sum(len(differing(some)) for some in _some_open(again))
    report.at_most("promises worked out again", time.perf_counter() - began, AGAIN, "s")
    report.at_most("promises that differ from what is stored", wrong, 0)


def _some_open(count: int) -> Iterator[list[int]]:
    yield from islice(open_cases(), count // 1000)


def _open_cases(count: int) -> int:
    """Open cases with an answer kept and an outcome promised, as an intake would have made them; who has them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
    service = Service.objects.select_related("department__calendar").order_by("pk")[0]
    officer = User.objects.filter(kind=User.Kind.STAFF).order_by("pk")[0]
    kinds = _kinds(CalendarVersion.of(service.department.calendar))
    queue = Queue.objects.default_of(service.department).pk
    first = pour(Case, (_case(number, service, queue, officer.pk, kinds[number % KINDS]) for number in range(count)))
    pour(Clock, ({"case_id": first + number, **kinds[number % KINDS]} for number in range(count)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return officer.pk


def _kinds(version: CalendarVersion) -> list[Row]:
    """Promises with different starts, each worked out."""
    chance, now, found = random.Random(DATA_SEED), timezone.now().replace(microsecond=0), []
    for _ in range(KINDS):
        clock = Clock(
            promise="outcome", amount=60, unit=Standard.Unit.BUSINESS_DAYS, calendar_version=version,
            pauses_for=["customer"], started_at=now - timedelta(minutes=chance.randrange(60 * 24 * 30)),
        )  # fmt: skip
        clock.reckon([])
        moments = {name: text_of(getattr(clock, name)) for name in (*RECKONED, "started_at")}
        terms = {
            "promise": clock.promise,
            "amount": clock.amount,
            "unit": str(clock.unit),
            "pauses_for": '["customer"]',
        }
        found.append({**terms, "calendar_version_id": version.pk, **moments})
    return found


def _case(number: int, service: Service, queue: int, officer: int, clock: Row) -> Row:
    at = clock["started_at"]
    return {
        "reference": f"TL-{number:08d}", "kind": service.kind, "service_id": service.pk, "subject": "Invented",
        "department_id": service.department_id, "queue_id": queue, "assignee_id": officer, "status": "open",
        "channel": "phone",
        "received_at": at, "changed_at": at, "due_at": clock["due_at"], "due_kind": "outcome",
    }  # fmt: skip


def _first() -> int:
    return int(Clock.objects.order_by("pk").values_list("pk", flat=True)[0])


def _bring_forward(ids: list[int]) -> None:
    """Let the time of these come, a moment ago."""
    now = timezone.now() - timedelta(minutes=1)
    for start in range(0, len(ids), BATCH):
        Clock.objects.filter(pk__in=ids[start : start + BATCH]).update(next_at=now)


def _told_in_bare_sql(ids: list[int], officer: int) -> None:
    """What the sweep writes for so many promises, and nothing that finds out what to write."""
    now = timezone.now()
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(SQL["told"], [[pk] for pk in some])
            cursor.executemany(SQL["notification"], [[officer, pk, f"bare:{pk}", now] for pk in some])
            cursor.executemany(SQL["event"], [[now, now, officer, pk, pk] for pk in some])


def _rows(name: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(SQL[name], values)
        return list(cursor.fetchall())


def _took(doing: Callable[[], Any]) -> float:
    began = time.perf_counter()
    doing()
    return time.perf_counter() - began
