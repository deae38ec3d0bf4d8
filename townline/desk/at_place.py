"""What was reported at one place over the years, and finding that place by how it begins.

A place is known by a case that lies there, so that its page has an address in
which nobody's street stands. It is looked up by the normal form of its words
and, when the case is on the map, by a small square around it.
"""

from typing import Any

from django.db.models import Max, Value

from townline.accounts.models import User
from townline.cases.models import Case
from townline.cases.near import called_like, lying_within
from townline.cases.places import beginnings_of_keys
from townline.core.access import visible
from townline.core.paging import SIZE, Page, page_of, place_of

METRES = 40
"""So close is the same place, under whatever name: the next house or the other side of the road."""
MOST = 20
LOOKED_AT = 5_000
"""Entries of the index that one search goes through, however many places begin like this."""


def beginning_with(user: User, typed: str) -> list[Case]:
    """For each place that begins like this, the last case there that this person may see; at most twenty places."""
    last: dict[str, int] = {}
    for begin in beginnings_of_keys(typed):
        entries = Case.objects.filter(place_key__gte=begin, place_key__lt=begin + "\uffff")
        first = entries.order_by("place_key", "received_at", "id").values("pk")[:LOOKED_AT]
        seen: Any = visible(user, Case.objects.filter(pk__in=first))
        keys = seen.order_by("place_key").values_list("place_key").annotate(Max("pk"))
        last |= dict(keys[:MOST])
    shown = [last[key] for key in sorted(last)[:MOST]]
    found = Case.objects.only("reference", "place_label", "received_at").in_bulk(shown)
    return [found[pk] for pk in shown]


def at_place_of(user: User, case: Case, after: str) -> Page:
    """The cases where this one lies, of those that this person may see: the last received first, from a place on.

    Each of the two look-ups gives as many rows as could be on the page.
    """
    place = place_of(after)
    seen: Any = visible(user, Case.objects.all())
    found: dict[int, Case] = {row.pk: row for row in _close_by(seen, case, place)}
    found |= {row.pk: row for row in called_like(seen, case.place_key).for_rows().newest(place)[: SIZE + 1]}
    return page_of(
        sorted(found.values(), key=lambda row: (row.received_at, row.pk), reverse=True), "received_at", after
    )


def _close_by(seen: Any, case: Case, place: Any) -> list[Case]:
    """Those a few metres away, each marked so."""
    if case.latitude is None or case.longitude is None:
        return []
    rows = lying_within(seen, (case.latitude, case.longitude), METRES).for_rows().newest(place)
    return list(rows.annotate(is_close_by=Value(True))[: SIZE + 1])
