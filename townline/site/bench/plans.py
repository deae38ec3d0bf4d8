"""The queries that are asked most, as the product asks them, and what the database does for each.

`asked` runs a piece of the product and keeps its SQL; `plan` has the database
explain it with the same parameters.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.db import connection
from django.utils import timezone

from townline.accounts.models import Department, User
from townline.cases.models import Case, Draft
from townline.customers.models import ContactPoint, Customer
from townline.desk.filters import FilterForm
from townline.desk.lists import ALL, DEPARTMENT, MINE, Desk, WorkList
from townline.desk.offered import Offered
from townline.desk.reading import Reading
from townline.jobs.models import Job

EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


@dataclass(frozen=True)
class Hot:
    """One query: who asks what, and the index meant for it."""

    what: str
    ask: Callable[[], Any]
    index: str


def hottest(reader: User, officer: User, department: Department) -> list[Hot]:
    """The queries behind most pages and most jobs; `reader` sees all cases, `officer` those of the department."""
    for user in (reader, officer):
        assert user.holds("case.read")
        assert user.department_ids
    now = timezone.now()
    case = Case.objects.order_by("-pk")[0]
    draft = Draft.objects.order_by("-pk")[0]
    address = ContactPoint.objects.order_by("-pk")[0].value
    place = f"{(now - timedelta(days=400)).isoformat()}_{case.pk}"

    def page(user: User, shown: WorkList, after: str = "") -> Callable[[], Any]:
        return lambda: reading_of(user, shown).page(after, {})

    return [
        Hot("a department’s open cases", page(officer, WorkList(DEPARTMENT, "open", department)), "case_work_list"),
        Hot("the next of them", page(officer, WorkList(DEPARTMENT, "open", department), place), "case_work_list"),
        Hot("my open cases", page(officer, WorkList(MINE, "open")), "case_assignee_list"),
        Hot("all cases, newest first", page(reader, WorkList(ALL, "newest"), place), "case_newest"),
        Hot("a department’s late cases", page(officer, WorkList(DEPARTMENT, "overdue", department)), "case_work_list"),
        Hot("a case by its reference", lambda: Case.objects.get(reference=case.reference), "reference"),
        Hot("what happened to a case", lambda: list(case.events), "event_"),
        Hot("its promises", lambda: list(case.clocks.filter(ended_at=None)), "clock_case"),
        Hot("the next job", lambda: Job.objects.due(now).first(), "job_due"),
        Hot("a draft", lambda: Draft.objects.get(token=draft.token), "token"),
        Hot("what a browser sent", lambda: list(Draft.objects.filter(session_key=draft.session_key)), "draft_browser"),
        Hot("who gave an address", lambda: list(Customer.objects.reached_at("email", address)), "contact_point_key"),
    ]


def reading_of(user: User, shown: WorkList, **asked: str) -> Reading:
    """A list as this person reads it, through these filters."""
    desk = Desk(user)
    return Reading(shown, desk, FilterForm(asked, shown=shown, user=user, offered=Offered(desk.departments)))


def asked(ask: Callable[[], Any]) -> list[tuple[str, Any]]:
    """The queries that this asks, with their parameters."""
    found: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        ask()
    return found


def is_meant(hot: Hot) -> tuple[bool, str]:
    """Is this query answered from its index, without sorting? And how it is answered."""
    planned = plan(*asked(hot.ask)[-1])
    return hot.index in planned and "Sort" not in planned and "TEMP B-TREE" not in planned, planned


def plan(sql: str, params: Any) -> str:
    """How the database goes about it."""
    with connection.cursor() as cursor:
        cursor.execute(EXPLAIN[connection.vendor] + sql, params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def going_through(ask: Callable[[], Any]) -> list[str]:
    """The queries of this that go through a big table instead of finding their rows, and how they do it.

    SQLite is asked how many steps it took. PostgreSQL, which takes other ways
    through a small database, is asked for scans of tables with more than `BIG` rows
    that no limit ends.
    """
    read = [(sql, params) for sql, params in asked(ask) if sql.lstrip("( ").startswith("SELECT")]
    return [found for sql, params in read if (found := HEAVY[connection.vendor](sql, params))]


def _many_steps(sql: str, params: Any) -> str:
    counted = [0]

    def count() -> None:
        counted[0] += 1

    with connection.cursor() as cursor:
        connection.connection.set_progress_handler(count, STEP)
        cursor.execute(sql, params)
        if cursor.description:
            cursor.fetchall()
        connection.connection.set_progress_handler(None, 0)
    return f"{counted[0] * STEP} steps: {sql}\n{plan(sql, params)}" if counted[0] * STEP > MOST_STEPS else ""


def _scans(sql: str, params: Any) -> str:
    lines = plan(sql, params).splitlines()
    unlimited = [line for above, line in pairwise(["", *lines]) if "Limit" not in above]
    tables = [found[1] for line in unlimited if (found := SCAN.search(line))]
    return f"{sql}\n" + "\n".join(lines) if any(_is_big(table) for table in tables) else ""


def _is_big(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        return bool(cursor.fetchone()[0] > BIG)


SCAN = re.compile(r"Seq Scan on (\w+)")
HEAVY: dict[str, Callable[[str, Any], str]] = {"sqlite": _many_steps, "postgresql": _scans}
STEP, MOST_STEPS, BIG = 1000, 50_000, 5000
