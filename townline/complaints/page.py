"""What the desk shows of formal complaints: closed by default, opened for a purpose."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _l

from townline.complaints import keeper
from townline.complaints.models import Complaint, EmergencyAccess, LadderLevel, OutsideOffice, Stage
from townline.complaints.sources import sources_of
from townline.core.access import may, visible
from townline.core.paging import id_of
from townline.documents import clamd
from townline.vault import door

SIZE = 50
BUTTONS = {
    "send_on": _l("Send it on"),
    "acknowledge": _l("Tell the complainant that you have it"),
    "ask": _l("Write to the complainant"),
    "attach": _l("Add a photo or document"),
    "hear": _l("Hear the person complained about"),
    "record_answer": _l("Record their answer"),
    "name_witness": _l("Name a witness"),
    "note": _l("Write a note"),
    "find": _l("What was found"),
    "decide": _l("Decide, with a letter"),
    "extend": _l("Make the time longer, once"),
    "escalate": _l("To the next level"),
    "take_over": _l("Take it over"),
    "disclose": _l("Record a consent or a disclosure"),
    "withdraw_consent": _l("Record that a consent is taken back"),
    "release": _l("Give the file to the Ombudsman"),
    "follow_up": _l("Set a remedy or a lesson"),
    "close": _l("Close"),
    "record_request": _l("Record an access request"),
    "open_in_emergency": _l("Open it in an emergency"),
    "review_emergency": _l("Review an emergency access"),
}
AT = {
    Stage.INTAKE: {"send_on"},
    Stage.INVESTIGATION: {
        "acknowledge", "ask", "hear", "record_answer", "note", "find", "decide", "extend", "escalate", "disclose",
        "follow_up", "take_over", "attach", "name_witness",
    },
    Stage.DECIDED: {"attach", "note", "disclose", "follow_up", "close", "escalate"},
    Stage.OUTSIDE: {"disclose"},
    Stage.CLOSED: {"disclose", "escalate"},
}  # fmt: skip
"""Which verbs make sense at which stage; the policy says who may."""
ALWAYS = {"release", "withdraw_consent", "record_request", "open_in_emergency", "review_emergency"}
LABELS = {
    "what": _l("What happened"),
    "when": _l("When"),
    "who": _l("Who was involved"),
    "outcome": _l("What they would like to happen"),
    "tried": _l("What staff already tried"),
    "name": _l("Name"),
    "email": _l("E-mail"),
    "phone": _l("Phone"),
    "address": _l("Mailing address"),
}
PURPOSE_OF = {
    "intake": keeper.INTAKE,
    "assignment": keeper.INVESTIGATE,
    "access_request": keeper.ACCESS_REQUEST,
    "emergency": keeper.EMERGENCY,
}


def rows_for(user: Any, after: str) -> dict[str, Any]:
    """What somebody has, soonest due first, and what they oversee, newest first, 50 at a time."""
    known = visible(user, Complaint.objects.for_rows())
    mine = list(known.filter(pk__in=Complaint.objects.of(user).values("pk")).order_by("case__due_at", "pk")[:SIZE])
    overseen: list[Complaint] = []
    older = ""
    if user.holds("complaint.oversee") or user.holds("complaint.foi"):
        rows = known.order_by("-pk")
        before = id_of(after)
        found = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
        overseen, older = found[:SIZE], f"?after={found[SIZE - 1].pk}" if len(found) > SIZE else ""
    unreviewed = _emergencies(user, known)
    titles = {level.number: level for level in LadderLevel.objects.all()}
    return {
        "mine": mine,
        "overseen": overseen,
        "older": older,
        "levels": titles,
        "late_reviews": [one for one in unreviewed if one.is_review_late],
        "reviews": [one for one in unreviewed if not one.is_review_late],
        "may_write_down": user.holds("intake.take"),
        "may_oversee": user.holds("complaint.oversee"),
    }


def _emergencies(user: Any, known: Any) -> list[Any]:
    if not (user.holds("complaint.oversee") or user.holds("complaint.foi")):
        return []
    open_ones = EmergencyAccess.objects.filter(reviewed_at=None).select_related("complaint__case")
    return list(open_ones.filter(complaint__in=known.values("pk")).order_by("at")[:SIZE])


def page_of(complaint: Complaint, user: Any) -> dict[str, Any]:
    """The page without anything that is sealed."""
    active = complaint.active
    names = [name for name in BUTTONS if name in AT[Stage(complaint.stage)] | ALWAYS and may(user, name, complaint)]
    given = list(complaint.disclosures.all())
    if not any(one.holds_for(one.What.FILE) for one in given):
        names = [name for name in names if name != "release"]
    if not any(one.is_consent_in_force for one in given):
        names = [name for name in names if name != "withdraw_consent"]
    emergencies = list(complaint.emergencies.select_related("user"))
    if not any(one.reviewed_at is None for one in emergencies):
        names = [name for name in names if name != "review_emergency"]
    is_theirs = active is not None and active.user_id == user.pk
    return {
        "complaint": complaint,
        "case": complaint.case,
        "active": active,
        "levels": list(LadderLevel.objects.all()),
        "office": OutsideOffice.objects.on(timezone.localdate()),
        "clocks": list(complaint.case.clocks.filter(ended_at=None).order_by("due_at")),
        "decisions": list(complaint.decisions.select_related("position")),
        "papers": list(complaint.letters.all()),
        "packages": list(complaint.packages.select_related("disclosure", "by")),
        "follow_ups": list(complaint.follow_ups.all()),
        "subjects": list(complaint.subjects.select_related("user")) if is_theirs else [],
        "emergencies": emergencies,
        "disclosures": given if is_theirs or may(user, "release", complaint) else [],
        "verbs": [(name, BUTTONS[name]) for name in names],
        "purposes": _purposes(complaint, user),
        "today": timezone.localdate(),
    }


def _purposes(complaint: Complaint, user: Any) -> list[tuple[str, Any]]:
    """For which purposes this reader could open it now."""
    grounds = keeper.grounds_of(complaint, user, PURPOSE_OF.values())
    return [(purpose, keeper.PURPOSES[purpose]) for purpose in grounds]


def contents_of(complaint: Complaint, *, by: Any, purpose: str) -> dict[str, Any]:
    """What is sealed, opened for a purpose: the particulars, what was said in order, reasons and letters."""
    opened, titles = door.reveal_with_titles(complaint.safe, by=by, purpose=purpose)
    newest, words = door.latest(opened), {one.name: one.text for one in opened}
    known = {one.name: one for one in complaint.evidence.all()}
    ours = {*complaint.letters.values_list("name", flat=True), *complaint.packages.values_list("name", flat=True)}
    said = complaint.exchanges.select_related("by", "subject__user")
    return {
        "is_open": True,
        "purpose": keeper.PURPOSES.get(purpose, purpose),
        "particulars": [(label, newest[name]) for name, label in LABELS.items() if name in newest],
        "said": [(one, words.get(one.name, "")) for one in said],
        "reasons": [
            (name.removeprefix("reasons-"), text) for name, text in newest.items() if name.startswith("reasons-")
        ],
        "letters": {one.pk: words.get(one.letter, "") for one in complaint.decisions.all()},
        "files": [(name, title, known.get(name)) for name, title in titles.items() if name not in ours],
        "is_scanning": clamd.is_configured(),
        "opened_for": purpose,
        "sources": sources_of(opened),
        "given_to": [(one, newest[f"disclosure-{one.pk}"]) for one in complaint.disclosures.order_by("pk")],
        "wishes": [
            (name.removeprefix("escalation-"), text) for name, text in newest.items() if name.startswith("escalation-")
        ],
    }
