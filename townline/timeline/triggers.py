"""Append-only, kept by the database itself.

The triggers are re-created after each `migrate`, because a table rebuild on
SQLite drops them, and verified by a system check. Another part that keeps an
append-only table names it with `append_only`. `writable` lifts the guards for
test set-up only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

_tables = ["timeline_event"]


def append_only(table: str) -> None:
    """Let the database refuse to change or delete a row of this table, from the next migration on."""
    if table not in _tables:
        _tables.append(table)


def _create(table: str) -> dict[str, list[str]]:
    refusal = "events are append-only" if table == "timeline_event" else f"{table} is append-only"
    return {
        "sqlite": [
            f"""CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table}
                BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""
            for verb in ("UPDATE", "DELETE")
        ]
        # INSERT OR REPLACE takes the old row away without asking the trigger for deletions.
        + [
            f"""CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table}
                WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
                BEGIN SELECT RAISE(ABORT, '{refusal}'); END"""
        ],
        "postgresql": [
            f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$""",
            f"""CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {table}_refuse()""",
            f"""CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
        ],
    }


def _drop(table: str) -> dict[str, list[str]]:
    return {
        "sqlite": [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete", "replace")],
        "postgresql": [
            f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
            f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
        ],
    }


def _count(table: str) -> dict[str, str]:
    return {
        "sqlite": f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'",
        "postgresql": f"""SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass('{table}')
                          AND NOT tgisinternal AND tgenabled <> 'D'""",
    }


GUARDS = {"sqlite": 3, "postgresql": 2}


def _run(using: str, statements: dict[str, list[str]]) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def _there(using: str) -> list[str]:
    names = connections[using].introspection.table_names()
    return [table for table in _tables if table in names]


def guard_events(using: str = "default", **kwargs: Any) -> None:
    """Make the database refuse to change or delete an event, and what else is append-only."""
    for table in _there(using):
        _run(using, _create(table))


@contextmanager
def writable(using: str = "default") -> Iterator[None]:
    """Lift the guards, for emptying a test database; never used by the product."""
    for table in _there(using):
        _run(using, _drop(table))
    try:
        yield
    finally:
        guard_events(using)


@register(Tags.database)
def events_are_guarded(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Are the guards in place on each database that holds events?"""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        for table in _there(alias):
            with connection.cursor() as cursor:
                cursor.execute(_count(table)[connection.vendor])
                if cursor.fetchone()[0] != GUARDS[connection.vendor]:
                    found.append(
                        Error(
                            f"The triggers that keep {table} append-only are missing on “{alias}”.",
                            hint="Run: townline migrate",
                            id="townline.E002",
                        )
                    )
    return found
