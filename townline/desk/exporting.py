"""A list as a table for a spreadsheet: the same rows, in the same order, for the same reader."""

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.models import NEVER, Case
from townline.core.access import visible
from townline.customers.models import Customer
from townline.desk.counting import asked_at_once
from townline.desk.reading import Reading

MOST = 10_000
STRETCH = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """Gives back each line instead of keeping it."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def cell(value: Any) -> Any:
    """A value as a cell: numbers stay numbers; text that a spreadsheet would take for a formula is made plain text."""
    if isinstance(value, int | float) or value is None:
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def lines(reading: Reading) -> Iterator[str]:
    """The table, line by line, up to `MOST` rows; a last line says when there are more."""
    writer: Any = csv.writer(_Line())
    user = reading.user
    knows = user.holds("customer.read")
    heads = [_("Reference"), _("Received"), _("Due"), _("Subject"), _("Status"), _("Service"), _("Department"),
             _("Assigned to"), _("Channel"), _("Priority"), _("Where")]  # fmt: skip
    yield "\ufeff" + writer.writerow([*heads, *([_("Customer")] if knows else [])])
    keys = reading.keys(MOST + 1, asked_at_once(user, reading.questions("")))
    for begin in range(0, min(len(keys), MOST), STRETCH):
        stretch = keys[begin : min(begin + STRETCH, MOST)]
        rows = {case.pk: case for case in visible(user, Case.objects.filter(pk__in=stretch).for_rows())}
        found = visible(user, Customer.objects.filter(pk__in={one.customer_id for one in rows.values()}))
        names = dict(found.values_list("pk", Coalesce("merged_into__name", "name"))) if knows else {}
        for case in (rows[pk] for pk in stretch if pk in rows):
            yield writer.writerow(
                [cell(value) for value in [*_row(case), *([names.get(case.customer_id or 0)] if knows else [])]]
            )
    if len(keys) > MOST:
        yield writer.writerow(
            [_("Only the first %(count)s cases. Narrow the list to export the others.") % {"count": MOST}]
        )


def _row(case: Case) -> list[Any]:
    return [
        case.reference, _moment(case.received_at), _moment(case.due_at) if case.due_at < NEVER else None, case.subject,
        case.get_status_display(), case.service.name, case.department.name, case.assignee, case.get_channel_display(),
        case.get_priority_display(), case.place_label,
    ]  # fmt: skip


def _moment(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
