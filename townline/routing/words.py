"""Routing rules and decisions as sentences, in the language of the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from townline.accounts.models import Department
from townline.catalogue.models import Kind, Priority, Service
from townline.channels.models import Channel
from townline.questions.definition import Definition
from townline.questions.words import quoted, said
from townline.routing.queues import Deal, Queue
from townline.routing.rules import SEASON, About, Condition, Rule, Step
from townline.routing.sending import ENDED, NO_RULE, PASSED_OVER
from townline.ui.moments import day_of_year


@dataclass
class Names:
    """What codes are called: read once for a page of rules."""

    services: Mapping[str, Any] = field(default_factory=dict)
    departments: Mapping[str, Any] = field(default_factory=dict)
    queues: Mapping[str, Any] = field(default_factory=dict)
    questions: Mapping[str, Definition] = field(default_factory=dict)

    @classmethod
    def all(cls) -> "Names":
        """Of everything there is: three queries."""
        services = list(Service.objects.select_related("questions").order_by("sort_key"))
        return cls(
            {one.code: one.name for one in services},
            {one.code: one.name for one in Department.objects.all()},
            {one.code: one.name for one in Queue.objects.all()},
            {one.code: one.questions.parsed for one in services if one.questions},
        )

    def question(self, condition: Condition, services: Iterable[str]) -> Any:
        """The question a condition asks: among those of the services the rule is about, else of any."""
        wanted = [code for code in services if code in self.questions] or list(self.questions)
        for code in wanted:
            found = self.questions[code].question(condition.question or "")
            if found:
                return found
        return None


def sentence(rule: Rule, names: Names) -> str:
    """The whole rule: “When the service is “Pothole” …, it goes to Public Works.”."""
    told = {"conditions": conditions(rule.when, names), "where": where(rule, names)}
    sentences = {
        Step.INTAKE: _("When %(conditions)s, it first goes to %(where)s for intake."),
        Step.DECISION: _("When %(conditions)s, it goes to %(where)s."),
        Step.FULFILMENT: _("When %(conditions)s, %(where)s does the work."),
    }
    whole = sentences[rule.step] % told
    return " ".join([whole, *extras(rule)])


def extras(rule: Rule) -> list[str]:
    """What else a rule does, each as a sentence."""
    found = []
    if rule.to.priority:
        found.append(_("Its priority is %(priority)s.") % {"priority": quoted(_label(Priority, rule.to.priority))})
    if rule.to.deal:
        found.append(_("It is given out so: %(how)s.") % {"how": _label(Deal, rule.to.deal)})
    return found


def where(rule: Rule, names: Names) -> str:
    """“Public Works”, or “Public Works (Winter)”."""
    department = str(names.departments.get(rule.to.department, rule.to.department))
    if not rule.to.queue or rule.to.queue == rule.to.department:
        return department
    queue = str(names.queues.get(rule.to.queue, rule.to.queue))
    return _("%(department)s (queue %(queue)s)") % {"department": department, "queue": queue}


def conditions(found: Iterable[Condition], names: Names) -> str:
    """All of them, joined: “the service is “Pothole” and the channel is “Phone””."""
    found = list(found)
    services = [value for one in found if one.about == About.SERVICE for value in one.is_]
    return _(" and ").join(in_words(one, names, services) for one in found)


def in_words(condition: Condition, names: Names, services: Iterable[str] = ()) -> str:
    """One condition as the middle of a sentence."""
    if condition.about in (About.HOURS, About.SEASON, About.PLACE):
        return _of_time_or_place(condition)
    question = names.question(condition, services) if condition.about == About.ANSWER else None
    values = _one_of([_value(condition, value, names, question) for value in condition.values])
    if condition.about == About.ANSWER:
        asked = quoted(question.label if question else condition.question)
        words = (
            _("the answer to %(question)s is %(values)s")
            if condition.is_
            else _("the answer to %(question)s is not %(values)s")
        )
        return words % {"question": asked, "values": values}
    return (_is_words if condition.is_ else _is_not_words)(condition.about) % {"values": values}


def _is_words(about: str) -> str:
    return {
        About.SERVICE: _("the service is %(values)s"),
        About.KIND: _("it is a case of the kind %(values)s"),
        About.CHANNEL: _("it came by %(values)s"),
        About.LANGUAGE: _("the customer’s language is %(values)s"),
        About.PRIORITY: _("the priority is %(values)s"),
        About.INTAKE: _("intake is %(values)s"),
        About.DECISION: _("the decision is %(values)s"),
        About.FULFILMENT: _("the work is %(values)s"),
    }[About(about)]


def _is_not_words(about: str) -> str:
    return {
        About.SERVICE: _("the service is not %(values)s"),
        About.KIND: _("it is not a case of the kind %(values)s"),
        About.CHANNEL: _("it did not come by %(values)s"),
        About.LANGUAGE: _("the customer’s language is not %(values)s"),
        About.PRIORITY: _("the priority is not %(values)s"),
        About.INTAKE: _("intake is not %(values)s"),
        About.DECISION: _("the decision is not %(values)s"),
        About.FULFILMENT: _("the work is not %(values)s"),
    }[About(about)]


def _of_time_or_place(condition: Condition) -> str:
    if condition.about == About.HOURS:
        is_open = ("open" in condition.values) == bool(condition.is_)
        return (
            _("the department is open when it comes in") if is_open else _("the department is closed when it comes in")
        )
    if condition.about == About.PLACE:
        values = _one_of([quoted(value) for value in condition.values])
        words = _("the place says %(values)s") if condition.is_ else _("the place does not say %(values)s")
        return words % {"values": values}
    spans = _one_of([_season(value) for value in condition.values])
    words = _("it comes in from %(spans)s") if condition.is_ else _("it does not come in from %(spans)s")
    return words % {"spans": spans}


def _season(span: str) -> str:
    found = SEASON.fullmatch(span)
    if not found:
        return span
    first = day_of_year(int(found[1]), int(found[2]))
    return _("%(first)s through %(last)s") % {"first": first, "last": day_of_year(int(found[3]), int(found[4]))}


def _value(condition: Condition, value: str, names: Names, question: Any) -> str:
    if condition.about == About.ANSWER:
        return quoted(said(question, value) if question else value)
    if condition.about == About.SERVICE:
        return quoted(names.services.get(value, value))
    choices: dict[str, Any] = {About.KIND: Kind, About.CHANNEL: Channel, About.PRIORITY: Priority}
    if condition.about in choices:
        return quoted(_label(choices[condition.about], value))
    return str(modes().get(value, value))


def modes() -> dict[str, str]:
    """The ways a step of a service is done, and the two languages, in words."""
    return {
        "central": _("central"),
        "partial": _("partly central"),
        "decentralised": _("with the department"),
        "en": _("English"),
        "fr": _("French"),
    }


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _one_of(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s or %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def _of_this_case(condition: Condition, names: Names) -> Condition:
    """Of several services a rule names, the one that is known here: that of the case."""
    known = [value for value in condition.values if value in names.services]
    narrow = condition.about == About.SERVICE and condition.is_ and known
    return condition.model_copy(update={"values": known}) if narrow else condition


def because_of(route: Mapping[str, Any], names: Names, department: Any) -> str:
    """Why a case went where it went, out of the decision that was kept with it."""
    told = {"department": department, "version": route.get("version", "")}
    if route.get("when"):
        try:
            found = [Condition.model_validate(one) for one in route["when"]]
        except ValidationError:
            found = []
        if found:
            return _("Went to %(department)s because %(conditions)s.") % {
                **told, "conditions": conditions([_of_this_case(one, names) for one in found], names),
            }  # fmt: skip
    words = {
        NO_RULE: _("No routing rule fitted, so it went to the department of its service, %(department)s."),
        PASSED_OVER: _(
            "The rule that fitted names a department or queue that has ended, so it went to the department of its "
            "service, %(department)s."
        ),
        ENDED: _("The department of its service has ended, so it went to %(department)s."),
    }
    found_words = words.get(route.get("mark", ""), _("Went to %(department)s, the department of its service."))
    return found_words % told
