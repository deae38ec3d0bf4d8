"""What of the setup waits for a word from the municipality, and what was changed last."""

from dataclasses import dataclass
from typing import Any

from townline.core.access import may, visible
from townline.setup.kinds import KINDS, SetupKind
from townline.setup.models import Edition

LAST = 15
TOLD = (Edition.What.ADDED, Edition.What.CHANGED, Edition.What.CONFIRMED, Edition.What.RETIRED, Edition.What.RESTORED)


@dataclass(frozen=True)
class Waiting:
    """The rows of one kind that are still to be confirmed."""

    about: SetupKind
    count: int
    of: int


def to_confirm(user: Any) -> list[Waiting]:
    """For each kind that this person may see, how many rows nobody here has confirmed."""
    found = []
    for about in seen_by(user):
        records: Any = about.table.records()
        rows = list(visible(user, records))
        waiting = sum(1 for row in rows if row.unconfirmed)
        found.append(Waiting(about, waiting, len(rows)))
    return [one for one in found if one.count]


def last_changes(user: Any) -> list[Edition]:
    """What was changed last at the desk, by whom."""
    kinds = [about.kind for about in seen_by(user)]
    return list(Edition.objects.filter(kind__in=kinds, what__in=TOLD).select_related("by").order_by("-pk")[:LAST])


def seen_by(user: Any) -> list[SetupKind]:
    """The kinds whose rows this person may see."""
    return [about for about in KINDS.values() if may(user, "read", about.table.model())]
