"""A list of rules tried on past cases: which would go elsewhere than by the rules in force.

Nothing is changed. Only cases that whoever tries may see are asked, the newest
first; each is sent by both lists as if it came in again.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from townline.cases.models import Case
from townline.cases.ways import asked_of
from townline.catalogue.models import Service
from townline.core.access import visible
from townline.routing.models import Queue, RuleSet
from townline.routing.rules import Rule
from townline.routing.sending import Sent, first_way, home_of, usable_queue

SHOWN = 5
MOST = 2_000


@dataclass
class Way:
    """Cases that would go from one queue to another: how many, and the newest few."""

    now: Queue
    then: Queue
    count: int = 0
    some: list[Case] = field(default_factory=list)


@dataclass
class Trial:
    """What came of it."""

    tried: int
    moved: int
    ways: list[Way]
    fitted: Counter[str]
    unruled: int

    def fits(self, code: str) -> int:
        """How many cases a rule decided."""
        return self.fitted[code]


class _Finder:
    """Finds queues and home queues once each, however many cases are tried."""

    def __init__(self) -> None:
        self.queues: dict[tuple[str, str | None], Queue | None] = {}
        self.homes: dict[int, Queue] = {}

    def queue(self, rule: Rule) -> Queue | None:
        key = (rule.to.department, rule.to.queue)
        if key not in self.queues:
            self.queues[key] = usable_queue(rule)
        return self.queues[key]

    def home(self, service: Service) -> Queue:
        if service.pk not in self.homes:
            self.homes[service.pk] = home_of(service)
        return self.homes[service.pk]


def try_on_past(draft: RuleSet, user: Any, newest: int) -> Trial:
    """Send the newest cases by the draft and by what is in force, and hold the two against each other."""
    current = RuleSet.objects.in_force()
    before = current.parsed if current else ()
    services = Service.objects.select_related("department__calendar").in_bulk()
    finder, fitted, tried, unruled = _Finder(), Counter[str](), 0, 0
    ways: dict[tuple[int, int], Way] = {}
    for case in _past(user, newest):
        tried += 1
        case.service = services[case.service_id]
        asked, home = asked_of(case), finder.home(case.service)
        now = first_way(asked, before, home, find=finder.queue)
        then = first_way(asked, draft.parsed, home, find=finder.queue)
        fitted[then.rule.code if then.rule else ""] += 1
        unruled += then.rule is None
        if now.queue.pk != then.queue.pk:
            _note(ways, case, now, then)
    moved = sum(way.count for way in ways.values())
    return Trial(tried, moved, sorted(ways.values(), key=lambda way: -way.count), fitted, unruled)


def _past(user: Any, newest: int) -> Any:
    rows: Any = visible(user, Case.objects.all())
    return rows.newest().only(
        "reference", "subject", "service", "kind", "channel", "language", "received_at", "answers", "place_label",
        "priority",
    )[: min(newest, MOST)]  # fmt: skip


def _note(ways: dict[tuple[int, int], Way], case: Case, now: Sent, then: Sent) -> None:
    way = ways.setdefault((now.queue.pk, then.queue.pk), Way(now.queue, then.queue))
    way.count += 1
    if len(way.some) < SHOWN:
        way.some.append(case)
