"""What the filters offer: the services and queues there are, and the people who may have a case."""

from collections.abc import Iterable
from functools import cached_property
from operator import itemgetter
from typing import Any

from townline.accounts.models import Department, User
from townline.catalogue.models import Service
from townline.core.beside import Inner, asked_together
from townline.routing.models import Queue

MOST_STAFF = 500
NAMED = {name: name for name in ("pk", "code", "sort_key", "department_id")}
PERSON = {"pk": "user_id", "name": "user__name", "department": "department_id"}


class Offered:
    """Read once for a page, however many filter forms stand on it: one query."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self.departments = list(departments)

    @cached_property
    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        """The services in use; the queues of these departments, and who works in them."""
        works_in: Any = User.departments.through.objects
        here = works_in.filter(department__in=self.departments, user__is_active=True, user__kind=User.Kind.STAFF)
        queues = Queue.objects.filter(is_active=True, department__in=self.departments)
        return asked_together(
            {
                "services": (lambda: Service.objects.filter(is_active=True), {**NAMED, "name": Inner("name")}),
                "queues": (lambda: queues, {**NAMED, "name": Inner("name"), "is_default": "is_default"}),
                "staff": (lambda: works_in.filter(pk__in=here.order_by("user_id").values("pk")[:MOST_STAFF]), PERSON),
            }
        )

    @cached_property
    def services(self) -> dict[str, Service]:
        """The services in use, by code, in the order of their names."""
        rows = sorted(self._rows["services"], key=itemgetter("sort_key"))
        return {row["code"]: Service(**row) for row in rows}

    @cached_property
    def staff(self) -> list[tuple[int, str, int]]:
        """Who works in these departments: id, name and department, by name."""
        return sorted((tuple(row.values()) for row in self._rows["staff"]), key=itemgetter(1, 0))

    @cached_property
    def queues(self) -> dict[str, Queue]:
        """The queues of these departments, by code: each department's default one first."""
        places = {one.pk: (number, one) for number, one in enumerate(self.departments)}
        found = [Queue(**row | {"is_default": bool(row["is_default"])}) for row in self._rows["queues"]]
        for queue in found:
            queue.department = places[queue.department_id][1]
        found.sort(key=lambda one: (places[one.department_id][0], not one.is_default, one.sort_key))
        return {queue.code: queue for queue in found}

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
