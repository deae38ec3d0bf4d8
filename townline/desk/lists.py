"""The lists of cases that somebody works from: whose they are, and which of them.

A list is one assignee or one department by equality, together with what its
reader may see, in the order of an index. “All” is for those who may see all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
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
from townline.desk.counting import CappedCount, asked_at_once
from townline.timeline.models import Event

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
    ALL: ("newest", "open", "overdue"),
}
ORDERS: dict[str, Any] = {
    "due": _l("Soonest due first"),
    "newest": _l("Newest first"),
    "closed": _l("Newest entries first"),
}
ORDERABLE = ("due", "newest")
"""The orders one can choose between; some lists have one of their own."""
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

    def order(self, asked: str = "") -> str:
        """In what order they stand: the list's own, else the one that is asked for, else soonest due first."""
        return self.which if self.which in ORDERS else asked if asked in ORDERABLE else "due"

    @property
    def url(self) -> str:
        """Its address; whoever may see it can be sent there."""
        if self.department:
            return reverse("desk:department", args=[self.department.code, self.which])
        return reverse("desk:list", args=[self.whose, self.which])

    @property
    def is_counted(self) -> bool:
        """Is its size worth knowing?"""
        return self.which in COUNTED and self.whose != ALL

    def rows(self, user: User, now: datetime, seen: CaseQuerySet | None = None) -> CaseQuerySet:
        """Its cases, of those that this person may see (worked out once, when it is given), in no order yet."""
        seen = visible(user, Case.objects.all()) if seen is None else seen
        return _cut(self.owned(user, seen), self.which, now)

    def owned(self, user: User, cases: CaseQuerySet) -> CaseQuerySet:
        """The cases of its owner, whichever they are."""
        if self.whose == MINE:
            return cases.in_hands_of(user)
        return cases.filter(department=self.department) if self.department else cases


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
    def known(self) -> dict[int, Department]:
        """All departments there are; read once, together with which of them this person works for."""
        works_in = User.departments.through.objects.filter(user=self.user, department=OuterRef("pk"))
        rows = Department.objects.annotate(is_own=Exists(works_in))
        found: dict[int, Any] = {one.pk: one for one in rows}
        self.user.__dict__["department_ids"] = frozenset(pk for pk, one in found.items() if one.is_own)
        return found

    @cached_property
    def seen(self) -> CaseQuerySet:
        """Every case that this person may see; lists and counts narrow it further."""
        return visible(self.user, Case.objects.all())

    @cached_property
    def departments(self) -> list[Department]:
        """Those whose cases this person may read, their own first."""
        if not (self.user.holds("case.read_all") or self.user.holds("case.read")):
            return []
        reads_all = self.user.holds("case.read_all")
        found = [one for one in self.known.values() if one.is_active and (reads_all or self._is_own(one))]
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

    def counts(self, lists: Iterable[WorkList], also: dict[str, Any]) -> dict[str, Any]:
        """How many each list holds, to a hundred, the newest case there is, and what else is asked: one query."""
        now, seen = timezone.now(), self.seen
        counted = (one for one in lists if one.is_counted)
        questions: dict[str, Any] = {one.url: CappedCount(one.rows(self.user, now, seen)) for one in counted}
        questions |= also
        newest = Subquery(Case.objects.order_by("-pk").values("pk")[:1])
        event = Subquery(Event.objects.order_by("-pk").values("pk")[:1])
        return asked_at_once(self.user, {**questions, "newest": newest, "event": event})

    def _is_own(self, department: Department | None) -> bool:
        return department is None or department.pk in self.user.department_ids
