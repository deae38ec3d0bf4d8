"""The lists of the desk at a million cases: their SQL against the bare keyset query, and the page in a browser.

Both queries of a pair are asked in turn, from the same place of the same list.
"""

import random
import time
from collections.abc import Iterable
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from townline.accounts.models import Department, User
from townline.cases.models import NEVER, Case
from townline.desk.lists import ALL, DEPARTMENT, WorkList
from townline.site.bench import plans
from townline.site.bench.errands import Browser
from townline.site.bench.house import House
from townline.site.bench.many import Many
from townline.site.bench.report import Report, quantile
from townline.site.town import address_of

DATA_SEED = 1
RAW_TIMES, DEPTH_TIMES = 2.0, 1.5
COLUMNS = [
    "id", "reference", "kind", "service_id", "subject", "department_id", "assignee_id", "status", "outcome",
    "customer_id", "channel", "place_label", "received_at", "due_at", "due_kind", "closed_at",
]  # fmt: skip
KEYSET = f"""SELECT {", ".join(COLUMNS)} FROM cases_case WHERE department_id = %s AND due_at <= %s
             AND due_at >= %s AND (due_at > %s OR id > %s) ORDER BY due_at, id LIMIT 51"""

Query = tuple[str, Any]


def measure(report: Report, house: House) -> None:
    """The work list of the busiest department, and the list of all cases far down."""
    cases, pages = (100_000, 60) if report.quick else (1_000_000, 300)
    report.settings(cases=f"{cases:,}", data_seed=DATA_SEED, pages=pages)
    began = time.monotonic()
    if Case.objects.count() != cases:
        Many(cases, DATA_SEED).write()
        _mark_as_finished()
        report.figure("making the cases", time.monotonic() - began, "s")
    chance = random.Random(report.seed)
    supervisor, reader = (User.objects.get(email=address_of(key)) for key in ("lea", "rita"))
    department = supervisor.departments.get()
    places = _places(department, chance, pages)
    hottest = plans.hottest(reader, supervisor, department)
    report.at_most(
        f"of {len(hottest)} hot queries, without their index", sum(not plans.is_meant(hot)[0] for hot in hottest), 0
    )
    _against_bare_sql(report, supervisor, department, places)
    _by_depth(report, reader, cases // 2)
    _in_a_browser(report, house, WorkList(DEPARTMENT, "open", department).url, places)


def _mark_as_finished() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA user_version = 1")


def _places(department: Department, chance: random.Random, count: int) -> list[tuple[Any, int]]:
    """Anywhere in the department's list of open cases."""
    rows = list(Case.objects.filter(department=department).open().values_list("due_at", "pk"))
    return chance.sample(rows, count)


def _written(place: tuple[Any, int]) -> str:
    return f"{place[0].isoformat()}_{place[1]}"


def _against_bare_sql(report: Report, user: User, department: Department, places: list[tuple[Any, int]]) -> None:
    shown = WorkList(DEPARTMENT, "open", department)
    ours = [_query_of(shown, user, _written(place)) for place in places]
    bare = [(KEYSET, (department.pk, NEVER, due_at, due_at, pk)) for due_at, pk in places]
    took, limit = _in_turn(ours, bare)
    report.figure("bare keyset query", 1000 * limit, "ms")
    report.figure("the work list’s query", 1000 * took, "ms")
    report.at_most("work list against bare keyset", took / limit, RAW_TIMES, "times")


def _by_depth(report: Report, user: User, depth: int) -> None:
    shown = WorkList(ALL, "newest")
    at_start = [_query_of(shown, user, place) for place in ["", *_newest(0, 50)]]
    far_down = [_query_of(shown, user, place) for place in _newest(depth, 51)]
    deep, first = _in_turn(far_down, at_start)
    report.figure("newest first, at the start", 1000 * first, "ms")
    report.figure(f"newest first, {depth:,} cases down", 1000 * deep, "ms")
    report.at_most("far down against the start", deep / first, DEPTH_TIMES, "times")


def _newest(start: int, count: int) -> list[str]:
    """Places in the list of all cases: so many pages, one after the other, from this row on."""
    rows = Case.objects.order_by("-received_at", "-pk").values_list("received_at", "pk")
    return [_written(place) for place in rows[start + 49 : start + 50 * count : 50]]


def _query_of(shown: WorkList, user: User, place: str) -> Query:
    """The SQL that the desk asks for this page of a list."""
    reading = plans.reading_of(user, shown)
    return next(query for query in plans.asked(lambda: reading.page(place, {})) if "LIMIT 51" in query[0])


def _in_turn(ours: list[Query], others: list[Query]) -> tuple[float, float]:
    """The median seconds of each; the first of a pair pays for what both read, so they take turns at that."""
    took: list[float] = []
    limit: list[float] = []
    for number, (one, other) in enumerate(zip(ours, others, strict=True)):
        _seconds(one)
        _seconds(other)
        for turn in range(4):
            if (number + turn) % 2:
                took.append(_seconds(one))
                limit.append(_seconds(other))
            else:
                limit.append(_seconds(other))
                took.append(_seconds(one))
    return median(took), median(limit)


def _seconds(query: Query) -> float:
    with connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(*query)
        rows = cursor.fetchall()
        assert rows
        return time.perf_counter() - began


def _in_a_browser(report: Report, house: House, url: str, places: Iterable[tuple[Any, int]]) -> None:
    house.web(1)
    browser = Browser(house.port)
    cookie = browser.sign_in("lea")
    took: list[float] = []
    for place in places:
        began = time.perf_counter()
        page = browser.get(f"{url}?{urlencode({'after': _written(place)})}", cookie)
        took.append(time.perf_counter() - began)
        assert page.status == 200, f"The work list answered {page.status}."
    report.figure("page of the work list, p50", 1000 * median(took), "ms")
    report.figure("page of the work list, p95", 1000 * quantile(took, 0.95), "ms", "about 100 ms")
