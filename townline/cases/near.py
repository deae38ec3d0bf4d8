"""The same thing reported twice: cases of one service, close by and not long ago.

Staff find them among the cases they may see. The public hears only of what the
service shares, and never more than the service, an address, when it came in
and where it stands.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.http import Http404
from django.utils import timezone

from townline.cases.intake import Place
from townline.cases.models import Case
from townline.cases.models.case import CaseQuerySet
from townline.cases.places import box_around, cells_around, metres_between, place_key, said_to_others
from townline.cases.tracking import Passerby
from townline.catalogue.models import Service
from townline.core.access import fetch, visible

MOST = 5
LOOKED_AT = 60
SALT = "townline.near"


def near(service: Service, place: Place, when: datetime, reader: Any, *, but: int = 0) -> list[Case]:
    """Open cases that may be about the same thing, of those this reader may know of; the latest first, at most five."""
    open_ones = Case.objects.open().select_related("service", "department").exclude(pk=but)
    rows = recent(visible(reader, open_ones), service, when)
    found = {case.pk: case for case in called_like(rows, place_key(place.label)).order_by("-received_at")[:MOST]}
    if place.latitude is not None and place.longitude is not None and service.near_metres:
        here = (place.latitude, place.longitude)
        around = lying_within(rows, here, service.near_metres).order_by("place_cell", "received_at")[:LOOKED_AT]
        found |= {case.pk: case for case in around if is_within(case, here, service.near_metres)}
    return sorted(found.values(), key=lambda case: case.received_at, reverse=True)[:MOST]


def recent(rows: CaseQuerySet, service: Service, when: datetime) -> CaseQuerySet:
    """Of these cases, those of the service that came in about then; no parts, and none that was merged."""
    span = timedelta(days=service.near_days)
    return rows.filter(
        service=service, received_at__gte=when - span, received_at__lte=when + span, parent=None, survivor=None
    )


def called_like(rows: CaseQuerySet, key: str) -> CaseQuerySet:
    """Those whose place has these words for a name."""
    return rows.filter(place_key=key) if key else rows.none()


def lying_within(rows: CaseQuerySet, here: tuple[float, float], metres: float) -> CaseQuerySet:
    """Those in the square around a point; `is_within` makes it a circle."""
    latitude, longitude = here
    high, wide = box_around(latitude, longitude, metres)
    return rows.filter(
        place_cell__in=cells_around(latitude, longitude, metres),
        latitude__range=(latitude - high, latitude + high),
        longitude__range=(longitude - wide, longitude + wide),
    )


def is_within(case: Any, here: tuple[float, float], metres: float) -> bool:
    """Does it lie so close to a point?"""
    return metres_between(here, (case.latitude, case.longitude)) <= metres


@dataclass(frozen=True)
class Nearby:
    """All that is said of somebody else's case; `token` stands for it, and says nothing."""

    token: str
    service: Any
    place: str
    received_at: datetime
    status: Any

    @classmethod
    def of(cls, case: Case) -> "Nearby":
        """What the service lets others hear of this case."""
        token = signing.Signer(salt=SALT).sign_object(case.pk)
        return cls(token, case.service.name, place_for_others(case), case.received_at, case.status_for_customer)


def place_for_others(case: Case) -> str:
    """The address or crossing, where the service shares it and nobody has hidden the case."""
    is_shared = case.is_public and case.service.shares == Service.Shares.PLACE
    return said_to_others(case.place_label) if is_shared else ""


def heard_of(service: Service, place: Place) -> list[Nearby]:
    """What the public may hear before reporting; nothing of a service that shares nothing."""
    if service.shares == Service.Shares.NOTHING:
        return []
    return [Nearby.of(case) for case in near(service, place, timezone.now(), Passerby())]


def case_behind(token: str) -> Case | None:
    """The case that a token stands for, if it may still be heard of."""
    try:
        pk = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return may_be_joined(pk)


def may_be_joined(pk: int | None) -> Case | None:
    """The case with this key, if the public may hear of it and it is open."""
    try:
        return fetch(Passerby(), Case.objects.open().select_related("service", "department"), "join", pk=pk or 0)
    except Http404:
        return None
