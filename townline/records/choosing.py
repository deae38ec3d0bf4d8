"""What of a class would go today, what would not, and why; nothing is changed here.

The walk goes through closed cases by the day they were closed, on an index that
leaves out what was disposed of, so that it never goes through the past again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.models import Case, Status
from townline.core.paging import SIZE, place_of
from townline.core.refusals import NotPossible
from townline.records import contacts
from townline.records.knowing import without_hidden
from townline.records.models import Disposition, EarlyConsent, Hold, Item, RecordsClass
from townline.records.models.classes import cases_of, class_of
from townline.timeline.models import Event

MOST = 500
"""Cases in one disposition: what two people can look through."""
FURTHEST = 5_000
"""Cases that are looked at for one list."""
KEEPING = ("hold", "earlyconsent")
"""What is done about keeping a case, and is no use of it."""
Reason = Item.Reason


@dataclass(frozen=True)
class Judged:
    """One case, the days that count, and why it stays; no reason when it may go."""

    case: Any
    closed_on: date
    last_used_on: date
    kept_through: date
    reason: str

    @property
    def why(self) -> Any:
        """The reason in words."""
        return Reason(self.reason).label if self.reason else ""


def judge(case: Any, chosen: RecordsClass, classes: list[RecordsClass], today: date) -> Judged:
    """May this case go today? Everything is asked anew, of the case as it is now."""
    used_at = uses().filter(case_id=case.pk).aggregate(at=Max("at"))["at"] or case.changed_at
    consented = EarlyConsent.objects.filter(case=case, withdrawn_at=None).exists()
    is_held = Hold.objects.on(case).exists()
    return _judged(case, used_at, chosen, classes, today, is_held=is_held, is_consented=consented)


def uses() -> Any:
    """The events that are uses: that records were kept is none."""
    return Event.objects.exclude(subject_kind__in=KEEPING)


def _judged(
    case: Any, used_at: datetime, chosen: RecordsClass, classes: list[RecordsClass], today: date,
    *, is_held: bool, is_consented: bool,
) -> Judged:  # fmt: skip
    closed_on = timezone.localdate(case.closed_at or case.changed_at)
    last_used_on = max(closed_on, timezone.localdate(used_at))
    term = chosen.term
    through = term.kept_through(closed_on, last_used_on, is_consented=is_consented)
    checks = {
        Reason.GONE: case.disposed_at is not None,
        Reason.OPEN: case.status != Status.CLOSED,
        Reason.HOLD: is_held,
        Reason.MATTER: _goes_on(case),
        Reason.CLASS: class_of(case.service.code, case.kind, classes) != chosen or chosen.action == "keep",
        Reason.USED: today <= through,
    }
    reason = next((reason for reason, holds in checks.items() if holds), "")
    return Judged(case, closed_on, last_used_on, through, reason)


def _goes_on(case: Any) -> bool:
    """Is it merged into, or a part of, a case that is still kept; or has it parts that are open?"""
    above = [one for one in (case.survivor, case.parent) if one is not None]
    has_open_parts = getattr(case, "has_open_parts", None)
    if has_open_parts is None:
        has_open_parts = case.parts.exclude(status=Status.CLOSED).exists()
    return has_open_parts or any(one.disposed_at is None for one in above)


def walk(user: Any, chosen: RecordsClass, today: date, after: str = "", size: int = SIZE) -> tuple[list[Judged], str]:
    """Some cases of a class whose time may be over, longest closed first, each judged; and where the next begin."""
    classes = list(RecordsClass.objects.all())
    agreed = _agreed()
    rows = without_hidden(user, candidates(chosen, classes, today, agreed))
    if place := place_of(after):
        at, pk = place
        rows = rows.filter(closed_at__gte=at).filter(Q(closed_at__gt=at) | Q(pk__gt=pk))
    found = list(rows.order_by("closed_at", "pk")[: size + 1])
    shown = found[:size]
    held = _held(shown)
    judged = [
        _judged(case, case.used_at, chosen, classes, today, is_held=case.pk in held, is_consented=case.pk in agreed)
        for case in shown
    ]
    last = shown[-1] if len(found) > size else None
    return judged, f"{last.closed_at.isoformat()}_{last.pk}" if last else ""


def candidates(chosen: RecordsClass, classes: list[RecordsClass], today: date, agreed: Iterable[int] = ()) -> Any:
    """Closed cases of the class, closed long enough ago, or with the consent of the person."""
    latest = chosen.term.closed_at_the_latest(today)
    before = timezone.make_aware(datetime.combine(latest + timedelta(days=1), time.min))
    due = Q(closed_at__lt=before) | Q(pk__in=list(agreed)) if agreed else Q(closed_at__lt=before)
    used = uses().filter(case_id=OuterRef("pk")).order_by("-id").values("at")[:1]
    open_parts = Case.objects.filter(parent__isnull=False).exclude(status=Status.CLOSED)
    rows = cases_of(chosen, classes).filter(due, closed_at__isnull=False, disposed_at=None)
    return rows.select_related("service", "survivor", "parent", "customer").annotate(
        used_at=Coalesce(Subquery(used), "changed_at"),
        has_open_parts=Exists(open_parts.filter(parent=OuterRef("pk"))),
    )


def _held(cases: Iterable[Any]) -> set[int]:
    """Which of these a standing hold keeps; one query."""
    rows = list(cases)
    roots = {case.customer.merged_into_id or case.customer_id for case in rows if case.customer_id}
    about = Q(case__in=[case.pk for case in rows]) | Q(service__in={case.service_id for case in rows})
    about |= Q(customer__in=roots) | Q(customer__merged_into__in=roots) | Q(case=None, customer=None, service=None)
    found = Hold.objects.standing().filter(about).values_list("case", "service", "customer", "customer__merged_into")
    holds = list(found)
    if any(not any((case, service, customer)) for case, service, customer, _root in holds):
        return {case.pk for case in rows}
    by_case, by_service = {one[0] for one in holds if one[0]}, {one[1] for one in holds if one[1]}
    by_customer = {one[3] or one[2] for one in holds if one[2]}
    return {
        case.pk
        for case in rows
        if case.pk in by_case
        or case.service_id in by_service
        or (case.customer_id and (case.customer.merged_into_id or case.customer_id) in by_customer)
    }


def _agreed() -> set[int]:
    """Cases whose customers agreed to an earlier disposal; few, and looked at first."""
    rows = EarlyConsent.objects.filter(withdrawn_at=None, case__disposed_at=None)
    return set(rows.values_list("case_id", flat=True)[:MOST])


def propose(chosen: RecordsClass, *, by: Any, what_review_found: str = "") -> Disposition:
    """Keep today's list of what may go, for two people to approve."""
    if chosen.action == RecordsClass.Action.KEEP:
        raise NotPossible(_("Records of this class are kept for good."))
    if chosen.action == RecordsClass.Action.REVIEW and not what_review_found.strip():
        raise NotPossible(_("Somebody has to look at these records first. Say what was found."))
    today = timezone.localdate()
    if chosen.is_about_contacts:
        days = contacts.all_that_may_go(chosen, today, MOST, FURTHEST)
    else:
        found = _all_that_may_go(by, chosen, today)
        days = [(one.case.pk, one.closed_on, one.last_used_on, one.kept_through) for one in found]
    if not days:
        raise NotPossible(_("Nothing of this class may go today."))
    return Disposition.propose(chosen, days, by=by, listed_on=today, what_review_found=what_review_found)


def _all_that_may_go(user: Any, chosen: RecordsClass, today: date) -> list[Judged]:
    listed = set(
        Item.objects.filter(
            disposition__state__in=(Disposition.State.PROPOSED, Disposition.State.RUNNING),
            disposition__records_class=chosen,
        ).values_list("case_id", flat=True)
    )
    going: list[Judged] = []
    after, looked = "", 0
    while len(going) < MOST and looked < FURTHEST:
        judged, after = walk(user, chosen, today, after, SIZE * 4)
        going += [one for one in judged if not one.reason and one.case.pk not in listed]
        looked += len(judged)
        if not after:
            break
    return going[:MOST]
