"""What the answers say, without saying what any one person said."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Avg, Count, OuterRef, Q, Subquery
from django.utils import timezone

from townline.cases.models import Case
from townline.catalogue.models import Service
from townline.core.access import visible
from townline.surveys.models import Survey

FEWEST = 5
"""So many answers at least, or no figure is shown."""
DAYS = 365


@dataclass(frozen=True)
class Line:
    """One service, or all of them: how many were asked, how many answered, and what they said."""

    name: Any
    sent: int
    answered: int
    yes: int
    ease: float | None
    is_suppressed: bool = False

    @property
    def share_answered(self) -> int:
        """Of those who were asked."""
        return round(100 * self.answered / self.sent) if self.sent else 0

    @property
    def share_solved(self) -> int:
        """Of those who answered, who said yes."""
        return round(100 * self.yes / self.answered) if self.answered else 0


def counted(user: Any) -> tuple[Line, list[Line]]:
    """All together, and each service, the most asked first; too few answers are not told.

    One service alone that is not told could be worked out from the others, so the next smallest is not told either.
    """
    rows: Any = visible(user, Survey.objects.since(timezone.now() - timedelta(days=DAYS)))
    figures = {
        "sent": Count("pk"), "answered": Count("answered_at"), "yes": Count("pk", filter=Q(solved="yes")),
        "ease": Avg("ease"),
    }  # fmt: skip
    # Looked up for each survey: joined, SQLite may begin with all cases there are.
    service = Subquery(Case.objects.filter(pk=OuterRef("case")).values("service")[:1])
    grouped = rows.order_by().annotate(of=service).values("of").annotate(**figures)
    by_service = list(grouped.order_by("-sent", "of"))
    hidden = _hidden({row["of"]: row["answered"] for row in by_service})
    names = Service.objects.in_bulk([row["of"] for row in by_service])
    lines = [_line(names[row["of"]].name, row, row["of"] in hidden) for row in by_service]
    whole = rows.aggregate(**figures)
    return _line("", whole, whole["answered"] < FEWEST), lines


def _hidden(answered: dict[int, int]) -> set[int]:
    few = {pk for pk, count in answered.items() if 0 < count < FEWEST}
    others = sorted((count, pk) for pk, count in answered.items() if pk not in few and count)
    return few | {others[0][1]} if len(few) == 1 and others else few


def _line(name: Any, row: dict[str, Any], is_suppressed: bool) -> Line:
    return Line(name, row["sent"], row["answered"], row["yes"], row["ease"], is_suppressed)
