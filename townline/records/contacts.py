"""Contacts that were answered at once, without a case: which of them may go today, and why others stay.

They are counted from the day they were received; nothing uses them after it.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from townline.channels.models import ALONE, Interaction
from townline.core.paging import SIZE, place_of
from townline.records.models import ContactItem, Disposition, Hold, Item, RecordsClass

Reason = Item.Reason
OF_A_CASE = (Interaction.Outcome.RAISED, Interaction.Outcome.ADDED)


class Judged(NamedTuple):
    """One contact, the day it came, until when it is kept, and why it stays."""

    contact: Any
    received_on: date
    kept_through: date
    reason: str

    @property
    def why(self) -> Any:
        """The reason in words."""
        return Reason(self.reason).label if self.reason else ""


def candidates(chosen: RecordsClass, today: date) -> Any:
    """Received long enough ago, on an index of those that were not disposed of."""
    latest = chosen.term.closed_at_the_latest(today)
    before = timezone.make_aware(datetime.combine(latest + timedelta(days=1), time.min))
    rows = Interaction.objects.filter(ALONE, disposed_at=None, received_at__lt=before)
    return rows.select_related("service", "customer").order_by("received_at", "pk")


def walk(chosen: RecordsClass, today: date, after: str = "", size: int = SIZE) -> tuple[list[Judged], str]:
    """Some contacts whose period may be over, oldest first, each judged; and where the next begin."""
    rows = candidates(chosen, today)
    if place := place_of(after):
        at, pk = place
        rows = rows.filter(received_at__gte=at).filter(Q(received_at__gt=at) | Q(pk__gt=pk))
    found = list(rows[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return judged(found[:size], chosen, today), f"{last.received_at.isoformat()}_{last.pk}" if last else ""


def judged(contacts: Iterable[Any], chosen: RecordsClass, today: date) -> list[Judged]:
    """May each of these go today?"""
    rows = list(contacts)
    held = _held(rows)
    return [_judged(one, chosen, today, is_held=one.pk in held) for one in rows]


def _judged(contact: Any, chosen: RecordsClass, today: date, *, is_held: bool) -> Judged:
    on = timezone.localdate(max(contact.received_at, contact.entered_at))
    through = chosen.term.kept_through(on, on)
    checks = {
        Reason.GONE: contact.disposed_at is not None,
        Reason.HOLD: is_held,
        Reason.MATTER: contact.outcome in OF_A_CASE,
        Reason.CLASS: not chosen.is_about_contacts or chosen.action == "keep",
        Reason.USED: today <= through,
    }
    return Judged(contact, on, through, next((reason for reason, holds in checks.items() if holds), ""))


def _held(contacts: list[Any]) -> set[int]:
    """Which of these a standing hold keeps: by their service, their customer, or everything; one query."""
    roots = {one.customer.merged_into_id or one.customer_id for one in contacts if one.customer_id}
    about = Q(service__in={one.service_id for one in contacts if one.service_id}) | Q(customer__in=roots)
    about |= Q(customer__merged_into__in=roots) | Q(case=None, customer=None, service=None)
    found = Hold.objects.standing().filter(about).values_list("service", "customer", "customer__merged_into", "case")
    holds = list(found)
    if any(not any(hold) for hold in holds):
        return {one.pk for one in contacts}
    services = {service for service, _customer, _root, _case in holds if service}
    customers = {root or customer for _service, customer, root, _case in holds if customer}
    return {
        one.pk
        for one in contacts
        if one.service_id in services
        or (one.customer_id and (one.customer.merged_into_id or one.customer_id) in customers)
    }


def all_that_may_go(chosen: RecordsClass, today: date, most: int, furthest: int) -> list[tuple[int, date, date, date]]:
    """For one list: each contact with its days; those that stand on a list already are left out."""
    waiting = (Disposition.State.PROPOSED, Disposition.State.RUNNING)
    listed = set(ContactItem.objects.filter(disposition__state__in=waiting).values_list("interaction_id", flat=True))
    going: list[Judged] = []
    after, looked = "", 0
    while len(going) < most and looked < furthest:
        some, after = walk(chosen, today, after, SIZE * 4)
        going += [one for one in some if not one.reason and one.contact.pk not in listed]
        looked += len(some)
        if not after:
            break
    return [(one.contact.pk, one.received_on, one.received_on, one.kept_through) for one in going[:most]]
