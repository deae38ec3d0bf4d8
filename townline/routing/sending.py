"""Sends a matter to the queue that the rules in force name; else to the department of its service.

Nothing floats: a rule that names what has ended is passed over, a matter that
no rule fits goes to its service's department, and if that has ended, to the front.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Subquery
from django.utils import timezone

from townline.accounts.models import Department
from townline.catalogue.models import Service
from townline.questions.terms import Context, Facts, Scalar
from townline.routing.queues import Queue
from townline.routing.rule_sets import Rules, RuleSet, parsed
from townline.routing.rules import About, Reasons, Rule, Step, asks_for, plain_place, route

Finder = Callable[[Rule], Queue | None]
NO_RULE, PASSED_OVER, ENDED = "no_rule", "passed_over", "ended"
"""Marks: no rule fitted; one did, but names what has ended; the service's own department has ended."""


@dataclass(frozen=True)
class Asked:
    """What the rules may ask of a matter."""

    service: Service
    kind: str
    channel: str
    language: str
    at: datetime
    answers: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    priority: str = ""

    def facts(self, rules: Rules) -> Facts:
        """As the rule language knows them; the opening hours only where a rule asks for them."""
        local = timezone.localtime(self.at)
        values: dict[str, Scalar] = {
            "service": self.service.code,
            "kind": str(self.kind),
            "channel": str(self.channel),
            "language": self.language,
            "priority": str(self.priority),
            "place": plain_place(self.place),
            **{step: mode_of(self.service, step) for step in Step.values},
        }
        if asks_for(rules, About.HOURS):
            is_open = self.service.department.calendar.opening_hours.is_open(self.at)
            values["hours"] = "open" if is_open else "closed"
        return Facts(Context(today=local.date(), values=values), self.answers, {})


def mode_of(service: Service, step: str) -> str:
    """Central, partial or decentralised; nothing where the service does not say."""
    return str(service.centralisation.get(step, {}).get("mode", ""))


@dataclass(frozen=True)
class Sent:
    """Where a matter goes, at which step, and why."""

    queue: Queue
    step: Step
    version: int = 0
    rule: Rule | None = None
    reasons: Reasons = ()
    mark: str = ""

    @property
    def priority(self) -> str:
        """How pressing it is, where the rule says so."""
        return (self.rule.to.priority if self.rule else None) or ""

    @property
    def decision(self) -> dict[str, Any]:
        """What is kept on the case: ids and choices, from which the words are made again."""
        found: dict[str, Any] = {"version": self.version, "step": self.step.value, "mark": self.mark}
        if self.rule:
            conditions = [one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for one in self.reasons]
            found |= {"rule": self.rule.code, "when": conditions, "deal": self.rule.to.deal or ""}
        return {key: value for key, value in found.items() if value}


def send(asked: Asked, step: Step = Step.DECISION) -> Sent:
    """Where this matter goes at this step, by the rules in force."""
    home, version, rules = _ways(asked.service)
    return choose(asked, rules, home, step, version)


def send_in(asked: Asked) -> Sent:
    """Where a new matter goes, by the rules in force."""
    home, version, rules = _ways(asked.service)
    return first_way(asked, rules, home, version)


def first_way(asked: Asked, rules: Rules, home: Queue, version: int = 0, *, find: "Finder | None" = None) -> Sent:
    """Where a new matter goes: to whoever takes it in, when a rule names somebody, else to who decides."""
    if any(rule.step == Step.INTAKE and rule.is_active for rule in rules):
        first = choose(asked, rules, home, Step.INTAKE, version, find=find)
        if first.rule:
            return first
    return choose(asked, rules, home, Step.DECISION, version, find=find)


def choose(
    asked: Asked, rules: Rules, home: Queue, step: Step, version: int = 0, *, find: "Finder | None" = None
) -> Sent:
    """By these rules, with `home` for what none of them fits."""
    facts, left, mark = asked.facts(rules), rules, NO_RULE if rules else ""
    while True:
        rule, reasons = route(left, facts, step)
        if rule is None:
            break
        queue = (find or usable_queue)(rule)
        if queue:
            return Sent(queue, step, version, rule, reasons, PASSED_OVER if mark == PASSED_OVER else "")
        left, mark = left[left.index(rule) + 1 :], PASSED_OVER
    if home.department_id != asked.service.department_id:
        mark = ENDED
    return Sent(home, step, version, mark=mark)


def usable_queue(rule: Rule) -> Queue | None:
    """The queue a rule names, while work can go there."""
    queues = Queue.objects.usable().select_related("department__calendar").filter(department__code=rule.to.department)
    wanted = queues.filter(code=rule.to.queue) if rule.to.queue else queues.filter(is_default=True)
    found = wanted.first()
    if found or rule.to.queue:
        return found
    department = Department.objects.filter(code=rule.to.department, is_active=True).first()
    return Queue.objects.default_of(department) if department else None


def home_of(service: Service) -> Queue:
    """Where the cases of a service go that no rule fits: its department, or the front when that has ended."""
    department = service.department
    if not department.is_active:
        department = Department.objects.filter(is_front=True, is_active=True).first() or department
    return Queue.objects.default_of(department)


def _ways(service: Service) -> tuple[Queue, int, Rules]:
    """The service's own queue and the rules in force: one query, once they have been read."""
    newest = RuleSet.objects.published()
    found = (
        Queue.objects.usable()
        .filter(department=service.department_id, is_default=True)
        .select_related("department__calendar")
        .annotate(
            rules_digest=Subquery(newest.values("digest")[:1]), rules_version=Subquery(newest.values("version")[:1])
        )
        .first()
    )
    if found is None:
        rule_set = RuleSet.objects.in_force()
        return home_of(service), (rule_set.version or 0) if rule_set else 0, rule_set.parsed if rule_set else ()
    digest: str | None = getattr(found, "rules_digest", None)
    if not digest:
        return found, 0, ()
    version: int = getattr(found, "rules_version", 0)
    return found, version, parsed(digest, lambda: RuleSet.objects.get(version=version).rules)
