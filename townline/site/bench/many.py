"""A big municipality: any number of cases, a quarter of them open, written as fast as the database takes rows.

Straight into the tables, without their indexes, which are made again at the
end. Only for a new database of its own.
"""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from townline.accounts.models import CalendarVersion, Municipality, User
from townline.cases.models import AFTER_ALL, Case, Clock, Draft
from townline.cases.places import place_key
from townline.catalogue.models import Service
from townline.core.references import ALPHABET, check_character
from townline.customers.models import ContactPoint, Customer
from townline.jobs.models import Job
from townline.routing.models import Queue
from townline.timeline.models import Event

YEARS = 10
OPEN = 0.25
OFFICERS = 100
CHANNELS = ["web", "phone", "email", "counter", "letter"]
STREETS = ["Invented Street", "Sample Avenue", "Example Road", "Made-up Lane", "Specimen Drive"]
BATCH = 20_000

Row = dict[str, Any]


class Many:
    """Writes one big municipality; `every` so many cases has an event, a clock, a job, a draft and a customer."""

    def __init__(self, cases: int, seed: int, every: int = 10) -> None:
        self.count = cases
        self.every = every
        self.chance = random.Random(seed)
        self.now = timezone.now().replace(microsecond=0)
        municipality = Municipality.objects.first()
        self.prefix = municipality.prefix if municipality else "TL"
        services = Service.objects.select_related("department__calendar").order_by("pk")
        sizes = Counter(service.department_id for service in services)
        self.services = sorted(services, key=lambda service: -sizes[service.department_id])
        self.queues = {one.department_id: Queue.objects.default_of(one.department).pk for one in self.services}

    def write(self) -> None:
        """Everything; and what the planner of PostgreSQL would soon know of it by itself."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET statement_timeout = 0")
        self.officers = self._hire()
        self.calendar_version = CalendarVersion.of(self.services[0].department.calendar).pk
        numbers = range(self.count)
        some = range(0, self.count, self.every)
        with without_indexes(Case, Customer, ContactPoint, Clock, Event, Job, Draft):
            self.customers = pour(Customer, ({"name": f"Person {n}", "sort_key": f"person {n}"} for n in some))
            self.cases = pour(Case, map(self._case, numbers))
            pour(ContactPoint, map(self._contact_point, some))
            pour(Clock, map(self._clock, some))
            pour(Event, map(self._event, some))
            pour(Job, map(self._job, some))
            pour(Draft, map(self._draft, some))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ANALYZE")

    def _hire(self) -> list[int]:
        made = User.objects.bulk_create(
            User(email=f"officer-{n}@townline.example", kind=User.Kind.STAFF, name=f"Officer {n}", password="!")
            for n in range(OFFICERS)
        )
        return [user.pk for user in made]

    def _received(self, number: int) -> datetime:
        age = timedelta(days=365 * YEARS) * (1 - number / self.count)
        return self.now - age - timedelta(seconds=self.chance.randrange(7200))

    def _case(self, number: int) -> Row:
        chance = self.chance
        # One service of the department with the most of them takes a third of the cases.
        service = self.services[0] if chance.random() < 1 / 3 else chance.choice(self.services)
        is_open = chance.random() < OPEN
        received_at = self._received(number)
        street = f"{chance.randrange(1, 400)} {STREETS[number % len(STREETS)]}"
        ended_at = received_at + timedelta(hours=chance.randrange(1, 400))
        return {
            "reference": self._reference(number),
            "kind": service.kind,
            "service_id": service.pk,
            "subject": f"{service.code}: {street}",
            "department_id": service.department_id,
            "queue_id": self.queues[service.department_id],
            "assignee_id": chance.choice(self.officers) if chance.random() < 0.8 else None,
            "status": "open" if is_open else "closed",
            "outcome": "" if is_open else "done",
            "customer_id": self.customers + number // self.every,
            "channel": CHANNELS[number % len(CHANNELS)],
            "place_label": street,
            "place_key": place_key(street),
            "received_at": text_of(received_at),
            "changed_at": text_of(ended_at),
            "due_at": text_of(received_at + timedelta(minutes=chance.randrange(600_000)) if is_open else AFTER_ALL),
            "due_kind": "outcome" if is_open else "",
            "closed_at": None if is_open else text_of(ended_at),
        }

    def _reference(self, number: int) -> str:
        """Each number once, and no two alike: multiplying by an odd number mixes without meeting."""
        mixed = (number + 1) * 0x9E3779B97F4A7C15 % 2**40
        body = "".join(ALPHABET[mixed >> 5 * place & 31] for place in range(8))
        return f"{self.prefix}-{body[:4]}-{body[4:]}-{check_character(body)}"

    def _contact_point(self, number: int) -> Row:
        address = f"person-{number}@townline.example"
        return {"customer_id": self.customers + number // self.every, "kind": "email", "value": address, "key": address}

    def _clock(self, number: int) -> Row:
        at = text_of(self._received(number))
        return {
            "case_id": self.cases + number, "promise": "outcome", "amount": 10, "unit": "business_days",
            "calendar_version_id": self.calendar_version, "ending": "kept", "started_at": at,
            "due_at": at, "ended_at": at,
        }  # fmt: skip

    def _event(self, number: int) -> Row:
        case = self.cases + number
        at = text_of(self._received(number))
        return {
            "name": "case.received", "at": at, "happened_at": at, "by_id": self.officers[0], "subject_kind": "case",
            "subject_id": case, "case_id": case,
        }  # fmt: skip

    def _job(self, number: int) -> Row:
        at = text_of(self._received(number))
        return {"task": "townline.timeline.reactions.react", "state": "done", "due_at": at, "finished_at": at}

    def _draft(self, number: int) -> Row:
        return {
            "token": f"token-{number}", "session_key": f"browser-{number}", "service_id": self.services[0].pk,
            "case_id": self.cases + number, "changed_at": text_of(self.now),
        }  # fmt: skip


def text_of(moment: datetime) -> str:
    """A moment as both databases read it, in UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def pour(model: type[models.Model], rows: Iterable[Row]) -> int:
    """Write rows, with the model's defaults for what they do not name; the id of the first."""
    newest = model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = iter(rows)
    first = next(rows)
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    same = [field for field in fields if field.attname not in first]
    columns = [*(field for field in fields if field.attname in first), *same]
    defaults = tuple(_plain(field.get_default()) for field in same)
    names = [field.attname for field in columns[: len(first)]]
    quoted = ", ".join(f'"{field.column}"' for field in columns)
    values = (tuple(row[name] for name in names) + defaults for row in _with(first, rows))
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["?"] * len(columns))
            while batch := list(islice(values, BATCH)):
                connection.connection.executemany(
                    f"INSERT INTO {model._meta.db_table} ({quoted}) VALUES ({marks})", batch
                )
        else:
            with cursor.cursor.copy(f"COPY {model._meta.db_table} ({quoted}) FROM STDIN") as copy:
                for value in values:
                    copy.write_row(value)
    return int(model._base_manager.filter(pk__gt=newest).order_by("pk").values_list("pk", flat=True)[0])


def _with(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return text_of(value)
    return json.dumps(value) if isinstance(value, dict | list) else value


INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s",
    "postgresql": """SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND schemaname = current_schema()
                     AND indexname NOT IN (SELECT conname FROM pg_constraint)""",
}


@contextmanager
def without_indexes(*tables: type[models.Model]) -> Iterator[None]:
    """Drop the indexes of these tables, and make them again in one go afterwards, when that is quicker."""
    found: list[tuple[str, str]] = []
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(INDEXES[connection.vendor], [model._meta.db_table])
            found += cursor.fetchall()
        _judge_constraints()
        for name, _ in found:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        _judge_constraints()
        for _, statement in found:
            cursor.execute(statement)


def _judge_constraints() -> None:
    """PostgreSQL changes no table while a foreign key waits for the end of the transaction to be judged."""
    if connection.vendor == "postgresql":
        connection.check_constraints()
