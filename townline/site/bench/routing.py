"""What it costs to decide where a case goes: the rules alone, and as a share of taking a case in."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.db import transaction
from django.utils import timezone

from townline.accounts.models import User
from townline.cases.intake import Contact, Matter, Place, take_in
from townline.catalogue.models import Service
from townline.routing.models import RuleSet
from townline.routing.rules import MANY, Rule, route
from townline.routing.sending import Asked, send_in
from townline.site.bench.house import House
from townline.site.bench.report import Report

LONGEST = 1.0
SHARE = 5.0


def measure(report: Report, house: House) -> None:
    """Milliseconds of the rules of the pack and of the longest list there may be; and the share of an intake."""
    turns = 40 if report.quick else 200
    service = Service.objects.select_related("department__calendar", "questions").get(code="pothole")
    asked = Asked(service, service.kind, "phone", "en", timezone.now(), place="12 Invented Street")
    current = RuleSet.objects.in_force()
    rules = current.parsed if current else ()
    longest = tuple(_never(number) for number in range(MANY))
    report.settings(rules_of_the_pack=len(rules), longest_list=MANY, turns=turns)
    report.figure("the rules of the pack", _took(lambda: route(rules, asked.facts(rules)), turns), "ms")
    took = _took(lambda: route(longest, asked.facts(longest)), turns)
    report.at_most("the longest list of rules, none of which fits", took, LONGEST, "ms")
    by, matter = User.objects.system(), Matter(service, place=Place("12 Invented Street"))
    whole = _took(lambda: _taken_in_and_undone(matter, by), turns)
    decided = _took(lambda: send_in(asked), turns)
    report.figure("taking a case in", whole, "ms")
    report.at_most("deciding where it goes, of taking it in", 100 * decided / whole, SHARE, "%")


def _never(number: int) -> Rule:
    when = [{"about": "channel", "is": ["phone", "web"]}, {"about": "place", "is": [f"Nowhere Road {number}"]}]
    return Rule.model_validate({"code": f"never-{number}", "when": when, "to": {"department": "nowhere"}})


def _taken_in_and_undone(matter: Matter, by: Any) -> None:
    with transaction.atomic():
        take_in(matter, by=by, channel="phone", contact=Contact(name="Sample Person", email="sample@townline.example"))
        transaction.set_rollback(True)


def _took(act: Callable[[], Any], turns: int) -> float:
    """The median, in milliseconds."""
    times = []
    for _turn in range(turns):
        began = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - began))
    return median(times[turns // 10 :])
