"""Append-only, kept by the database itself.

The triggers are re-created after each `migrate`, because a table rebuild on
SQLite drops them, and verified by a system check. `writable` lifts them for
test set-up only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

TABLE = "timeline_event"

CREATE = {
    "sqlite": [
        f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE}
            BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"""
        for verb in ("UPDATE", "DELETE")
    ]
    # INSERT OR REPLACE takes the old row away without asking the trigger for deletions.
    + [
        f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_no_replace BEFORE INSERT ON {TABLE}
            WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"""
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$""",
        f"""CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
            FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()""",
        f"""CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
            FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()""",
    ],
}
DROP = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}" for verb in ("update", "delete", "replace")],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}",
        f"DROP TRIGGER IF EXISTS {TABLE}_no_truncate ON {TABLE}",
    ],
}
GUARDS = {"sqlite": 3, "postgresql": 2}
COUNT = {
    "sqlite": f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{TABLE}'",
    "postgresql": f"""SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass('{TABLE}')
                      AND NOT tgisinternal AND tgenabled <> 'D'""",
}


def _run(using: str, statements: dict[str, list[str]]) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def guard_events(using: str = "default", **kwargs: Any) -> None:
    """Make the database refuse to change or delete an event."""
    if TABLE in connections[using].introspection.table_names():
        _run(using, CREATE)


@contextmanager
def writable(using: str = "default") -> Iterator[None]:
    """Lift the guard, for emptying a test database; never used by the product."""
    _run(using, DROP)
    try:
        yield
    finally:
        guard_events(using)


@register(Tags.database)
def events_are_guarded(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Is the guard in place on each database that holds events?"""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if TABLE not in connection.introspection.table_names():
            continue
        with connection.cursor() as cursor:
            cursor.execute(COUNT[connection.vendor])
            if cursor.fetchone()[0] != GUARDS[connection.vendor]:
                found.append(
                    Error(
                        f"The triggers that keep {TABLE} append-only are missing on “{alias}”.",
                        hint="Run: townline migrate",
                        id="townline.E002",
                    )
                )
    return found
