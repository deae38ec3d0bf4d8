"""“Only if …” as lines that can be chosen: each is one earlier question and what is said of its answer.

All lines together are one rule. A rule that was written elsewhere and cannot be
said in such lines is kept as it is.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from townline.questions.clean import Wrong, normalized
from townline.questions.definition import Definition, Kind, Page, Question
from townline.questions.fields import written
from townline.questions.terms import Context
from townline.questions.words import quoted

Rule = dict[str, Any]
Line = tuple[str, str]
"""What is chosen, as `id|how|code`, and what is typed beside it."""
MEASURED = {Kind.NUMBER, Kind.MONEY, Kind.DATE}
COMPARISONS = {"is": "eq", "not": "ne", "least": "gte", "most": "lte", "has": "has"}


def choices(definition: Definition, page_id: str, question_id: str = "") -> list[tuple[Any, Any]]:
    """What a condition may speak of at this place: only what was asked before it."""
    groups = []
    for number, question in enumerate(_earlier(definition, page_id, question_id), 1):
        name = f"{number}. {question.label}"
        groups.append((name, list(_about(question))))
    return [("", _("No condition")), *groups]


def earlier(definition: Definition, page_id: str, question_id: str = "") -> dict[str, Question]:
    """The questions that a condition at this place may speak of."""
    return {one.id: one for one in _earlier(definition, page_id, question_id)}


def _earlier(definition: Definition, page_id: str, question_id: str) -> Iterator[Question]:
    for page in definition.pages:
        if page.id == page_id and not question_id:
            return
        for question in page.questions:
            if question.id == question_id:
                return
            if question.is_answerable and _is_within_reach(page, page_id):
                yield question
        if page.id == page_id:
            return


def _is_within_reach(page: Page, page_id: str) -> bool:
    """The items of a list are spoken of only within the list itself."""
    return page.repeat is None or page.id == page_id


def _about(question: Question) -> Iterator[tuple[str, str]]:
    name = question.id
    if question.kind == Kind.YES_NO:
        yield f"{name}|is|yes", _("is “Yes”")
        yield f"{name}|is|no", _("is “No”")
    for option in question.options:
        label = {"label": quoted(option.label)}
        if question.kind == Kind.MANY_CHOICES:
            yield f"{name}|has|{option.code}", _("includes %(label)s") % label
        else:
            yield f"{name}|is|{option.code}", _("is %(label)s") % label
            yield f"{name}|not|{option.code}", _("is not %(label)s") % label
    if question.kind in MEASURED:
        is_date = question.kind == Kind.DATE
        yield f"{name}|least|", _("is on or after …") if is_date else _("is at least …")
        yield f"{name}|most|", _("is on or before …") if is_date else _("is at most …")
    yield f"{name}|answered|", _("is answered")
    yield f"{name}|unanswered|", _("is not answered")


def needs_value(chosen: str) -> bool:
    """Is something typed beside this choice?"""
    return chosen.split("|")[1] in ("least", "most") if chosen else False


def rule_of(lines: list[Line], match: str, questions: dict[str, Question], context: Context) -> Rule | None:
    """The rule that these lines say together; raises `Wrong` when a value cannot be read."""
    rules = [_leaf(chosen, typed, questions, context) for chosen, typed in lines if chosen]
    if len(rules) < 2:
        return rules[0] if rules else None
    return {"any" if match == "any" else "all": rules}


def _leaf(chosen: str, typed: str, questions: dict[str, Question], context: Context) -> Rule:
    name, how, code = chosen.split("|")
    if how == "answered":
        return {"answered": name}
    if how == "unanswered":
        return {"not": {"answered": name}}
    value: Any = code
    if needs_value(chosen):
        limitless = questions[name].model_copy(update={"min": None, "max": None, "past": False})
        value = normalized(limitless, typed, context)
        if value is None:
            raise Wrong(_("Write the value that the answer is compared with."))
    return {COMPARISONS[how]: [{"answer": name}, value]}


def lines_of(rule: Rule | None, questions: dict[str, Question]) -> tuple[list[Line], str] | None:
    """The lines that say this rule, and how they are joined; None when it cannot be said so."""
    if rule is None:
        return [], "all"
    match = next((join for join in ("all", "any") if join in rule), "all")
    found = [_line(one, questions) for one in rule.get(match, [rule])]
    return ([one for one in found if one], match) if all(found) else None


def _line(rule: Rule, questions: dict[str, Question]) -> Line | None:
    if isinstance(rule.get("answered"), str):
        return f"{rule['answered']}|answered|", ""
    inner = rule.get("not")
    if isinstance(inner, dict) and isinstance(inner.get("answered"), str):
        return f"{inner['answered']}|unanswered|", ""
    how = next((how for how, key in COMPARISONS.items() if key in rule), "")
    left, right = rule[COMPARISONS[how]] if how else (None, None)
    name = left.get("answer") if isinstance(left, dict) and len(left) == 1 else None
    if name not in questions or isinstance(right, dict):
        return None
    return _compared(questions[name], how, right)


def _compared(question: Question, how: str, value: Any) -> Line | None:
    if how in ("least", "most"):
        return (f"{question.id}|{how}|", str(written(question, value))) if question.kind in MEASURED else None
    known = {chosen for chosen, _label in _about(question)}
    chosen = f"{question.id}|{how}|{value}"
    return (chosen, "") if chosen in known else None
