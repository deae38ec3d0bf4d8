"""Every disclosure in one list: those of complaints by pseudonym, consents to share, releases, and the others."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.complaints.models import Disclosure
from townline.core.paging import SIZE
from townline.customers.models import Consent
from townline.records.knowing import hidden_complaints
from townline.records.models import AccessRequest, Disclosed

RELEASED = (AccessRequest.Decision.FULL, AccessRequest.Decision.PART)


class Line(NamedTuple):
    """One line of the log."""

    on: date
    about: str
    url: str
    to_whom: str
    what: Any
    ground: Any
    until_on: date | None
    is_over: bool
    ends: int | None = None


def log(user: Any, before: date | None = None) -> tuple[list[Line], str]:
    """Newest first, from before a day; and the day from which the next go on. A day is never cut in two."""
    first = before or timezone.localdate() + timedelta(days=1)
    lines = [*_of_complaints(user, first), *_consents(first), *_releases(first), *_others(first)]
    lines.sort(key=lambda line: line.on, reverse=True)
    if len(lines) <= SIZE:
        return lines, ""
    last = lines[SIZE - 1].on
    shown = [line for line in lines if line.on >= last]
    return shown, last.isoformat() if len(lines) > len(shown) else ""


def _of_complaints(user: Any, before: date) -> list[Line]:
    rows = Disclosure.objects.exclude(complaint__case__in=hidden_complaints(user)).select_related("complaint")
    found = []
    for one in rows.filter(at__date__lt=before).order_by("-at")[: SIZE * 2]:
        about = _("Complainant %(name)s") % {"name": one.complaint.pseudonym}
        on, over = timezone.localdate(one.at), bool(one.withdrawn_at)
        to_whom = _("sealed with the complaint")
        found.append(Line(on, about, "", to_whom, one.get_what_display(), one.get_ground_display(), one.until_on, over))
    return found


def _consents(before: date) -> list[Line]:
    rows = Consent.objects.filter(kind=Consent.Kind.SHARE, from_on__lt=before).select_related("customer")
    return [
        Line(
            one.from_on, one.customer.name, _customer(one.customer_id), one.to_whom, one.what,
            one.get_ground_display(), one.until_on, bool(one.withdrawn_at),
        )
        for one in rows.order_by("-from_on", "-pk")[: SIZE * 2]
    ]  # fmt: skip


def _releases(before: date) -> list[Line]:
    rows = AccessRequest.objects.filter(decision__in=RELEASED, decided_on__lt=before).select_related("case")
    return [
        Line(
            one.decided_on, one.case.reference, reverse("records:request", args=[one.pk]), _("the requester"),
            one.get_decision_display(), _("Access request"), None, False,
        )
        for one in rows.order_by("-decided_on", "-pk")[: SIZE * 2]
        if one.decided_on
    ]  # fmt: skip


def _others(before: date) -> list[Line]:
    rows = Disclosed.objects.filter(on__lt=before).select_related("customer")
    return [
        Line(
            one.on, one.customer.name, _customer(one.customer_id), one.to_whom, one.what, one.get_ground_display(),
            one.until_on, bool(one.ended_at), None if one.ended_at or not one.until_on else one.pk,
        )
        for one in rows.order_by("-on", "-pk")[: SIZE * 2]
    ]  # fmt: skip


def _customer(pk: int) -> str:
    return reverse("records:customer", args=[pk])


def given_in_the_last_year(family: list[int]) -> list[Line]:
    """To whom something about this customer was given within a year: who may have to hear of a correction."""
    since = timezone.localdate() - timedelta(days=366)
    rows = Disclosed.objects.filter(customer__in=family, on__gte=since)
    consents = Consent.objects.filter(customer__in=family, kind=Consent.Kind.SHARE, from_on__gte=since)
    lines = [Line(one.on, "", "", one.to_whom, one.what, "", one.until_on, bool(one.ended_at)) for one in rows]
    lines += [
        Line(one.from_on, "", "", one.to_whom, one.what, "", one.until_on, bool(one.withdrawn_at)) for one in consents
    ]
    return sorted(lines, key=lambda line: line.on, reverse=True)
