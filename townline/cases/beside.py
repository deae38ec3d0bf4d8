"""What stands beside a case, out of many small tables, in one query.

The page of a case has a budget of queries that no feature may raise. Whatever
is shown beside the timeline (linked cases, attachments, who else is here) is
therefore a source here: rows of its own table, of which each gives a kind and a
small JSON object. All sources are asked together.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Func, JSONField, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from townline.catalogue.models import Definition
from townline.core.localized import LANGUAGES, Localized

Source = Callable[[Any, Any], "QuerySet[Any] | None"]
_sources: dict[str, tuple[Source, dict[str, Any]]] = {}


class Inner(Func):
    """A JSON column inside a JSON object: SQLite would take its text for a string."""

    template = "%(expressions)s"
    output_field = JSONField()

    def __init__(self, name: str) -> None:
        super().__init__(F(name))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """As JSON, not as its text."""
        return self.as_sql(compiler, connection, template="JSON(%(expressions)s)", **context)


def stands_beside(name: str, **fields: Any) -> Callable[[Source], Source]:
    """Register a source: the function gives the rows for a case and its reader, or None when there can be none.

    `fields` are what the page reads of each row: the name of a column (or of a
    column further on, `service__code`), or an expression such as `Inner("name")`.
    The rows keep to what the reader may see, and to a number that fits on a page.
    """

    def register(source: Source) -> Source:
        _sources[name] = source, fields
        return source

    return register


def beside(case: Any, user: Any) -> dict[str, list[dict[str, Any]]]:
    """For each source what stands beside this case for this reader; one query for all."""
    parts = []
    for name, (source, fields) in _sources.items():
        rows = source(case, user)
        if rows is not None:
            plain = rows.order_by().annotate(beside_kind=Value(name), beside_row=JSONObject(**fields))
            parts.append(plain.values_list("beside_kind", "beside_row"))
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in _sources}
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


@stands_beside(
    "definitions",
    code="code", term=Inner("term"), text=Inner("text"), own_text=Inner("own_text"), use=Inner("use"),
    policy="policy", clause="clause", order="order",
)  # fmt: skip
def _definitions(case: Any, user: Any) -> "QuerySet[Any]":
    """The words of the municipality's policy, for whoever needs them while a customer is on the line."""
    return Definition.objects.all()
