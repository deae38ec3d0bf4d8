"""Events are written once: the database itself refuses everything else, whoever asks."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from townline.accounts.models import User
from townline.timeline.models import Event
from townline.timeline.triggers import events_are_guarded, writable


@pytest.fixture
def event(db):
    event = Event.objects.create(name="case.noted", by=User.objects.system(), subject_kind="case", subject_id=1)
    connection.check_constraints()  # Until its references are checked, PostgreSQL refuses to truncate for that alone.
    return event


def statements():
    """Every way to the row there is: the same on both databases, and each one's own."""
    yield "UPDATE timeline_event SET name = 'case.closed'"
    yield "DELETE FROM timeline_event"
    if connection.vendor == "sqlite":
        columns = "id, name, at, happened_at, subject_kind, subject_id, case_id, details, by_id"
        copied = columns.replace("name", "'case.closed'", 1)
        yield f"INSERT OR REPLACE INTO timeline_event ({columns}) SELECT {copied} FROM timeline_event"
    else:
        yield "TRUNCATE timeline_event CASCADE"
        yield """INSERT INTO timeline_event SELECT * FROM timeline_event
                 ON CONFLICT (id) DO UPDATE SET name = 'case.closed'"""


def test_the_database_refuses_to_change_replace_or_remove_an_event(event):
    for statement in statements():
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert Event.objects.get().name == "case.noted"


def test_django_is_refused_as_well(event):
    event.name = "case.closed"
    for change in (event.save, event.delete, lambda: Event.objects.update(name="x"), Event.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_missing_guard_is_an_error_at_start_up_and_migrating_puts_it_back(event):
    assert events_are_guarded(None, databases=["default"]) == []

    with writable():
        assert [error.id for error in events_are_guarded(None, databases=["default"])] == ["townline.E002"] * 3
        call_command("migrate", verbosity=0)
        assert events_are_guarded(None, databases=["default"]) == []
