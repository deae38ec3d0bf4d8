"""The lists of cases that somebody works from: whose they are, and which of them.

A list is one assignee or one department by equality, together with what its
reader may see, in the order of an index. “All” is for those who may see all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Subquery
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy

from townline.accounts.models import Department, User
from townline.cases.models import Case
from townline.cases.models.case import CaseQuerySet
from townline.core.access import visible
from townline.core.paging import Page, id_of, page_of, place_of
from townline.desk.counting import CappedCount, asked_at_once

MINE, DEPARTMENT, ALL = "mine", "department", "all"

NAMES: dict[str, Any] = {
    "open": _l("Open"),
    "unassigned": _l("Not assigned"),
    "overdue": _l("Late"),
    "newest": _l("Newest first"),
    "closed": pgettext_lazy("list", "Closed"),
}
WHICH = {
    MINE: ("open", "overdue", "closed"),
    DEPARTMENT: ("open", "unassigned", "overdue", "closed"),
    ALL: ("newest",),
}
ORDERS: dict[str, Any] = {"newest": _l("Newest first"), "closed": _l("Newest entries first")}
COUNTED = ("open", "unassigned", "overdue")


@dataclass(frozen=True)
class WorkList:
    """One list of cases: whose, and which of them."""

    whose: str
    which: str
    department: Department | None = None

    @property
    def owner(self) -> str:
        """Whose cases they are, in words."""
        return str(self.department) if self.department else {MINE: _("My cases"), ALL: _("All departments")}[self.whose]

    @property
    def name(self) -> str:
        """Which of them, in words."""
        return str(NAMES[self.which])

    @property
    def order(self) -> str:
        """In what order they stand, in words."""
        return str(ORDERS.get(self.which, _("Soonest due first")))

    @property
    def url(self) -> str:
        """Its address; whoever may see it can be sent there."""
        if self.department:
            return reverse("desk:department", args=[self.department.code, self.which])
        return reverse("desk:list", args=[self.whose, self.which])

    @property
    def is_counted(self) -> bool:
        """Is its size worth knowing?"""
        return self.which in COUNTED

    def rows(self, user: User, now: datetime) -> CaseQuerySet:
        """Its cases, of those that this person may see, in no order yet."""
        cases: Any = visible(user, Case.objects.all())
        if self.whose == MINE:
            cases = cases.filter(assignee=user)
        if self.department:
            cases = cases.filter(department=self.department)
        return _cut(cases, self.which, now)

    def page(self, rows: CaseQuerySet, after: str) -> Page:
        """Some of its rows, in the order of the list."""
        rows = rows.for_rows()
        if self.which == "closed":
            return page_of(rows.closed_newest(id_of(after)), "", after)
        if self.which == "newest":
            return page_of(rows.newest(place_of(after)), "received_at", after)
        return page_of(rows.by_due(place_of(after)), "due_at", after)


def _cut(cases: CaseQuerySet, which: str, now: datetime) -> CaseQuerySet:
    match which:
        case "unassigned":
            return cases.open().filter(assignee=None)
        case "overdue":
            return cases.overdue(now)
        case "open":
            return cases.open()
    return cases


@dataclass
class Desk:
    """What one person can work from."""

    user: User

    @cached_property
    def departments(self) -> list[Department]:
        """Those whose cases this person may read, their own first."""
        if self.user.holds("case.read_all"):
            found = Department.objects.filter(is_active=True)
        elif self.user.holds("case.read"):
            found = Department.objects.filter(is_active=True, staff=self.user)
        else:
            return []
        return sorted(found, key=lambda one: (not self._is_own(one), one.sort_key))

    @cached_property
    def lists(self) -> list[list[WorkList]]:
        """Every list this person may ask for, by owner."""
        owners: list[tuple[str, Department | None]] = [(DEPARTMENT, one) for one in self.departments]
        if self.user.holds("case.work"):
            owners.insert(0, (MINE, None))
        if self.user.holds("case.read_all"):
            owners.append((ALL, None))
        return [[WorkList(whose, which, department) for which in WHICH[whose]] for whose, department in owners]

    def find(self, whose: str, which: str, code: str = "") -> WorkList:
        """The list at this address; to those who may not see it, there is none."""
        for one in (one for lists in self.lists for one in lists):
            if (one.whose, one.which, one.department.code if one.department else "") == (whose, which, code):
                return one
        raise Http404

    @property
    def first(self) -> WorkList | None:
        """What is shown before anything is chosen; None for those who do not read cases."""
        return self.lists[0][0] if self.lists else None

    def beside(self, shown: WorkList) -> list[tuple[str, list[tuple[str, WorkList]]]]:
        """What stands beside the page: one's own lists and those of the department that is open, then the others."""
        opened = [lists for lists in self.lists if self._is_own(lists[0].department) or shown in lists]
        others = [lists[0] for lists in self.lists if lists not in opened]
        groups = [(lists[0].owner, [(one.name, one) for one in lists]) for lists in opened]
        return [*groups, (_("Other departments"), [(one.owner, one) for one in others])] if others else groups

    def counts(self, lists: Iterable[WorkList]) -> dict[str, Any]:
        """How many each list holds, to a hundred, and the newest case there is: one query."""
        now = timezone.now()
        questions: dict[str, Any] = {one.url: CappedCount(one.rows(self.user, now)) for one in lists if one.is_counted}
        newest = Subquery(Case.objects.order_by("-pk").values("pk")[:1])
        return asked_at_once(self.user, {**questions, "newest": newest})

    def _is_own(self, department: Department | None) -> bool:
        return department is None or department.pk in self.user.department_ids
