"""What the filters offer: the services and queues there are, and the people who may have a case."""

from collections.abc import Iterable
from functools import cached_property
from operator import itemgetter
from typing import Any

from django.db.models import F, Value

from townline.accounts.models import Department, User
from townline.catalogue.models import Service
from townline.routing.models import Queue

MOST_STAFF = 500
FIELDS = ("pk", "code", "name", "sort_key", "department_id")


class Offered:
    """Read once for a page, however many filter forms stand on it: two queries."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self.departments = list(departments)

    @cached_property
    def _in_use(self) -> list[tuple[Any, ...]]:
        """The services, and the queues of these departments, in one query: is it a queue, its default, and what."""
        columns = ("is_queue", "is_first", "pk", "code", "name", "sort_key", "department_id")
        services: Any = Service.objects.filter(is_active=True).annotate(is_queue=Value(False), is_first=Value(False))
        queues: Any = Queue.objects.filter(is_active=True, department__in=self.departments)
        queues = queues.annotate(is_queue=Value(True), is_first=F("is_default"))
        rows = services.order_by().values_list(*columns)
        return list(rows.union(queues.order_by().values_list(*columns), all=True))

    @cached_property
    def services(self) -> dict[str, Service]:
        """The services in use, by code, in the order of their names."""
        rows = sorted((row for row in self._in_use if not row[0]), key=itemgetter(5))
        return {row[3]: Service(**dict(zip(FIELDS, row[2:], strict=True))) for row in rows}

    @cached_property
    def staff(self) -> list[tuple[int, str, int]]:
        """Who works in these departments: id, name and department, by name."""
        works_in: Any = User.departments.through.objects
        rows = works_in.filter(
            department__in=self.departments, user__is_active=True, user__kind=User.Kind.STAFF
        ).order_by("user__name", "user_id")
        return list(rows.values_list("user_id", "user__name", "department_id")[:MOST_STAFF])

    @cached_property
    def queues(self) -> dict[str, Queue]:
        """The queues of these departments, by code: each department's default one first."""
        found = {
            row[2]: Queue(**dict(zip(FIELDS, row[2:], strict=True)), is_default=row[1])
            for row in self._in_use
            if row[0]
        }
        places = {one.pk: (number, one) for number, one in enumerate(self.departments)}
        for queue in found.values():
            queue.department = places[queue.department_id][1]
        rows = sorted(found.values(), key=lambda one: (places[one.department_id][0], not one.is_default, one.sort_key))
        return {queue.code: queue for queue in rows}

    def queues_of(self, department: Department | None) -> list[tuple[str, str]]:
        """Which queues a filter offers: those of one department, or all of them with their department."""
        rows = self.queues.items()
        if department:
            return [(code, str(row)) for code, row in rows if row.department_id == department.pk]
        return [(code, row.full_name) for code, row in rows]

    def people(self, department: Department | None) -> list[tuple[str, str]]:
        """Whom a filter offers: those of one department, or all, each once."""
        found = {pk: name for pk, name, where in self.staff if department is None or where == department.pk}
        return [(str(pk), name) for pk, name in found.items()]
