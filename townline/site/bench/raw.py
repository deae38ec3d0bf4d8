"""The limit: how often a second can the rows of one submission be committed, with nothing but SQL?

`pattern` reads what one submission through the portal left behind; `rate`
lets bare processes write the same rows again and again, each time as one
durable transaction, into the same tables with the same indexes. Run as a
program it is one such process.
"""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from itertools import cycle
from subprocess import PIPE
from typing import Any

READY = b"ready\n"
PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "journal_size_limit = 67108864")
ONE_CASE = [
    ("customers_customer", "SELECT * FROM customers_customer WHERE id = {customer_id}"),
    ("timeline_event", "SELECT * FROM timeline_event WHERE subject_kind = 'customer' AND subject_id = {customer_id}"),
    ("customers_contactpoint", "SELECT * FROM customers_contactpoint WHERE customer_id = {customer_id}"),
    ("cases_case", "SELECT * FROM cases_case WHERE id = {id}"),
    ("cases_clock", "SELECT * FROM cases_clock WHERE case_id = {id}"),
    ("channels_interaction", "SELECT * FROM channels_interaction WHERE id = {interaction_id}"),
    ("cases_case_interactions", "SELECT * FROM cases_case_interactions WHERE case_id = {id}"),
    ("timeline_event", "SELECT * FROM timeline_event WHERE case_id = {id}"),
    ("jobs_job", "SELECT * FROM jobs_job WHERE id > {job_id}"),
]
Rows = list[dict[str, Any]]


def pattern(**ids: int) -> list[tuple[str, Rows]]:
    """What one case is made of, table by table, in the order in which it can be written again."""
    from django.db import connection

    found = []
    with connection.cursor() as cursor:
        for table, query in ONE_CASE:
            cursor.execute(query.format(**ids))
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, map(_plain, row), strict=True)) for row in cursor.fetchall()]
            assert rows, f"The submission wrote nothing into {table}."
            found.append((table, rows))
    return found


def _plain(value: Any) -> Any:
    """As it can be carried by JSON and is taken by the same column again."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return json.dumps(value) if isinstance(value, dict | list) else value


def rate(tables: list[tuple[str, Rows]], drafts: list[int], processes: int, seconds: float) -> float:
    """Submissions committed a second, by so many processes with one connection each."""
    from django.db import connection

    settings = connection.settings_dict
    where = {name: str(settings[name]) for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    running = [subprocess.Popen([sys.executable, "-m", __name__], stdin=PIPE, stdout=PIPE) for _ in range(processes)]
    for number, process in enumerate(running):
        told = {"vendor": connection.vendor, "where": where, "tables": tables, "seconds": seconds}
        assert process.stdin
        process.stdin.write(json.dumps(told | {"drafts": drafts[number::processes]}).encode() + b"\n")
        process.stdin.flush()
    assert all(process.stdout and process.stdout.readline() == READY for process in running)
    return sum(float(process.communicate(b"go\n", timeout=seconds + 60)[0]) for process in running)


class Scribe:
    """Writes one pattern again and again."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.is_sqlite = told["vendor"] == "sqlite"
        self.mark = "?" if self.is_sqlite else "%s"
        self.connection = self._connect(told["where"])
        self.tables: list[tuple[str, Rows]] = told["tables"]
        self.drafts = cycle(told["drafts"])

    def _connect(self, where: dict[str, str]) -> Any:
        if self.is_sqlite:
            import sqlite3

            connection = sqlite3.connect(where["NAME"], isolation_level=None, timeout=30)
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            return connection
        import psycopg

        return psycopg.connect(
            dbname=where["NAME"], user=where["USER"], password=where["PASSWORD"], host=where["HOST"],
            port=where["PORT"], autocommit=True,
        )  # fmt: skip

    def write(self) -> None:
        """One submission: its rows, and the draft that becomes it, in one transaction."""
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN")
        made: dict[str, int] = {}
        for table, rows in self.tables:
            made[table] = self._insert(cursor, table, [_as_new(row, table, made) for row in rows])
        cursor.execute(
            f"UPDATE cases_draft SET case_id = {self.mark}, contact = '{{}}', answers = '{{}}', place = '{{}}' "
            f"WHERE id = {self.mark}",
            (made["cases_case"], next(self.drafts)),
        )
        cursor.execute("COMMIT")

    def _insert(self, cursor: Any, table: str, rows: Rows) -> int:
        names = list(rows[0])
        one = f"({', '.join([self.mark] * len(names))})"
        columns = ", ".join(f'"{name}"' for name in names)
        values = [row[name] for row in rows for name in names]
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES {', '.join([one] * len(rows))} RETURNING id", values)
        return int(cursor.fetchall()[0][0])


POINTERS: dict[str, Callable[[dict[str, int]], int | None]] = {
    "customer_id": lambda made: made.get("customers_customer"),
    "contact_point_id": lambda made: made.get("customers_contactpoint"),
    "case_id": lambda made: made.get("cases_case"),
    "interaction_id": lambda made: made.get("channels_interaction"),
    "subject_id": lambda made: made.get("cases_case", made.get("customers_customer")),
}


def _as_new(row: dict[str, Any], table: str, made: dict[str, int]) -> dict[str, Any]:
    """The same row for another submission: no id yet, its own reference, and pointing at its own rows."""
    fresh = {
        name: POINTERS[name](made) if name in POINTERS and value is not None else value
        for name, value in row.items()
        if name != "id"
    }
    return fresh | ({"reference": secrets.token_hex(8)} if table == "cases_case" else {})


def main() -> None:
    """Say when ready, wait for the word, write, and say how many that was a second."""
    told = json.loads(sys.stdin.buffer.readline())
    scribe = Scribe(told)
    scribe.write()
    sys.stdout.buffer.write(READY)
    sys.stdout.flush()
    sys.stdin.readline()
    count, began = 0, time.monotonic()
    while time.monotonic() - began < told["seconds"]:
        scribe.write()
        count += 1
    sys.stdout.write(str(count / (time.monotonic() - began)))


if __name__ == "__main__":
    main()
