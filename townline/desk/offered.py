"""What the filters offer: the services there are, and the people who may have a case."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from townline.accounts.models import Department, User
from townline.catalogue.models import Service

MOST_STAFF = 500


class Offered:
    """Read once for a page, however many filter forms stand on it: two queries."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self.departments = list(departments)

    @cached_property
    def services(self) -> dict[str, Service]:
        """The services in use, by code, in the order of their names."""
        rows = Service.objects.filter(is_active=True).only("code", "name", "sort_key", "department")
        return {service.code: service for service in rows}

    @cached_property
    def staff(self) -> list[tuple[int, str, int]]:
        """Who works in these departments: id, name and department, by name."""
        works_in: Any = User.departments.through.objects
        rows = works_in.filter(
            department__in=self.departments, user__is_active=True, user__kind=User.Kind.STAFF
        ).order_by("user__name", "user_id")
        return list(rows.values_list("user_id", "user__name", "department_id")[:MOST_STAFF])

    def people(self, department: Department | None) -> list[tuple[str, str]]:
        """Whom a filter offers: those of one department, or all, each once."""
        found = {pk: name for pk, name, where in self.staff if department is None or where == department.pk}
        return [(str(pk), name) for pk, name in found.items()]
