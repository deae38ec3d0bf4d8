"""What the page of one case shows: its timeline, its promises, and what can be done with it."""

from typing import Any

from django.urls import reverse

from townline.cases.around import around
from townline.cases.because import because
from townline.cases.beside import as_moment, beside
from townline.cases.buttons import grouped, offered
from townline.cases.customer_beside import customer_beside
from townline.cases.explaining import explained, waits_of
from townline.cases.files import shown_files
from townline.cases.here import sentences
from townline.cases.kinds.beside import of_its_kind
from townline.cases.letters import can_mail
from townline.cases.models import Case, Unsent
from townline.cases.public_beside import hiding_of
from townline.cases.roads import road_times
from townline.cases.stepping import steps_of
from townline.cases.timeline import entries
from townline.core.access import may
from townline.core.references import spoken
from townline.questions.summary import summary


def page_of(case: Case, user: Any, before: int | None = None, only_talk: bool = False) -> dict[str, Any]:
    """The context of the page, in a number of queries that does not grow with the case."""
    clocks = list(case.clocks.select_related("weather", "standard", "calendar_version__calendar").order_by("id"))
    knows_customer = case.customer is not None and may(user, "know_customer", case)
    stands = beside(case, user)
    found, older = entries(case, before, only_talk, {row["pk"]: row["reference"] for row in stands["merged"]})
    waits = waits_of(stands["waits"])
    answers = _answers(case)
    must_acknowledge = any(c.is_running and c.promise == "acknowledge" for c in clocks)
    hiding = hiding_of(case, stands)
    verbs = _verbs(case, user, stands, must_acknowledge, is_hidden=hiding is not None)
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
        "hiding": hiding,
        "around": around(case, stands),
        "may_untie": {verb: may(user, verb, case) for verb in ("unfollow", "unlink", "unmerge")},
        "definitions": sorted(stands["definitions"], key=lambda row: (row["order"], row["code"])),
        **steps_of(stands),
        **of_its_kind(case, stands, answers),
        "verbs": verbs,
        "more_verbs": grouped(verbs),
        "is_road": bool(stands["roads"]),
        "road_times": road_times(case, stands["roads"]),
        "can_step": any(verb["name"] == "step" and not verb["why"] for verb in verbs),
        "may_deliver": may(user, "resend", case),
        "here": sentences((row["who"], row["is_writing"]) for row in stands["present"]),
        "drafts": _drafts(stands["drafts"], user),
        "possible": [verb["name"] for verb in verbs if not verb["why"]],
        "seen": found[0]["event"].pk if found and before is None else "",
    }


def _verbs(case: Case, user: Any, stands: dict[str, Any], must_acknowledge: bool, is_hidden: bool) -> Any:
    has_steps, is_road = bool(stands["step_catalogue"]), bool(stands["roads"])
    return offered(case, user, has_steps, must_acknowledge, is_road, is_hidden=is_hidden)


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
