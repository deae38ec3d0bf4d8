"""Small words of the templates about calls that are owed."""

from typing import Any

from django import template

from townline.core.beside import as_moment

register = template.Library()


@register.filter
def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Soonest due first, with moments that can be shown."""
    return sorted(({**row, "due_at": as_moment(row["due_at"])} for row in rows), key=lambda row: row["due_at"])
