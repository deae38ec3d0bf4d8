"""What must be true of the queues and routing rules of a pack."""

from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _

from townline.catalogue.models import Kind, Priority
from townline.channels.models import Channel
from townline.packs.problems import Problem, did_you_mean
from townline.packs.reading import Entry, Pack
from townline.routing.queues import Deal
from townline.routing.rules import About, Condition

MODES = ("central", "partial", "decentralised")
CHOICES: dict[About, Collection[str]] = {
    About.KIND: Kind.values,
    About.CHANNEL: Channel.values,
    About.PRIORITY: Priority.values,
    About.LANGUAGE: ("en", "fr"),
    About.HOURS: ("open", "closed"),
    About.INTAKE: MODES,
    About.DECISION: MODES,
    About.FULFILMENT: MODES,
}


def queues(pack: Pack) -> Iterator[Problem]:
    """The queue with the code of a department is that department's default one."""
    departments = pack.codes.get("departments", set())
    for entry in pack.entries.get("queues", []):
        row = entry.row
        if row.code in departments and row.code != row.department:
            yield entry.problem(
                "code",
                _("“%(code)s” is the code of another department, whose default queue would have it.")
                % {"code": row.code},
                "Give the queue a code of its own.",
            )
        if row.code == row.department and not row.is_active:
            yield entry.problem("is_active", _("A default queue stays in use."), "End the department instead.")


def routing_targets(pack: Pack) -> Iterator[Problem]:
    """A rule sends to a department there is, and to a queue of it."""
    departments = pack.codes.get("departments", set())
    of_department = {code: code for code in departments} | {row.code: row.department for row in pack.rows("queues")}
    for entry in pack.entries.get("routing", []):
        to = entry.row.to
        if to.department not in departments:
            what = _("There is no department “%(code)s”.") % {"code": to.department}
            yield entry.problem(("to", "department"), what, did_you_mean(to.department, departments))
        elif to.queue and of_department.get(to.queue) != to.department:
            own = [code for code, department in of_department.items() if department == to.department]
            what = _("%(department)s has no queue “%(code)s”.") % {"department": to.department, "code": to.queue}
            yield entry.problem(("to", "queue"), what, did_you_mean(to.queue, own))
        for name, choices in (("priority", Priority.values), ("deal", Deal.values)):
            value = getattr(to, name)
            if value and value not in choices:
                what = _("“%(value)s” is not a value of “%(name)s”.") % {"value": value, "name": name}
                yield entry.problem(("to", name), what, did_you_mean(value, choices))


def routing_conditions(pack: Pack) -> Iterator[Problem]:
    """A rule asks only for what there is: services, choices, questions and their options."""
    for entry in pack.entries.get("routing", []):
        for number, condition in enumerate(entry.row.when):
            for value, known in _unknown(pack, entry, condition):
                what = _("“%(value)s” is not a value of “%(name)s”.") % {"value": value, "name": condition.about}
                yield entry.problem(("when", number), what, did_you_mean(value, known))


def _unknown(pack: Pack, entry: Entry[Any], condition: Condition) -> Iterator[tuple[str, Collection[str]]]:
    if condition.about == About.SERVICE:
        known: Collection[str] = pack.codes.get("services", set())
    elif condition.about == About.ANSWER:
        known = set(_options(pack, entry, condition.question or ""))
    elif condition.about in CHOICES:
        known = CHOICES[condition.about]
    else:
        return
    yield from ((value, known) for value in condition.values if value not in known)


def _options(pack: Pack, entry: Entry[Any], question_id: str) -> Iterator[str]:
    """What can be answered to this question, in the services that the rule is about."""
    named = {value for one in entry.row.when if one.about == About.SERVICE for value in one.is_}
    for row in pack.rows("services"):
        if named and row.code not in named:
            continue
        for page in (row.questions or {}).get("pages", []):
            for question in page.get("questions", []):
                if question.get("id") == question_id:
                    yield from ("yes", "no") if question.get("kind") == "yes_no" else ()
                    yield from (str(option.get("code")) for option in question.get("options", []))
