"""Why a case is where it is, in words, out of what was kept with it: no question to the database."""

from typing import Any, NamedTuple

from townline.cases.models import Case
from townline.core.refusals import NotPossible
from townline.routing.words import Names, because_of, conditions


class Because(NamedTuple):
    """The sentence, and whether it wants a second look."""

    sentence: str
    is_marked: bool


def because(case: Case) -> Because | None:
    """Why it went to its department; nothing where no rules were asked or somebody has handed it over since."""
    if not case.route.get("version") and not case.route.get("mark"):
        return None
    questions: dict[str, Any] = {case.service.code: case.form_version.parsed} if case.form_version else {}
    names = Names(services={case.service.code: case.service.name}, questions=questions)
    return Because(because_of(case.route, names, case.department.name), bool(case.route.get("mark")))


class Way(NamedTuple):
    """Where a case goes for its next step, in words."""

    step: str
    where: str
    why: str
    refusal: str


def way_of(case: Case) -> Way:
    """Said before it goes; a refusal when there is no further step."""
    try:
        sent = case.next_way()
    except NotPossible as refusal:
        return Way("", "", "", str(refusal))
    questions: dict[str, Any] = {case.service.code: case.form_version.parsed} if case.form_version else {}
    names = Names(services={case.service.code: case.service.name}, questions=questions)
    why = conditions(sent.reasons, names) if sent.rule else ""
    return Way(str(sent.step.label), sent.queue.full_name, why, "")
