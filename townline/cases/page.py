"""What the page of one case shows: its timeline, its promises, and what can be done with it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import User
from townline.cases.models import Case, Message, Note, Status, Wait
from townline.core.access import may
from townline.core.references import spoken
from townline.questions.summary import summary
from townline.timeline.models import Event

LENGTH = 50
"""Events shown at once; older ones are a page further."""

WORDS: dict[str, Any] = {
    "case.received": _l("Received"),
    "case.imported": _l("Taken over from another system"),
    "case.taken": _l("Taken"),
    "case.assigned": _l("Assigned"),
    "case.acknowledged": _l("The customer was told that we have it"),
    "case.noted": _l("Note"),
    "case.messaged": _l("Message to the customer"),
    "case.added": _l("The customer added something"),
    "case.waiting": _l("Waiting"),
    "case.resumed": _l("Going on"),
    "case.closed": _l("Closed"),
    "case.reopened": _l("Reopened"),
    "mail.written": _l("E-mail written"),
    "mail.sent": _l("E-mail sent"),
    "mail.deferred": _l("E-mail put off: the mail server did not take it yet"),
    "mail.failed": _l("E-mail could not be sent"),
    "mail.resent": _l("E-mail to be sent again"),
}
BUTTONS = {
    "take": _l("Take it"),
    "assign": _l("Assign"),
    "message": _l("Write to the customer"),
    "note": _l("Write a note"),
    "acknowledge": _l("Customer was told"),
    "wait": _l("Let it wait"),
    "resume": _l("Go on"),
    "close": _l("Close"),
    "reopen": _l("Reopen"),
}
AT_ONCE = {"take", "acknowledge", "resume", "reopen"}
"""Verbs that need no further word: a button on the page does them."""


def page_of(case: Case, user: Any, before: int | None = None) -> dict[str, Any]:
    """The context of the page, in a number of queries that does not grow with the case."""
    clocks = list(case.clocks.order_by("id"))
    events = Event.objects.filter(case_id=case.pk).select_related("by").order_by("-id")
    if before is not None:
        events = events.filter(pk__lt=before)
    shown = list(events[: LENGTH + 1])
    return {
        "case": case,
        "spoken": spoken(case.reference),
        "clocks": clocks,
        "running": [clock for clock in clocks if clock.is_running],
        "entries": _entries(shown[:LENGTH]),
        "older": shown[LENGTH - 1].pk if len(shown) > LENGTH else None,
        "answers": _answers(case),
        "contact_points": list(case.customer.contact_points.all()) if case.customer else [],
        "verbs": _verbs(case, user, any(c.is_running and c.promise == "acknowledge" for c in clocks)),
    }


def _entries(events: list[Event]) -> list[dict[str, Any]]:
    notes = Note.objects.in_bulk([e.details["note"] for e in events if "note" in e.details])
    messages = Message.objects.select_related("mail").in_bulk(
        [e.details["message"] for e in events if "message" in e.details]
    )
    given = [e.details["to"] for e in events if e.name == "case.assigned"]
    people = User.objects.in_bulk(given) if given else {}
    return [_entry(e, notes, messages, people) for e in events]


def _entry(event: Event, notes: Any, messages: Any, people: Any) -> dict[str, Any]:
    note, message = notes.get(event.details.get("note")), messages.get(event.details.get("message"))
    return {
        "event": event,
        "kind": "note" if note else "message" if message else "event",
        "title": _title(event, people),
        "text": note.text if note else message.text if message else "",
        "mail": message.mail if message else None,
    }


def _title(event: Event, people: Any) -> str:
    title = str(WORDS.get(event.name, event.name))
    if event.name == "case.assigned":
        return _("Assigned to %(name)s") % {"name": people.get(event.details["to"], "")}
    if event.name == "case.waiting":
        return f"{title}: {Wait.Reason(event.details['reason']).label}"
    if event.name == "case.closed":
        outcome = dict(Case._meta.get_field("outcome").flatchoices).get(event.details["outcome"], "")
        return f"{title}: {outcome}"
    return title


def _answers(case: Case) -> Any:
    if case.form_version is None:
        return []
    return summary(case.form_version.parsed, case.answers, for_staff=True)


def _verbs(case: Case, user: Any, must_acknowledge: bool) -> list[dict[str, Any]]:
    """Allowed verbs; one that is not possible now carries the reason instead of a button."""
    why = _obstacles(case, must_acknowledge)
    return [
        {"name": name, "label": label, "at_once": name in AT_ONCE, "why": why.get(name, "")}
        for name, label in BUTTONS.items()
        if may(user, name, case) and why.get(name) is not None
    ]


def _obstacles(case: Case, must_acknowledge: bool) -> dict[str, str]:
    """For each verb worth showing: why it is not possible now, or nothing when it is."""
    if case.is_closed:
        return {"note": "", "reopen": ""}
    waiting = case.status == Status.WAITING
    found = {
        "assign": "",
        "note": "",
        "message": "",
        "close": "",
        "take": _("%(name)s has it.") % {"name": case.assignee} if case.assignee else "",
    }
    if must_acknowledge:
        found["acknowledge"] = ""
    if waiting:
        found["resume"] = ""
    else:
        found["wait"] = _("Take it first.") if case.status == Status.NEW else ""
    return found
