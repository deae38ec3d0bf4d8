"""How long does a writer wait when eight processes write to one SQLite file?

`run(seconds)` measures it with Townline's own backend and with Django's, in
the same run and on the same disk. One write is what a submission writes: four
rows in one durable transaction.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from subprocess import PIPE
from typing import NamedTuple

from townline.site.bench.house import House
from townline.site.bench.report import Report

ENGINES = {"queued": "townline.core.sqlite", "plain": "django.db.backends.sqlite3"}
OPTIONS = {
    "queued": {"timeout": 10},
    "plain": {
        "timeout": 10,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
    },
}
WORST = 500
READY = b"ready\n"
GO = b"go\n"


class Write(NamedTuple):
    """One write: its row, its ticket in the queue, and the seconds until it was let in and until it was durable."""

    row: int
    ticket: int
    waited: float
    took: float


def measure(report: Report, house: House) -> None:
    """The worst wait of a writer in the queue; and what Django's own backend makes one wait in the same run."""
    seconds, writers = (3, 8) if report.quick else (10, 8)
    report.settings(writers=writers, seconds=seconds)
    found = run(seconds, writers)
    queued, plain = found["queued"], found["plain"]
    report.figure("writes, in the queue", queued["writes_per_second"], "a second")
    report.figure("p99 of a wait, in the queue", queued["p99_wait_ms"], "ms")
    report.figure("worst wait with Django’s own backend", plain["worst_wait_ms"], "ms")
    report.at_most("worst wait, in the queue", queued["worst_wait_ms"], WORST, "ms")
    report.at_most("the same, against Django’s own", queued["worst_wait_ms"] / plain["worst_wait_ms"], 1, "times")


def run(seconds: float = 3, writers: int = 8) -> dict[str, dict[str, float]]:
    """Waits in milliseconds and writes per second, `queued` (Townline's backend) and `plain` (Django's)."""
    return {name: _figures(contend(name, seconds, writers), seconds) for name in ENGINES}


def contend(kind: str, seconds: float, writers: int) -> list[list[Write]]:
    """Let real processes write at once for some seconds; for each writer, its writes in order."""
    with tempfile.TemporaryDirectory(prefix="townline-writers-") as folder:
        command = [sys.executable, "-m", __name__, kind, str(Path(folder, "town.sqlite3")), str(seconds)]
        running = [subprocess.Popen(command, stdin=PIPE, stdout=PIPE) for _ in range(writers)]
        ready = [process.stdout.readline() for process in running if process.stdout]
        assert ready == [READY] * writers, "A writer did not start."
        for process in running:
            if process.stdin:
                process.stdin.write(GO)
                process.stdin.flush()
        told = [process.communicate(timeout=seconds + 60)[0] for process in running]
    return [[Write(*write) for write in json.loads(lines)] for lines in told]


def _figures(writes: list[list[Write]], seconds: float) -> dict[str, float]:
    everything = [write for one in writes for write in one]
    waits = sorted(write.waited * 1000 for write in everything)
    return {
        "worst_wait_ms": waits[-1],
        "p99_wait_ms": waits[int(len(waits) * 0.99)],
        "p50_wait_ms": waits[len(waits) // 2],
        "writes_per_second": len(everything) / seconds,
        "fewest": min(map(len, writes)),
        "most": max(map(len, writes)),
    }


def _write(kind: str, path: str, seconds: float) -> list[Write]:
    """One writer's part, in a process of its own."""
    import django
    from django.conf import settings

    settings.configure(DATABASES={"default": {"ENGINE": ENGINES[kind], "NAME": path, "OPTIONS": OPTIONS[kind]}})
    django.setup()
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for table in range(4):
            cursor.execute(f"CREATE TABLE IF NOT EXISTS t{table} (id integer PRIMARY KEY AUTOINCREMENT, body text)")
    sys.stdout.buffer.write(READY)
    sys.stdout.flush()
    sys.stdin.readline()
    writes: list[Write] = []
    until = time.monotonic() + seconds
    while (asked := time.monotonic()) < until:
        with transaction.atomic(), connection.cursor() as cursor:
            let_in = time.monotonic()
            turn = getattr(connection, "turn", None)
            for table in range(4):
                cursor.execute(f"INSERT INTO t{table} (body) VALUES (%s)", ["a pothole on Queen Street " * 8])
            row = cursor.lastrowid
        writes.append(Write(row, turn.ticket if turn else 0, let_in - asked, time.monotonic() - asked))
    return writes


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_write(sys.argv[1], sys.argv[2], float(sys.argv[3]))))
