"""Going through a long list by its key: 50 rows at a time, and never a count or an offset."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.dateparse import parse_datetime

SIZE = 50

Place = tuple[datetime, int]


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and where the next ones begin."""

    rows: list[Any]
    next_place: str
    is_first: bool
    is_cut: bool = False
    """Was this as far as one look goes, though more rows may fit further on?"""

    def next_url(self, chosen: dict[str, str] | str) -> str:
        """The address of the next rows, with the same filters."""
        asked = chosen if isinstance(chosen, str) else urlencode(chosen)
        after = urlencode({"after": self.next_place})
        return f"?{asked}&{after}" if self.next_place and asked else f"?{after}" if self.next_place else ""


def page_of(rows: Any, key: str, after: str) -> Page:
    """The first rows of a list in the order of `key` and `id` (or of `id` alone)."""
    found = list(rows[: SIZE + 1])
    shown = found[:SIZE]
    place = _written(shown[-1], key) if len(found) > SIZE else ""
    return Page(shown, place, is_first=not after)


def place_of(text: str) -> Place | None:
    """The place that an address names; None for none, or one that cannot be read."""
    at_text, _separator, pk = text[:60].partition("_")
    try:
        at = parse_datetime(at_text)
        return (at.astimezone(UTC), int(pk)) if at and at.tzinfo and _is_id(pk) else None
    except (ValueError, OverflowError):
        return None


def id_of(text: str) -> int | None:
    """The id that an address names; None for none."""
    return int(text) if _is_id(text) else None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18


def _written(row: Any, key: str) -> str:
    return f"{getattr(row, key).isoformat()}_{row.pk}" if key else str(row.pk)
