"""What a promise waited for, when the case it was made for went on in another meanwhile."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from townline.cases.models import waits as kept
from townline.cases.models.clocks import Clock
from townline.cases.models.merges import Merge
from townline.core.promise import Wait

BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)


class Stay(NamedTuple):
    """A clock with one case, from a moment on."""

    case_id: int
    since: datetime


def waits_by_clock(case: Any, clocks: Iterable[Clock], own: list[Wait]) -> dict[int, list[Wait]]:
    """For each clock what it waited for: with each case it was with, what that case waited for at that time.

    For a case that was never merged it is what the case waited for.
    """
    pks = [clock.pk for clock in clocks]
    merges = _merges_around(case.pk)
    if not any(set(merge.clocks) & set(pks) for merge in merges):
        return dict.fromkeys(pks, own)
    waits = _waits_of({merge.case_id for merge in merges} | {merge.into_id for merge in merges})
    return {pk: _through(_stays(pk, merges, case.pk), waits) for pk in pks}


def _merges_around(pk: int) -> list[Merge]:
    """Every merge, undone ones too, by which something came to this case or left it."""
    found: dict[int, Merge] = {}
    latest = {pk}
    asked: set[int] = set()
    while latest:
        asked |= latest
        rows = Merge.objects.filter(case__in=latest) | Merge.objects.filter(into__in=latest)
        found |= {merge.pk: merge for merge in rows}
        latest = {pk for merge in found.values() for pk in (merge.case_id, merge.into_id)} - asked
    return sorted(found.values(), key=lambda merge: merge.merged_at)


def _stays(clock: int, merges: list[Merge], now_with: int) -> list[Stay]:
    """The cases a clock was with, one after the other."""
    moves = [Stay(merge.into_id, merge.merged_at) for merge in merges if clock in merge.clocks]
    moves += [Stay(merge.case_id, merge.undone_at) for merge in merges if clock in merge.clocks and merge.undone_at]
    first = next((merge.case_id for merge in merges if clock in merge.clocks), now_with)
    return [Stay(first, BEFORE_ALL), *sorted(moves, key=lambda stay: stay.since)]


def _through(stays: list[Stay], waits: dict[int, list[Wait]]) -> list[Wait]:
    """The waits of each case, cut to the time that the clock was with it."""
    ends = [stay.since for stay in stays[1:]] + [None]
    found = []
    for stay, end in zip(stays, ends, strict=True):
        for why, began_at, ended_at in waits.get(stay.case_id, []):
            begins = max(began_at, stay.since)
            finishes = min(filter(None, (ended_at, end)), default=None)
            if finishes is None or begins < finishes:
                found.append(Wait(why, begins, finishes))
    return sorted(found, key=lambda wait: wait.began_at)


def _waits_of(cases: set[int]) -> dict[int, list[Wait]]:
    found: dict[int, list[Wait]] = {pk: [] for pk in cases}
    rows = kept.Wait.objects.filter(case__in=cases).order_by("began_at")
    for pk, reason, began_at, ended_at in rows.values_list("case_id", "reason", "began_at", "ended_at"):
        found[pk].append(Wait(reason, began_at, ended_at))
    return found
