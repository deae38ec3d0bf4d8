"""What one officer has to do today, as a list for a telephone and a sheet of paper."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from urllib.parse import quote

from django.utils import timezone

from townline.accounts.models import User
from townline.cases.models import Case, Clock
from townline.cases.models.states import Status
from townline.core.access import visible

MOST = 40
"""More than that nobody does in a day; the rest is in the work list."""


@dataclass(frozen=True)
class Errand:
    """One case of today: what is due on it, and where it is."""

    case: Case
    step: str

    @property
    def map_url(self) -> str:
        """The place for the map of the telephone (RFC 5870): by its coordinates, or by its address."""
        if self.case.latitude is not None and self.case.longitude is not None:
            at = f"{self.case.latitude},{self.case.longitude}"
            return f"geo:{at}?q={at}"
        return f"geo:0,0?q={quote(self.case.place_label)}" if self.case.place_label else ""

    @property
    def is_new(self) -> bool:
        """Has nobody begun it?"""
        return self.case.status == Status.NEW


def errands(user: User) -> tuple[list[Errand], bool]:
    """Their own cases with anything due by the end of today, soonest first, and whether there are more.

    The nearest promise of a case, a step's among them, stands on the case, so
    that one index answers; the steps that are due are one more query.
    """
    end = timezone.make_aware(datetime.combine(timezone.localdate(), time.max))
    mine: Any = visible(user, Case.objects.filter(assignee=user, due_at__lte=end))
    found = list(mine.select_related("service").by_due()[: MOST + 1])
    shown = found[:MOST]
    due = Clock.objects.filter(case__in=[case.pk for case in shown], ended_at=None, due_at__lte=end).exclude(step="")
    steps = {clock.case_id: clock.label for clock in due.order_by("-due_at")}
    return [Errand(case, steps.get(case.pk, "")) for case in shown], len(found) > MOST
