"""What keeps an open page true: which of its rows have changed, and whether anything happened at all."""

from datetime import UTC, datetime, timedelta
from typing import Any

from townline.cases.models import Case
from townline.cases.timeline import LEFT_OUT
from townline.core.access import visible
from townline.core.paging import SIZE
from townline.timeline.models import Event

BEGAN = datetime(1970, 1, 1, tzinfo=UTC)


def newest_event() -> int:
    """The last thing that happened anywhere."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def stamp(case: Case) -> str:
    """A row as it is drawn: the case, and when it last changed, to the microsecond."""
    return f"{case.pk}.{(case.changed_at - BEGAN) // timedelta(microseconds=1)}"


def stamps(text: str) -> dict[int, int]:
    """The rows of a page as it drew them; what cannot be read is left out, and so is what no page holds."""
    pairs = (one.split(".") for one in text[:4000].split(",")[:SIZE])
    return {
        int(pair[0]): int(pair[1])
        for pair in pairs
        if len(pair) == 2 and all(part.isascii() and part.isdecimal() and len(part) <= 18 for part in pair)
    }


def changed_rows(user: Any, drawn: dict[int, int]) -> list[int]:
    """Of these rows, those that are no longer as they were drawn; told by the moment itself, so no clock decides."""
    if not drawn:
        return []
    rows = visible(user, Case.objects.filter(pk__in=drawn)).only("changed_at")
    return [case.pk for case in rows if stamp(case) != f"{case.pk}.{drawn[case.pk]}"]


def happened_to(case: Case, seen: int, *, but_by: Any) -> list[Event]:
    """What others did to a case after this event, the latest first."""
    events = Event.objects.filter(case_id=case.pk, pk__gt=seen).exclude(name__in=LEFT_OUT).exclude(by=but_by)
    return list(events.select_related("by").order_by("-id")[:SIZE])
