"""One kind of row: its written form, and how it is read from the database and written there."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models

from townline.core.localized import folded
from townline.packs import schema
from townline.packs.reading import Pack

Written = dict[str, Any]
FOLDED = "sort_key"


def tidy(value: Any) -> Any:
    """The written form of a value: plain, trimmed, without anything empty inside."""
    if isinstance(value, dict):
        inner = {key: tidy(item) for key, item in value.items()}
        return {key: item for key, item in inner.items() if item not in (None, "", {}, [])}
    if isinstance(value, list | tuple):
        return [tidy(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value


class Table:
    """One kind of row: its shape in the pack, its model, and the codes it names others by."""

    def __init__(
        self, kind: str, shape: type[schema.Row], model: type[models.Model], only: Any = (), **links: type[models.Model]
    ) -> None:
        self.kind, self.shape, self.model, self.only, self.links = kind, shape, model, dict(only), links

    @property
    def fields(self) -> list[str]:
        """The fields of a row that are fields of the record, in the order of the file."""
        return list(self.shape.model_fields)

    def desired(self, pack: Pack) -> dict[str, Written]:
        """What the pack says, by code, in an order in which it can be written."""
        return {row.code: self.row_written(row) for row in pack.rows(self.kind)}

    def row_written(self, row: schema.Row) -> Written:
        """The written form of a row of the pack."""
        found: Written = tidy(row.model_dump(mode="json", include=set(self.fields)))
        return found

    def live(self) -> dict[str, Any]:
        """The records of the database, by code, oldest first."""
        return {record.code: record for record in self.records()}

    def records(self) -> Iterable[Any]:
        """The records as they are read: with the ones they point to."""
        return self.model._default_manager.filter(**self.only).select_related(*self.links).order_by("pk")

    def file_rows(self) -> Iterable[Written]:
        """The rows of the file as it is exported."""
        return map(self.record_written, self.records())

    def record_written(self, record: Any) -> Written:
        """The written form of a record of the database."""
        values = {name: getattr(record, name) for name in self.fields}
        for name in set(self.links) & set(values):
            values[name] = values[name].code if values[name] else None
        found: Written = tidy(values)
        return found

    def dropped(self, pack: Pack) -> set[str]:
        """Codes that the pack takes away by name; what it does not name is kept."""
        return set()

    def write(self, code: str, written: Written, record: Any | None) -> None:
        """Make or change one record so that its written form is this."""
        record = record or self.model(code=code)
        for name in self.fields:
            setattr(record, name, self.value(name, written))
        if limit := self.max_length(FOLDED):
            setattr(record, FOLDED, folded(written["name"]["en"])[:limit])
        record.save()

    def value(self, name: str, written: Written) -> Any:
        """The value of a field out of the written form."""
        if name in self.links:
            return self.links[name]._default_manager.get(code=written[name]) if name in written else None
        column = self.model._meta.get_field(name)
        return column.to_python(written[name]) if name in written else column.get_default()  # type: ignore[union-attr]

    def max_length(self, name: str) -> int | None:
        """How long a text may be in its column."""
        columns = {column.name: column for column in self.model._meta.get_fields()}
        return getattr(columns.get(name), "max_length", None)
