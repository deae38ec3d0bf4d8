"""How fast the proof is: a million events held against their chain, and what sealing costs those who write meanwhile.

The events are made by the database itself; each is sealed by the sealer. Then
one of them is changed behind its back, and must be named first.
"""

import subprocess
import time
from collections.abc import Callable
from subprocess import PIPE
from typing import TypeVar

from django.db import connection, transaction

from townline.accounts.models import User
from townline.audit import sealing, verifying
from townline.audit.models import Link
from townline.site.bench.house import House
from townline.site.bench.report import Report
from townline.site.processes import command_of
from townline.timeline.models import Event
from townline.timeline.triggers import writable

T = TypeVar("T")
SECONDS = 10.0
SHARE = 0.9
WINDOW = 4.0
AT_ONCE = 50_000
NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)",
    "postgresql": "WITH n(i) AS (SELECT generate_series(1, %s))",
}
MOMENT = {
    "sqlite": "'2026-01-02 03:04:05.' || printf('%%06d', i %% 1000000)",
    "postgresql": "timestamptz '2026-01-02 03:04:05Z' + i * interval '1 microsecond'",
}
DETAILS = {
    "sqlite": "json_object('outcome', 'done', 'message', i, 'to', i %% 97)",
    "postgresql": "jsonb_build_object('outcome', 'done', 'message', i, 'to', i %% 97)",
}


def measure(report: Report, house: House) -> None:
    """Many events, sealed and verified; then writing with and without a sealer beside it."""
    count = 50_000 if report.quick else 1_000_000
    report.settings(events=count)
    _happen(count)
    sealed_in, _none = timed(sealing.seal)
    report.figure("events sealed", count / sealed_in, "a second")
    _settle()
    verified_in, faults = timed(lambda: list(verifying.faults()))
    report.at_most("faults of a chain that was left alone", len(faults), 0)
    report.at_most(f"verifying {verifying.count():,} events", verified_in, SECONDS * count / 1_000_000, "s")
    report.at_least("a changed event is named first", _is_named_first(count // 2), 1)
    plain, beside = rates(2 if report.quick else 5)
    report.figure("events written with nobody sealing", plain, "a second")
    report.figure("the same while they are sealed", beside, "a second")
    report.at_least("sealed, as a share of unsealed", beside / plain, SHARE)


def timed(do: Callable[[], T]) -> tuple[float, T]:
    """How long it took, and what came of it."""
    began = time.perf_counter()
    found = do()
    return time.perf_counter() - began, found


def _happen(count: int) -> None:
    """Events as the verbs write them, by the hundred thousand."""
    vendor, by = connection.vendor, User.objects.system().pk
    columns = "name, at, happened_at, by_id, subject_kind, subject_id, case_id, details"
    moment, details = MOMENT[vendor], DETAILS[vendor]
    rows = f"SELECT 'case.closed', {moment}, {moment}, {by}, 'case', i, i, {details} FROM n"
    statement = f"{NUMBERS[vendor]} INSERT INTO timeline_event ({columns}) {rows}"
    for _ in range(count // AT_ONCE):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [AT_ONCE])


def _settle() -> None:
    """What a database does by itself within minutes of so many rows, before anything is measured."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)")


def _is_named_first(place: int) -> int:
    """Change one event as somebody would who owns the database; is it the first that is named?"""
    event = Link.objects.get(pk=place).event_id
    with writable():
        Event.objects.filter(pk=event).update(subject_id=0)
    first = next(verifying.faults(), "")
    with writable():
        Event.objects.filter(pk=event).delete()
    return int(first.startswith(f"Event {event}, sealed at place {place},"))


def rates(rounds: int) -> tuple[float, float]:
    """Events written a second, each in a transaction of its own: alone and with a sealer, in turns."""
    alone, beside = [], []
    with subprocess.Popen(command_of("townline.site.bench.sealer"), stdin=PIPE, stdout=PIPE) as sealer:
        assert sealer.stdin is not None
        assert sealer.stdout is not None
        for _ in range(rounds):
            _ask(sealer)
            sealer.stdout.readline()
            alone.append(_written())
            beside.append(_written(lambda: _ask(sealer)))
            sealer.stdout.readline()
        sealer.stdin.close()
    return sum(alone) / len(alone), sum(beside) / len(beside)


def _ask(sealer: "subprocess.Popen[bytes]") -> None:
    """Seal now what has come, in a process of its own, as the worker does every minute."""
    assert sealer.stdin is not None
    sealer.stdin.write(b"seal\n")
    sealer.stdin.flush()


def _written(half_way: Callable[[], None] | None = None) -> float:
    by, count, began = User.objects.system(), 0, time.perf_counter()
    while (took := time.perf_counter() - began) < WINDOW:
        if half_way and took > WINDOW / 2:
            half_way()
            half_way = None
        with transaction.atomic():
            Event.objects.create(name="case.noted", by=by, subject_kind="case", subject_id=count, details={"n": count})
        count += 1
    return count / took
