"""The chain and its events as they lie in the database, a stretch at a time, without making objects of them.

A million events are to be held against the chain in seconds. So each database
writes the moments as `chain.py` does, and only what an event says beside its
numbers is read and written again.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection

CHUNK = 20_000
_SQLITE_MOMENT = (
    "replace({0}, ' ', 'T') || CASE WHEN instr({0}, '.') THEN '+00:00' ELSE '.000000+00:00' END"  # naive, in UTC
)
_POSTGRESQL_MOMENT = "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')"
_WAYS = {"sqlite": ("json_quote", _SQLITE_MOMENT), "postgresql": ("to_json", _POSTGRESQL_MOMENT)}
_SAID = """'[' || e.id || ',' || {quote}(e.name) || ',"' || {at} || '","' || {happened_at} || '",' || e.by_id || ','
    || {quote}(e.subject_kind) || ',' || e.subject_id || ',' || COALESCE(CAST(e.case_id AS text), 'null') || ',',
    CAST(e.details AS text)"""
_STRETCH = """SELECT l.id, l.event_id, l.hash, {said} FROM audit_link l LEFT JOIN timeline_event e ON e.id = l.event_id
    WHERE l.id > %s ORDER BY l.id LIMIT %s"""
_WAITING = """SELECT e.id, {said} FROM timeline_event e WHERE e.id > %s
    AND NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.event_id = e.id AND l.event_id > %s) ORDER BY e.id LIMIT %s"""
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class Sealed(NamedTuple):
    """One link, with what its event says now, as `chain.canonical` writes it; None when the event is not there."""

    place: int
    event_id: int
    hash: str
    said: bytes | None


def links() -> Iterator[Sealed]:
    """Every link in order."""
    place = -1
    while rows := _rows(_STRETCH, place, CHUNK):
        for place, event_id, link, beginning, details in rows:
            yield Sealed(place, event_id, link, None if beginning is None else _said(beginning, details))


def waiting(after: int, most: int) -> list[tuple[int, bytes]]:
    """Events above this number that are not sealed, lowest first, with what they say."""
    rows = _rows(_WAITING, after, after, most)
    return [(event_id, _said(beginning, details)) for event_id, beginning, details in rows]


def _rows(statement: str, *values: int) -> list[Any]:
    quote, moment = _WAYS[connection.vendor]
    said = _SAID.format(quote=quote, at=moment.format("e.at"), happened_at=moment.format("e.happened_at"))
    with connection.cursor() as cursor:
        cursor.execute(statement.format(said=said), values)
        found: list[Any] = cursor.fetchall()
    return found


def _said(beginning: str, details: str) -> bytes:
    return f"{beginning}{_write(json.loads(details))}]".encode()
