"""What customers said of the municipality in one year, counted: compliments, feedback, and what was not ours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.models import Counter, Department, User
from townline.cases.models import Case, Passing, Reading, Redirection
from townline.catalogue.models import Body, Service
from townline.core.access import seen_by


@dataclass(frozen=True)
class Tally:
    """One list of counts, the largest first."""

    title: str
    rows: list[tuple[str, int]]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(count for _name, count in self.rows)


def tallies(user: User, year: int) -> list[Tally]:
    """The counts of a year, of the cases that this person may know of: each list is one query by an index of the year.

    A year holds thousands of these, not millions, so they are counted exactly.
    """
    passed, read, sent = (_in(model, user, year) for model in (Passing, Reading, Redirection))
    about = dict(Passing.About.choices)
    return [
        Tally(_("Compliments by department"), _counted(passed, "department", Department)),
        Tally(_("Compliments by what they are about"), _named(passed, "about", about)),
        Tally(_("Compliments by service"), _counted(passed, "service", Service)),
        Tally(_("Compliments by facility"), _counted(passed, "facility", Counter)),
        Tally(_("Feedback read, by department"), _counted(read, "department", Department)),
        Tally(_("Not ours, by whose it is"), _counted(sent, "body", Body)),
    ]


def _in(model: Any, user: User, year: int) -> Any:
    zone = timezone.get_default_timezone()
    began, ended = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    return model.objects.filter(seen_by(user, Case, "case"), at__gte=began, at__lt=ended)


def _counted(rows: Any, field: str, model: Any) -> list[tuple[str, int]]:
    counts = dict(rows.exclude(**{field: None}).values_list(field).annotate(Count("pk")))
    return _largest_first((str(one), counts[one.pk]) for one in model.objects.filter(pk__in=counts))


def _named(rows: Any, field: str, names: dict[str, Any]) -> list[tuple[str, int]]:
    found = rows.values_list(field).annotate(Count("pk"))
    return _largest_first((str(names.get(value, value)), count) for value, count in found)


def _largest_first(rows: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(rows, key=lambda row: (-row[1], row[0]))
