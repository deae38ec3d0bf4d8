"""Counts of which nobody needs the exact size, many of them in one query."""

from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from townline.accounts.models import User

MOST = 100


class CappedCount(Subquery):
    """How many rows there are, counted to one more than `MOST` and no further."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.order_by().values("pk")[: MOST + 1], output_field=IntegerField())


def asked_at_once(user: User, questions: Mapping[str, Subquery]) -> dict[str, Any]:
    """The answers to several small questions, in one query: each is a column beside the user's own row."""
    if not questions:
        return {}
    names = {f"answer_{at}": name for at, name in enumerate(questions)}
    columns = {column: questions[name] for column, name in names.items()}
    row: Any = User.objects.filter(pk=user.pk).values(**columns).get()
    return {name: row[column] for column, name in names.items()}
