"""Makes the database as the pack says: everything, or nothing."""

from typing import Any

from django.db import transaction

from townline.accounts.models import Municipality, User
from townline.packs.plan import Mark, Plan, plan
from townline.packs.reading import Pack


@transaction.atomic
def apply(pack: Pack, *, by: User) -> Plan:
    """Add and change what differs, and say so in one event; returns what was done.

    What the pack does not name is kept. Applying the same pack again changes
    nothing and leaves no event.
    """
    Municipality.objects.select_for_update().first()
    found = plan(pack)
    if found.is_empty:
        return found
    for change in found.changes:
        if change.mark == Mark.REMOVED:
            change.record.delete()
        elif change.mark != Mark.KEPT:
            change.table.write(change.code, change.written, change.record)
    counts: dict[str, Any] = found.counts()
    Municipality.objects.get().record("pack_applied", by=by, **counts)
    return found
