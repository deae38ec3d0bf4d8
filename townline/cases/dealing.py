"""Whose turn it is: among those present, by turn or by load, under a cap, in French where somebody serves in it.

The candidates' turns are locked in one order, so that two cases that come in at
once neither go to the same person for the same turn nor lift anybody over the cap.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from townline.accounts.absences import HERE, Absence, French
from townline.accounts.models import User
from townline.cases.models import Case, Status
from townline.core.refusals import NotPossible
from townline.routing.models import Deal, Queue, RuleSet, Turn
from townline.timeline.models import Event

LEVELS = [French.FLUENT, French.SOME, French.NONE]
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
AT_ONCE = 200


def whose_turn(case: Any) -> User | None:
    """Who is given this case now; None when nobody is present or everybody has enough. Notes the turn."""
    people = {user.pk: user for user in _present(case)}
    Turn.objects.bulk_create([Turn(user_id=pk) for pk in people], ignore_conflicts=True)
    turns = list(Turn.objects.select_for_update().filter(user__in=people).order_by("user_id"))
    loads = _loads(people)
    able = [turn for turn in turns if loads.get(turn.user_id, 0) < case.queue.cap]
    if not able:
        return None

    def place(turn: Turn) -> tuple[Any, ...]:
        level = LEVELS.index(French(people[turn.user_id].french)) if case.language == "fr" else 0
        load = loads.get(turn.user_id, 0) if case.deal_as == Deal.LEAST_LOADED else 0
        return level, load, turn.given_at or LONG_AGO, turn.user_id

    chosen = min(able, key=place)
    chosen.given_at = timezone.now()
    chosen.save()
    return people[chosen.user_id]


def _present(case: Any) -> Iterator[User]:
    """Who works on cases of the department, was at the desk just now, is not away, and did not give this case back."""
    now = timezone.now()
    here = User.objects.filter(
        kind=User.Kind.STAFF, is_active=True, departments=case.department_id, seen_at__gte=now - HERE
    ).exclude(pk__in=Absence.objects.on(timezone.localdate()).values("user"))
    if case.why_here:
        gave_back = Event.objects.filter(case_id=case.pk, name="case.given_back")
        here = here.exclude(pk__in=list(gave_back.values_list("by_id", flat=True)))
    yield from (user for user in here.prefetch_related("roles") if user.holds("case.work"))


def _loads(people: dict[int, User]) -> dict[int, int]:
    counted = Case.objects.open().filter(assignee__in=people).order_by().values("assignee").annotate(n=Count("pk"))
    return dict(counted.values_list("assignee", "n"))


def deal_if_wanted(case: Case, *, by: Any) -> bool:
    """Give a case out at once where its queue does so and somebody is there; else it waits in its queue."""
    if case.deal_as == Deal.OFF or case.assignee_id or case.is_confidential:
        return False
    try:
        case.deal(by=by)
    except NotPossible:
        return False
    return True


def deal_what_waits(*, by: Any) -> int:
    """Give out what came in while nobody was there, soonest due first; how many were."""
    count = 0
    for queue in _giving_out():
        waiting = Case.objects.in_queue(queue).open().filter(assignee=None, is_confidential=False)
        if queue.deal == Deal.OFF:
            waiting = waiting.filter(route__has_key="deal")
        waiting = waiting.exclude(status=Status.WAITING).select_related("queue").by_due()
        for case in [one for one in waiting[:AT_ONCE] if one.deal_as != Deal.OFF]:
            if not deal_if_wanted(case, by=by):
                break
            count += 1
    return count


def _giving_out() -> "QuerySet[Queue]":
    """The queues that give out, and those to which a rule in force sends what is to be given out."""
    rule_set = RuleSet.objects.in_force()
    wanted = ~Q(deal=Deal.OFF)
    for to in (rule.to for rule in (rule_set.parsed if rule_set else ()) if rule.to.deal):
        wanted |= Q(department__code=to.department) & (Q(code=to.queue) if to.queue else Q(is_default=True))
    return Queue.objects.usable().filter(wanted)
