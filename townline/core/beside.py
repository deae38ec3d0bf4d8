"""What stands beside a record, out of many small tables, in one query.

A page has a budget of queries that no feature may raise. Whatever is shown
beside the record itself is therefore a source: rows of its own table, of which
each gives a kind and a small JSON object. All sources are asked together.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Func, JSONField, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from townline.core.localized import LANGUAGES, Localized

Source = Callable[..., "QuerySet[Any] | None"]
Sources = dict[str, tuple[Source, dict[str, Any]]]


class Inner(Func):
    """A JSON column inside a JSON object: SQLite would take its text for a string."""

    template = "%(expressions)s"
    output_field = JSONField()

    def __init__(self, name: str) -> None:
        super().__init__(F(name))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """As JSON, not as its text."""
        return self.as_sql(compiler, connection, template="JSON(%(expressions)s)", **context)


def register(sources: Sources, name: str, fields: dict[str, Any]) -> Callable[[Source], Source]:
    """Add a source: the function gives its rows for whatever the page asks with, or None when there can be none.

    `fields` are what the page reads of each row: the name of a column (or of a
    column further on, `service__code`), or an expression such as `Inner("name")`.
    The rows keep to what the reader may see, and to a number that fits on a page.
    """

    def registered(source: Source) -> Source:
        sources[name] = source, fields
        return source

    return registered


def asked_together(sources: Sources, *given: Any) -> dict[str, list[dict[str, Any]]]:
    """For each source its rows; one query for all."""
    parts = []
    for name, (source, fields) in sources.items():
        rows = source(*given)
        if rows is not None:
            plain = rows.order_by().annotate(beside_kind=Value(name), beside_row=JSONObject(**fields))
            parts.append(plain.values_list("beside_kind", "beside_row"))
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in sources}
    for name, row in parts[0].union(*parts[1:], all=True) if parts else ():
        found[name].append({field: _read(value) for field, value in row.items()})
    return found


def _read(value: Any) -> Any:
    """Text in the two languages is read as such."""
    return Localized(value) if isinstance(value, dict) and value.keys() <= set(LANGUAGES) else value


def as_moment(text: str) -> datetime:
    """A moment out of a JSON object: either database writes it in its own way, both in UTC."""
    found = parse_datetime(text)
    assert found is not None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
