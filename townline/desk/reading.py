"""Reading a list: in its order, from its index, and never further than a bounded way.

Without filters a page is the next 51 entries of an index. With filters, rows
that fit may be rare; then at most `WINDOW` entries are looked through at once,
and the page says so. Where that ends is asked of the index alone.

“All departments, soonest due first” has no index of its own: beside that of the
departments it would be its rival. It is the first rows of every department,
each from the same place of its own part of the index, put together.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, Subquery
from django.utils import timezone

from townline.cases.models import Case, Presence
from townline.cases.models.case import CaseQuerySet
from townline.core.paging import SIZE, Page, id_of, page_of, place_of
from townline.desk.filters import FilterForm
from townline.desk.lists import ALL, MINE, Desk, WorkList

WINDOW = 20_000


@dataclass(frozen=True)
class Way:
    """One order: by which key, how a place in it is written, and the rows after a place and up to one."""

    key: str
    place: Callable[[str], Any]
    begin: Callable[[CaseQuerySet, Any], CaseQuerySet]
    until: Callable[[CaseQuerySet, Any], CaseQuerySet]

    def written(self, found: tuple[Any, ...]) -> str:
        """A place as an address names it."""
        return f"{found[0].isoformat()}_{found[1]}" if self.key else str(found[0])


def _until_due(rows: CaseQuerySet, place: tuple[datetime, int]) -> CaseQuerySet:
    return rows.filter(due_at__lte=place[0]).filter(Q(due_at__lt=place[0]) | Q(pk__lte=place[1]))


def _until_oldest(rows: CaseQuerySet, place: tuple[datetime, int]) -> CaseQuerySet:
    return rows.filter(received_at__gte=place[0]).filter(Q(received_at__gt=place[0]) | Q(pk__gte=place[1]))


WAYS = {
    "due": Way("due_at", place_of, CaseQuerySet.by_due, _until_due),
    "newest": Way("received_at", place_of, CaseQuerySet.newest, _until_oldest),
    "closed": Way("", id_of, CaseQuerySet.closed_newest, lambda rows, pk: rows.filter(pk__gte=pk)),
}


@dataclass
class Reading:
    """One list as one person reads it, through these filters."""

    shown: WorkList
    desk: Desk
    form: FilterForm

    def __post_init__(self) -> None:
        self.user = self.desk.user
        self.now = timezone.now()
        self.order = self.shown.order(self.form.sorted_by)
        self.way = WAYS[self.order]

    @property
    def rows(self) -> CaseQuerySet:
        """Everything that fits, in no order yet."""
        return self.form.narrow(self.shown.rows(self.user, self.now, self.desk.seen))

    @property
    def is_narrow(self) -> bool:
        """Does an entry of the index not say by itself that its case belongs here?"""
        in_passing = self.order == "newest" and self.shown.which != "newest"
        return bool(self.form.chosen) or self.shown.which == "unassigned" or in_passing

    @property
    def is_over_all(self) -> bool:
        """Is it put together from all departments?"""
        return self.shown.whose == ALL and self.order == "due"

    def questions(self, after: str) -> dict[str, Any]:
        """What `page` must know of the index before it reads; asked together with the counts of the page."""
        if not self.is_narrow:
            return {}
        place = self.way.place(after)
        parts = [self._entries()]
        if self.is_over_all:
            parts = [self._entries().filter(department=pk) for pk in self._parts]
        share = WINDOW // max(len(parts), 1)
        columns = (self.way.key, "pk") if self.way.key else ("pk",)
        return {
            f"end-{number}-{column}": Subquery(self.way.begin(part, place).values(column)[share - 1 : share])
            for number, part in enumerate(parts)
            for column in columns
        }

    def page(self, after: str, answers: dict[str, Any]) -> Page:
        """The rows after a place, and where the next ones begin."""
        place, end = self.way.place(after), self._end(answers)
        rows = self.way.until(self.rows, self.way.place(end)) if end else self.rows
        if self.is_over_all:
            rows, place = self._of_every_department(rows, place), None
        shown = rows.for_rows().annotate(here=Presence.another_at_each(self.user))
        page = page_of(self.way.begin(shown, place).prefetch_related(None), self.way.key, after)
        for row in page.rows:
            row.department = self.desk.known[row.department_id]
        return replace(page, next_place=end, is_cut=True) if end and not page.next_place else page

    def keys(self, most: int, answers: dict[str, Any]) -> list[int]:
        """The cases that fit, in the order of the list, as far as one looks."""
        end = self._end(answers)
        rows = self.way.until(self.rows, self.way.place(end)) if end else self.rows
        if self.is_over_all:
            rows = self._of_every_department(rows, None, most)
        return list(self.way.begin(rows, None).values_list("pk", flat=True)[:most])

    def within(self, entries: int) -> CaseQuerySet:
        """What fits among the first entries of the list; for counting."""
        first = self.way.begin(self._entries(), None).values("pk")[:entries]
        return self.rows.filter(pk__in=first)

    def beyond(self, entries: int) -> Subquery:
        """Whether there are more entries than that: some number, or nothing."""
        return Subquery(self.way.begin(self._entries(), None).values("pk")[entries : entries + 1])

    def _entries(self) -> CaseQuerySet:
        """The entries of the index that the list goes through, whoever may see their cases."""
        owned = self.shown.owned(self.user, Case.objects.all())
        if self.order == "due":
            return owned.overdue(self.now) if self.shown.which == "overdue" else owned.open()
        return owned.open() if self.shown.whose == MINE and self.order == "newest" else owned

    def _end(self, answers: dict[str, Any]) -> str:
        """The place behind which this page does not look, the nearest of several; empty when everything is nearer."""
        found: dict[str, list[Any]] = defaultdict(list)
        for name, value in answers.items():
            if name.startswith("end-") and value is not None:
                found[name.split("-")[1]].append(value)
        return self.way.written(tuple(min(found.values()))) if found else ""

    @property
    def _parts(self) -> list[int]:
        """The departments, also those that have been closed; or the one that is asked for."""
        code = self.form.chosen.get("department")
        return [pk for pk, one in self.desk.known.items() if not code or one.code == code]

    def _of_every_department(self, rows: CaseQuerySet, place: Any, most: int = SIZE + 1) -> CaseQuerySet:
        """The nearest rows of each department, and of those the nearest of all; their keys are one query."""
        nearest = [self.way.begin(rows.filter(department=pk), place).values("pk")[:most] for pk in self._parts]
        parts = [Case.objects.filter(pk__in=keys).order_by().values_list("due_at", "pk") for keys in nearest]
        keys = sorted(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]) if parts else []
        return Case.objects.filter(pk__in=[pk for _at, pk in keys[:most]])
