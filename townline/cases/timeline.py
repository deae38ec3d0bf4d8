"""What happened to a case, in order, with what was written: two queries, however long it is."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import User
from townline.cases.models import Case, CaseStep, Hiding, Message, Note, Outcome, Wait
from townline.catalogue.models import Priority
from townline.channels.models import Channel, Interaction, Mail
from townline.core.localized import Localized
from townline.routing.models import Queue
from townline.timeline.models import Event
from townline.ui.labels import labelled
from townline.ui.moments import day

LENGTH = 50
"""Events shown at once; older ones are a page further."""

WORDS: dict[str, Any] = {
    "case.received": _l("Received"),
    "case.imported": _l("Taken over from another system"),
    "case.taken": _l("Taken"),
    "case.assigned": _l("Assigned"),
    "case.disposed": _l("Disposed of under the retention schedule"),
    "case.attached": _l("Photo or document added"),
    "case.dealt": _l("Assigned by turn"),
    "case.handed_over": _l("Handed over"),
    "case.given_back": _l("Given back"),
    "case.sent_on": _l("Sent on"),
    "case.acknowledged": _l("The customer was told that we have it"),
    "case.noted": _l("Note"),
    "case.messaged": _l("Message to the customer"),
    "case.contacted": _l("Interaction"),
    "case.stepped": _l("Step"),
    "case.added": _l("The customer added something"),
    "case.classified": _l("The class of the road was noted"),
    "case.prioritised": _l("Priority changed"),
    "case.begun": _l("The declared weather event is over; the time of its promises begins"),
    "case.reckoned": _l("The promises were worked out again"),
    "case.warned": _l("Staff were told"),
    "case.refiled": _l("Filed under another service"),
    "case.redirected": _l("Not ours: the customer was told whose it is"),
    "case.brought_to_supervisor": _l("Brought to the supervisor"),
    "case.made_formal": _l("The customer wants a formal complaint"),
    "case.passed_on": _l("Passed on"),
    "case.feedback_read": _l("Feedback read"),
    "case.disputed": _l("The customer says that it is not solved"),
    "case.followed": _l("Somebody else told us of it, and follows the case"),
    "case.unfollowed": _l("Somebody does not follow the case any more"),
    "case.hidden": _l("Hidden from the public"),
    "case.shown_again": _l("Shown to the public again"),
    "case.linked": _l("Linked with another case"),
    "case.unlinked": _l("The link with another case was taken away"),
    "case.split": _l("Parts were handed to other departments"),
    "case.split_off": _l("Handed over as a part of another case"),
    "case.part_closed": _l("A part of it was closed"),
    "case.merged": _l("Merged: it goes on in another case"),
    "case.merged_in": _l("Another case of the same customer goes on in this one"),
    "case.unmerged": _l("Taken out of the case it was merged into"),
    "case.unmerged_out": _l("The other case was taken out again"),
    "case.followed_up": _l("What was said long after its end has begun a new case"),
    "case.reply_promised": _l("A reply to a member of Council was promised"),
    "case.reply_kept": _l("The promise to the member of Council is kept"),
    "inquiry.received": _l("A member of Council asked about it"),
    "inquiry.consented": _l("Whether the constituent may be named to the member of Council was noted"),
    "inquiry.answered": _l("Reply to the member of Council"),
    "inquiry.heard": _l("The member of Council was answered on the case"),
    "call.logged": _l("Call taken after hours"),
    "call.paged": _l("Somebody on call was paged"),
    "call.climbed": _l("Nobody answered in time: the next person was paged"),
    "call.unanswered": _l("Everybody on call was paged, and nobody answered"),
    "call.acknowledged": _l("Whoever is on call has it"),
    "call.taken_over": _l("Taken over in the morning"),
    "case.resumed": _l("Resumed"),
    "case.closed": _l("Closed"),
    "case.reopened": _l("Reopened"),
    "mail.sent": _l("E-mail sent"),
    "mail.deferred": _l("E-mail put off: the mail server did not take it yet"),
    "mail.failed": _l("E-mail could not be sent"),
    "mail.bounced": _l("E-mail came back"),
    "mail.redirected": _l("E-mail to be sent to another address"),
    "case.resent": _l("Message sent again"),
    "case.told": _l("The customer was told"),
    "mail.resent": _l("E-mail to be sent again"),
}
LEFT_OUT = ("mail.written",)
"""What is followed at once by something that says more."""

TALK = (
    "case.received", "case.noted", "case.messaged", "case.contacted", "case.stepped", "case.added", "case.closed",
    "case.disputed", "case.followed", "case.split_off", "case.hidden", "case.shown_again",
)  # fmt: skip
"""The events with words in them."""

KINDS = {"note": "note", "case_step": "note", "message": "message", "interaction": "message", "hiding": "message"}


STUCK = ("failed", "bounced")
"""Where a mail stands that somebody has to see to."""


class Written(NamedTuple):
    """What an event points to: a text or a name, and for a message how its mail stands."""

    text: str
    mail_state: str
    mail_error: str
    told: str


def entries(
    case: Case, before: int | None, only_talk: bool, merged: Mapping[int, str] | None = None
) -> tuple[list[dict[str, Any]], int | None]:
    """The newest events, newest first, and where the older ones begin.

    Those of cases that were `merged` into this one stand among them, with their references.
    """
    events = _of(case, merged or {}).exclude(name__in=LEFT_OUT).select_related("by").order_by("-id")
    if before is not None:
        events = events.filter(pk__lt=before)
    if only_talk:
        events = events.filter(name__in=TALK)
    found = list(events[: LENGTH + 1])
    shown = found[:LENGTH]
    written = _written(shown)
    told = [{**_entry(event, written), "of": (merged or {}).get(event.case_id or 0, "")} for event in shown]
    return told, shown[-1].pk if len(found) > LENGTH else None


def _of(case: Case, merged: Mapping[int, str]) -> "QuerySet[Event]":
    """By one key where there is one: then the index gives them in order."""
    if not merged:
        return Event.objects.filter(case_id=case.pk)
    return Event.objects.filter(case_id__in=[case.pk, *merged])


def newest_event(case: Case) -> int:
    """The last thing that has happened to it so far."""
    return Event.objects.filter(case_id=case.pk).order_by("-id").values_list("pk", flat=True).first() or 0


def said_since(case: Case, seen: int, *, but_by: Any) -> list[dict[str, Any]]:
    """What others have said about the case since then, newest first."""
    events = Event.objects.filter(case_id=case.pk, pk__gt=seen, name__in=TALK).exclude(by=but_by)
    found = list(events.select_related("by").order_by("-id")[:LENGTH])
    written = _written(found)
    return [_entry(event, written) for event in found]


def _written(events: list[Event]) -> dict[tuple[str, int], Written]:
    """Everything these events point to, read in one query."""
    sources: dict[str, tuple[QuerySet[Any], str, Any]] = {
        "note": (Note.objects.all(), "note", "text"),
        "message": (Message.objects.all(), "message", "text"),
        "case_step": (CaseStep.objects.all(), "case_step", _name_and_note()),
        "interaction": (Interaction.objects.all(), "interaction", "summary"),
        "hiding": (Hiding.objects.all(), "hiding", "words"),
        "to": (User.objects.all(), "to", "name"),
        "queue": (Queue.objects.order_by(), "queue", Cast("name", TextField())),
        "mail": (Mail.objects.all(), "mail", "subject"),
    }
    about_mail = [event.subject_id for event in events if event.subject_kind == "mail"]
    parts = [
        rows.filter(pk__in=about_mail if key == "mail" else [e.details[key] for e in events if key in e.details])
        .annotate(
            what=Value(kind),
            said=F(text) if isinstance(text, str) else text,
            mail_state=F("mail__state") if kind == "message" else Value(""),
            mail_error=F("mail__last_error") if kind == "message" else F("last_error") if kind == "mail" else Value(""),
            told=F("told_way") if kind == "message" else Value(""),
        )
        .values_list("what", "pk", "said", "mail_state", "mail_error", "told")
        for key, (rows, kind, text) in sources.items()
    ]
    rows = parts[0].union(*parts[1:], all=True)
    return {(kind, pk): Written(words, state or "", error or "", told) for kind, pk, words, state, error, told in rows}


def _name_and_note() -> Concat:
    """The name of a step in the reader's language, and on the lines below it what was noted."""
    name = KeyTextTransform("fr" if get_language() == "fr" else "en", "step__name")
    return Concat(name, Value("\n"), "note", output_field=TextField())


