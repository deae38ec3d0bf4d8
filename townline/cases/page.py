"""What the page of one case shows: its timeline, its promises, and what can be done with it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.cases.around import around
from townline.cases.because import because
from townline.cases.beside import as_moment, beside
from townline.cases.customer_beside import customer_beside
from townline.cases.explaining import explained, waits_of
from townline.cases.files import shown_files
from townline.cases.here import sentences
from townline.cases.kinds.beside import of_its_kind
from townline.cases.letters import can_mail
from townline.cases.models import Case, Status, Unsent
from townline.cases.roads import road_times
from townline.cases.stepping import steps_of
from townline.cases.timeline import entries
from townline.catalogue.models import Kind
from townline.core.access import may
from townline.core.references import spoken
from townline.questions.summary import summary
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


def page_of(case: Case, user: Any, before: int | None = None, only_talk: bool = False) -> dict[str, Any]:
    """The context of the page, in a number of queries that does not grow with the case."""
    clocks = list(case.clocks.select_related("weather", "standard", "calendar_version__calendar").order_by("id"))
    knows_customer = case.customer is not None and may(user, "know_customer", case)
    stands = beside(case, user)
    found, older = entries(case, before, only_talk, {row["pk"]: row["reference"] for row in stands["merged"]})
    waits = waits_of(stands["waits"])
    answers = _answers(case)
    must_acknowledge = any(c.is_running and c.promise == "acknowledge" for c in clocks)
    verbs = _verbs(case, user, bool(stands["step_catalogue"]), must_acknowledge, bool(stands["roads"]))
    return {
        "case": case,
        "because": because(case),
        "spoken": spoken(case.reference, case.language),
        "clocks": clocks,
        "explanations": [(clock, explained(clock, case, waits)) for clock in clocks],
        "running": [clock for clock in clocks if clock.is_running],
        "entries": found,
        "changes_url": _changes_url(case, found) if before is None and not only_talk else "",
        "older": older,
        "only_talk": only_talk,
        "answers": answers,
        "knows_customer": knows_customer,
        "can_mail": can_mail(case),
        "customer": case.customer.standing if case.customer else None,
        **customer_beside(stands),
        "files": shown_files(case, stands["files"]),
        "stands": stands,
        "around": around(case, stands),
        "may_untie": {verb: may(user, verb, case) for verb in ("unfollow", "unlink", "unmerge")},
        "definitions": sorted(stands["definitions"], key=lambda row: (row["order"], row["code"])),
        **steps_of(stands),
        **of_its_kind(case, stands, answers),
        "verbs": verbs,
        "is_road": bool(stands["roads"]),
        "road_times": road_times(case, stands["roads"]),
        "can_step": any(verb["name"] == "step" and not verb["why"] for verb in verbs),
        "may_deliver": may(user, "resend", case),
        "here": sentences((row["who"], row["is_writing"]) for row in stands["present"]),
        "drafts": _drafts(stands["drafts"], user),
        "possible": [verb["name"] for verb in verbs if not verb["why"]],
        "seen": found[0]["event"].pk if found and before is None else "",
    }


def _changes_url(case: Case, found: list[dict[str, Any]]) -> str:
    """Where the page asks whether something newer has arrived since it was drawn."""
    seen = found[0]["event"].pk if found else 0
    return f"{reverse('desk:case_changes', args=[case.reference])}?event={seen}"


def _drafts(rows: list[dict[str, Any]], user: Any) -> list[dict[str, Any]]:
    """What is begun and not sent, one's own first."""
    drafts = [
        {**row, "at": as_moment(row["at"]), "what": Unsent.Verb(row["verb"]).label, "is_own": row["by"] == user.pk}
        for row in rows
    ]
    return sorted(drafts, key=lambda draft: (not draft["is_own"], draft["pk"]))


def _answers(case: Case) -> Any:
    if case.form_version is None:
        return []
    return summary(case.form_version.parsed, case.answers, for_staff=True)


def _verbs(case: Case, user: Any, has_steps: bool, must_acknowledge: bool, is_road: bool) -> list[dict[str, Any]]:
    """Allowed verbs; one that is not possible now carries the reason instead of a button."""
    why = _obstacles(case, has_steps, must_acknowledge) | ({"classify": ""} if is_road and not case.is_closed else {})
    names = [name for name in BUTTONS if name in why and may(user, name, case)]
    first = next((name for name in LIKELY if name in names), "")
    return [
        {
            "name": name,
            "label": BUTTONS[name],
            "at_once": name in AT_ONCE,
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
