"""The verbs that the page of a case offers: those at hand, and those that are looked for, in groups.

Allowed verbs only; one that is not possible now carries the reason instead of a button.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Case, Status
from townline.catalogue.models import Kind, Service
from townline.core.access import may
from townline.routing.rules import NEXT

BUTTONS = {
    "take": _l("Take it"),
    "assign": _l("Assign"),
    "message": _l("Write to the customer"),
    "note": _l("Write a note"),
    "contact": _l("Add an interaction"),
    "attach": _l("Add a photo or document"),
    "step": _l("Record a step"),
    "acknowledge": _l("Mark as told"),
    "classify": _l("Class of the road"),
    "prioritise": _l("Change the priority"),
    "wait": _l("Put on hold"),
    "send_on": _l("Send on"),
    "hand_over": _l("Hand over"),
    "give_back": _l("Give back"),
    "resume": _l("Resume"),
    "pass_on": _l("Pass it on"),
    "read_feedback": _l("Mark as read"),
    "make_formal": _l("Wants a formal complaint"),
    "refile": _l("File it elsewhere"),
    "redirect": _l("Not ours"),
    "follow": _l("Let somebody follow it"),
    "link": _l("Link"),
    "hide": _l("Hide it from the public"),
    "show_again": _l("Show it to the public again"),
    "split": _l("Hand parts over"),
    "merge_into": _l("Merge"),
    "close": _l("Close"),
    "reopen": _l("Reopen"),
}
LIKELY = ("take", "resume", "pass_on", "read_feedback", "message", "reopen")
"""What is usually done next, the first that is possible."""
OF_A_KIND: dict[str, tuple[str, ...]] = {
    Kind.COMPLIMENT: ("pass_on",),
    Kind.FEEDBACK: ("read_feedback",),
    Kind.COMPLAINT: ("make_formal",),
}
"""Verbs for one kind of case only."""
AT_ONCE = {"read_feedback", "take", "acknowledge", "resume", "reopen"}
"""Verbs that need no further word: a button on the page does them."""
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_l("Who has it"), ("send_on", "hand_over", "give_back")),
    (_l("How soon"), ("prioritise", "classify", "wait")),
    (_l("Other people and cases"), ("follow", "link", "split", "merge_into")),
    (_l("Not what it seemed"), ("make_formal", "refile", "redirect")),
    (_l("What the public sees"), ("hide", "show_again")),
)
"""What is done now and then; everything else stands at hand."""
FOLDED = {name for _label, names in GROUPS for name in names}


def offered(
    case: Case, user: Any, has_steps: bool, must_acknowledge: bool, is_road: bool, is_hidden: bool = False
) -> list[dict[str, Any]]:
    """Allowed verbs; one that is not possible now carries the reason instead of a button."""
    why = _obstacles(case, has_steps, must_acknowledge) | ({"classify": ""} if is_road and not case.is_closed else {})
    why |= _of_the_public(case, is_hidden)
    names = [name for name in BUTTONS if name in why and may(user, name, case)]
    first = next((name for name in LIKELY if name in names), "")
    return [
        {
            "name": name,
            "label": BUTTONS[name],
            "at_once": name in AT_ONCE,
            "is_at_hand": name not in FOLDED or name == first,
            "why": why[name],
            "kind": "primary" if name == first else "secondary",
        }
        for name in names
    ]


def _obstacles(case: Case, has_steps: bool, must_acknowledge: bool) -> dict[str, str]:
    """For each verb worth showing: why it is not possible now, or nothing when it is."""
    if case.is_closed:
        found = {"note": "", "contact": "", "attach": "", "reopen": "", "link": ""}
        return found | ({"merge_into": ""} if case.customer_id else {})
    waiting = case.status == Status.WAITING
    found = {
        "assign": "",
        "note": "",
        "contact": "",
        "attach": "",
        "message": "",
        "prioritise": "",
        "close": "",
        "hand_over": "",
    }
    if case.stage in NEXT:
        found["send_on"] = ""
    if case.assignee is not None:
        found["give_back"] = ""
    found |= {"link": ""} if case.parent_id else {"link": "", "follow": "", "split": ""}
    if case.customer_id:
        found["merge_into"] = ""
    if case.parent_id:
        found["message"] = _("The case that this is a part of answers the customer.")
    if case.assignee is None:
        found["take"] = ""
    found |= dict.fromkeys(("refile", "redirect", *OF_A_KIND.get(case.kind, ())), "")
    if has_steps:
        found["step"] = _("Take it first.") if case.status == Status.NEW else ""
    if must_acknowledge:
        found["acknowledge"] = ""
    if waiting:
        found["resume"] = ""
    else:
        found["wait"] = _("Take it first.") if case.status == Status.NEW else ""
    return found


def _of_the_public(case: Case, is_hidden: bool) -> dict[str, str]:
    """Hiding what others can hear of, and showing it again."""
    if is_hidden:
        return {"show_again": ""}
    return {"hide": ""} if case.is_public and case.service.shares != Service.Shares.NOTHING else {}


def grouped(verbs: list[dict[str, Any]]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The possible ones that do not stand at hand, by what they are for."""
    known = {verb["name"]: verb for verb in verbs if not verb["why"] and not verb["is_at_hand"]}
    groups = [(label, [known[name] for name in names if name in known]) for label, names in GROUPS]
    return [(label, found) for label, found in groups if found]
