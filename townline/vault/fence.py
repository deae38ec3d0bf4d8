"""The second fence, on PostgreSQL: rows of a safe are there only while that safe is being opened.

Row-level security, forced for the owner of the tables too. `within` names the
safe for the length of one transaction; without that, a forgotten filter, raw
SQL or a reporting tool reads no row at all. It does not hold against a
superuser of the database, so a check warns when Townline works as one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connection, connections, transaction

TABLES = ("vault_secret", "vault_secretfile")
CONTEXT = "townline.safe"
RULE = f"safe_id = NULLIF(current_setting('{CONTEXT}', true), '')::bigint"


def raise_fence(using: str = "default", **kwargs: Any) -> None:
    """Put the fence up, after each migration; SQLite has none."""
    found = connections[using]
    if found.vendor != "postgresql":
        return
    there = found.introspection.table_names()
    with found.cursor() as cursor:
        for table in (table for table in TABLES if table in there):
            cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            cursor.execute(f"DROP POLICY IF EXISTS only_while_opened ON {table}")
            cursor.execute(f"CREATE POLICY only_while_opened ON {table} USING ({RULE}) WITH CHECK ({RULE})")


@contextmanager
def within(safe_id: int) -> Iterator[None]:
    """Inside, the rows of this one safe can be read and written; afterwards no more."""
    with transaction.atomic():
        before = _name(str(safe_id))
        yield
        _name(before)


def _name(safe_id: str) -> str:
    """Set which safe is open, for this transaction only; what was set before."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [CONTEXT])
        before = cursor.fetchone()[0] or ""
        cursor.execute("SELECT set_config(%s, %s, true)", [CONTEXT, safe_id])
    return before


@register(Tags.database)
def fence_holds(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Is the fence up, and does the role we work as respect it?"""
    found: list[CheckMessage] = []
    for alias in databases or []:
        if connections[alias].vendor == "postgresql":
            found += _faults(alias)
    return found


def _faults(alias: str) -> Iterator[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            yield Warning(
                "Townline works in the database as a role that row-level security does not bind.",
                hint="The second fence of the vault is down. Give it a role without SUPERUSER and BYPASSRLS.",
                id="townline.W010",
            )
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relname = ANY(%s) AND NOT relforcerowsecurity", [list(TABLES)]
        )
        if cursor.fetchone()[0]:
            yield Warning("The second fence of the vault is not up.", hint="Run: townline migrate", id="townline.W011")
