"""A town with thousands of cases, and what the database means to do with a query."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from townline.accounts.models import Department
from townline.cases.models import AFTER_ALL, Case
from townline.channels.models import Interaction
from townline.conftest import StaffClient

BOUNDARIES = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


def row(number: int, town: Any, departments: list[Department]) -> Case:
    """One case of many: a quarter are open, half of those are Ada's, a third are Roads'."""
    is_open = number // 9 % 4 == 0
    is_taken = is_open and number // 36 % 2 == 0
    department = town.roads if number % 10 < 3 else departments[number % len(departments)]
    received_at = timezone.now() - timedelta(minutes=number * 7)
    due_at = timezone.now() + timedelta(minutes=number * 7919 % 86_400 - 20_000)
    return Case(
        reference=f"TV-{number:08d}",
        kind="service_request",
        service=town.pothole,
        subject=f"Pothole {number}",
        department=department,
        queue=town.queues[department.pk],
        assignee=town.ada if is_taken else None,
        status=("open" if is_taken else "new") if is_open else "closed",
        outcome="" if is_open else "done",
        closed_at=None if is_open else timezone.now(),
        customer=town.rivera,
        channel="phone",
        received_at=received_at,
        changed_at=received_at,
        due_at=due_at if is_open else AFTER_ALL,
    )


@pytest.fixture(scope="module")
def many(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The town with 30,000 cases of nine departments and 2,000 contacts, known to the planner; made once a module."""
    from townline.site.town import Town

    with django_db_blocker.unblock(), transaction.atomic():
        town = Town()
        more = [town._department(f"d{number}", f"Department {number}", f"Service {number}") for number in range(7)]
        departments = [town.roads, town.bylaw, *more]
        Case.objects.bulk_create((row(number, town, departments) for number in range(1, 30_001)), batch_size=1000)
        Interaction.objects.bulk_create(
            Interaction(
                channel="phone",
                outcome="answered",
                received_at=timezone.now() - timedelta(minutes=number),
                entered_by=town.rita,
            )
            for number in range(2000)
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield town
        transaction.set_rollback(True)


@pytest.fixture
def at_the_desk(many: Any, db: None) -> Callable[[str], Client]:
    """A browser in which this member of the cast of the town with many cases is signed in."""

    def signed_in(key: str) -> Client:
        browser = StaffClient()
        browser.force_login(many.staff[key])
        return browser

    return signed_in


@pytest.fixture
def queries() -> Callable[[], Any]:
    """The statements that something asks, the boundaries of transactions apart."""

    @contextmanager
    def counted() -> Iterator[list[str]]:
        found: list[str] = []
        with CaptureQueriesContext(connection) as captured:
            yield found
        found += [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(BOUNDARIES)]

    return counted


@pytest.fixture
def plan() -> Callable[[str], str]:
    """How the database would answer this query."""

    def explained(sql: str) -> str:
        with connection.cursor() as cursor:
            cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql)
            return "\n".join(str(line[-1]) for line in cursor.fetchall())

    return explained
