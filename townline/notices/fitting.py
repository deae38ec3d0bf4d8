"""Which notices a matter belongs to: by its service, and by where it lies."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from townline.cases.models import Case
from townline.cases.places import place_key
from townline.notices.models import Gathered, Notice

AT_ONCE = 500
BEFORE = timedelta(days=2)
"""So long before a notice begins, what came in may be about the same thing already."""


def notices_about(service: Any, label: str = "", now: datetime | None = None) -> list[Notice]:
    """What is to be read of this service, and of this place when one is given."""
    return [one for one in Notice.objects.shown(now) if service.code in one.services and lies_in(one, place_key(label))]


def lies_in(notice: Notice, key: str) -> bool:
    """Is a place in its area? Every place is, when it names no streets; and no place rules nothing out."""
    if not notice.streets or not key:
        return True
    return any(f" {street} " in f" {key} " for street in map(place_key, notice.streets) if street)


def belongs(case: Case, notice: Notice) -> bool:
    """Does the case belong to it? Where streets are named, only a case that is known to lie there."""
    if case.service.code not in notice.services or case.is_confidential:
        return False
    return not notice.streets or (bool(case.place_key) and lies_in(notice, case.place_key))


def notices_of(case: Case) -> list[Notice]:
    """What is going on that this case belongs to, as its customer is told of it now."""
    taken_out = set(Gathered.objects.filter(case=case, is_out=True).values_list("notice_id", flat=True))
    now = timezone.now()
    return [one for one in Notice.objects.shown(now) if belongs(case, one) and one.pk not in taken_out]


def gather_for(notice: Notice, *, by: Any) -> int:
    """Gather what came in before it was published; how many cases did."""
    if notice.kind == Notice.Kind.SEASON or notice.from_at is None:
        return 0
    since = min(notice.from_at, timezone.now()) - BEFORE
    rows = Case.objects.open().filter(service__code__in=notice.services, received_at__gte=since, is_confidential=False)
    count = 0
    for case in rows.select_related("service").order_by("-received_at")[:AT_ONCE]:
        if belongs(case, notice):
            notice.gather(by=by, case=case)
            count += 1
    return count