def _entry(event: Event, written: dict[tuple[str, int], Written]) -> dict[str, Any]:
    kind = next((key for key in KINDS if key in event.details), "")
    found = written.get((kind, event.details[kind])) if kind else written.get((event.subject_kind, event.subject_id))
    text = found.text if found else ""
    if kind == "case_step":
        text = text.partition("\n")[2]
    return {
        "event": event,
        "kind": KINDS[kind] if kind and text else "event",
        "title": _title(event, written),
        "text": text,
        "mail": Mail.State(found.mail_state).label if found and found.mail_state else "",
        "mail_error": found.mail_error if found and (kind or event.name == "mail.failed") else "",
        "message": event.details["message"] if kind == "message" else None,
        "is_stuck": found is not None and found.mail_state in STUCK,
        "told": Message.Way(found.told).label if found and found.told else "",
    }


def _title(event: Event, written: dict[tuple[str, int], Written]) -> str:
    title = str(WORDS.get(event.name, event.name))
    details = event.details
    if event.name in ("case.assigned", "case.dealt"):
        to = written.get(("to", details["to"]))
        return _("Assigned to %(name)s") % {"name": to.text if to else ""}
    if event.name == "case.stepped":
        return _step_title(title, details, written)
    if event.name in ("case.handed_over", "case.sent_on"):
        queue = written.get(("queue", details["queue"]))
        return labelled(title, str(Localized(json.loads(queue.text)) if queue else ""))
    if event.name == "case.waiting":
        until = day(date.fromisoformat(details["until"]), year=False)
        return _("Waiting: %(reason)s, until %(day)s at the latest") % {
            "reason": Wait.Reason(details["reason"]).label,
            "day": until,
        }
    more = {
        "case.received": (Channel, "channel"),
        "case.contacted": (Channel, "channel"),
        "case.told": (Message.Way, "way"),
        "case.followed": (Channel, "channel"),
        "case.part_closed": (Outcome, "outcome"),
        "case.closed": (Outcome, "outcome"),
        "case.hidden": (Hiding.Reason, "reason"),
        "case.shown_again": (Hiding.Reason, "reason"),
        "case.prioritised": (Priority, "priority"),
    }.get(event.name)
    if more and details.get(more[1]) in more[0].values:
        return labelled(title, more[0](details[more[1]]).label)
    return title


def _step_title(title: str, details: dict[str, Any], written: dict[tuple[str, int], Written]) -> str:
    """“Step: Order, 10 December”."""
    found = written.get(("case_step", details["case_step"]))
    name = found.text.partition("\n")[0] if found else ""
    on = [day(date.fromisoformat(details["on"]), year=False)] if "on" in details else []
    return labelled(title, ", ".join([name, *on]))
