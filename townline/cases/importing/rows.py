"""One row of an extract: a case to be, or a reject with its column and reason. Pure."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from townline.cases.importing.mapping import Mapping

T = TypeVar("T")
LONGEST_NUMBER = 60


@dataclass(frozen=True)
class Reject:
    """A row that does not become a case, and why."""

    row: int
    number: str
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Incoming:
    """A row that can become a case."""

    row: int
    number: str
    service: str
    outcome: str
    channel: str
    place: str
    latitude: float | None
    longitude: float | None
    received_at: datetime
    changed_at: datetime
    closed_at: datetime | None


class _Wrong(Exception):
    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason


class Reader:
    """Reads rows by a mapping; remembers the numbers it has seen."""

    def __init__(self, mapping: Mapping, now: datetime) -> None:
        self.mapping, self.now = mapping, now
        self.seen: dict[str, int] = {}

    def read(self, row: int, fields: dict[str | None, str | list[str] | None]) -> Incoming | Reject:
        """What becomes of this row; `row` counts lines of data from 1."""
        columns = self.mapping.columns
        number = str(fields.get(columns.number) or "").strip()
        try:
            texts = self._texts(fields)
            return self._incoming(row, self._number(row, number), texts)
        except _Wrong as wrong:
            return Reject(row, number, wrong.column, wrong.value, wrong.reason)

    def _texts(self, fields: dict[str | None, str | list[str] | None]) -> dict[str, str]:
        if None in fields:
            raise _Wrong("", "", "the row has more fields than the heading")
        if any(value is None for value in fields.values()):
            raise _Wrong("", "", "the row has fewer fields than the heading")
        texts = {}
        for what, column in self.mapping.columns.named():
            text = str(fields[column]).strip()
            if "\x00" in text:
                raise _Wrong(column, text.replace("\x00", ""), "the text holds a NUL character")
            if any("\udc80" <= letter <= "\udcff" for letter in text):
                shown = text.encode("ascii", "replace").decode()
                raise _Wrong(column, shown, f"the text is not {self.mapping.encoding}")
            texts[what] = text
        return texts

    def _number(self, row: int, number: str) -> str:
        column = self.mapping.columns.number
        if not number:
            raise _Wrong(column, "", "there is no number")
        if len(number) > LONGEST_NUMBER:
            raise _Wrong(column, number[:80], f"the number is longer than {LONGEST_NUMBER} characters")
        first = self.seen.setdefault(number, row)
        if first != row:
            raise _Wrong(column, number, f"the number stands in row {first} already")
        return number

    def _incoming(self, row: int, number: str, texts: dict[str, str]) -> Incoming:
        service = self._mapped("type", texts["type"], self.mapping.types)
        status = self._mapped("status", texts["status"], self.mapping.statuses)
        received_at = self._moment("received", texts["received"])
        if received_at is None:
            raise _Wrong(self.mapping.columns.received, "", "there is no date of receipt")
        if received_at > self.now:
            raise _Wrong(self.mapping.columns.received, texts["received"], "it was received in the future")
        closed_at = self._closed_at(status.status, received_at, texts)
        latitude, longitude = self._coordinates(texts)
        return Incoming(
            row=row,
            number=number,
            service=service.service,
            outcome=status.outcome or "",
            channel=self._channel(texts.get("channel", "")),
            place=texts.get("place", "")[:200],
            latitude=latitude,
            longitude=longitude,
            received_at=received_at,
            changed_at=self._moment("changed", texts.get("changed", "")) or closed_at or received_at,
            closed_at=closed_at,
        )

    def _mapped(self, what: str, value: str, table: dict[str, T]) -> T:
        if value not in table:
            column = getattr(self.mapping.columns, what)
            raise _Wrong(column, value, f"the mapping does not say what {what} “{value}” becomes")
        return table[value]

    def _channel(self, value: str) -> str:
        return str(self._mapped("channel", value, self.mapping.channels)) if value else "other"

    def _moment(self, what: str, text: str) -> datetime | None:
        if not text:
            return None
        try:
            local = datetime.strptime(text, self.mapping.date_format)
        except ValueError:
            column = getattr(self.mapping.columns, what)
            raise _Wrong(column, text, f"this is not a date like {self.mapping.date_format}") from None
        return local.replace(tzinfo=self.mapping.zone_info).astimezone(UTC)

    def _closed_at(self, status: str, received_at: datetime, texts: dict[str, str]) -> datetime | None:
        if status == "open":
            return None
        column = self.mapping.columns.closed or self.mapping.columns.status
        closed_at = self._moment("closed", texts.get("closed", ""))
        if closed_at is None:
            raise _Wrong(column, "", "it is closed, but there is no date of closing")
        if closed_at < received_at:
            raise _Wrong(column, texts["closed"], "it is closed before it was received")
        if closed_at > self.now:
            raise _Wrong(column, texts["closed"], "it is closed in the future")
        return closed_at

    def _coordinates(self, texts: dict[str, str]) -> tuple[float | None, float | None]:
        latitude = self._degrees("latitude", texts.get("latitude", ""), 90)
        longitude = self._degrees("longitude", texts.get("longitude", ""), 180)
        return (latitude, longitude) if latitude is not None and longitude is not None else (None, None)

    def _degrees(self, what: str, text: str, most: int) -> float | None:
        if not text:
            return None
        column = getattr(self.mapping.columns, what)
        try:
            degrees = float(text)
        except ValueError:
            raise _Wrong(column, text, "this is not a number of degrees") from None
        if not -most <= degrees <= most:
            raise _Wrong(column, text, f"degrees lie between -{most} and {most}")
        return degrees


def rows_of(path: Path, mapping: Mapping) -> Iterator[tuple[int, dict[str | None, str | list[str] | None]]]:
    """The rows of a CSV file with their numbers; text in a wrong charset is kept apart, not guessed."""
    encoding = "utf-8-sig" if mapping.encoding == "utf-8" else mapping.encoding
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=1)


def missing_columns(path: Path, mapping: Mapping) -> list[str]:
    """Columns the mapping names and the file does not have."""
    encoding = "utf-8-sig" if mapping.encoding == "utf-8" else mapping.encoding
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        heading = next(csv.reader(file), [])
    return [column for _, column in mapping.columns.named() if column not in heading]
