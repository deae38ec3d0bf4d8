"""What happened to a case, told to the customer."""

from typing import Any

from django.utils.translation import gettext_lazy as _l

from townline.cases.models import Case, Message, Wait
from townline.timeline.models import Event

TOLD: dict[str, Any] = {
    "case.received": _l("We received your request"),
    "case.taken": _l("Somebody began to work on it"),
    "case.assigned": _l("It was given to somebody to work on"),
    "case.messaged": _l("We wrote to you"),
    "case.waiting": _l("We are waiting"),
    "case.resumed": _l("We went on"),
    "case.closed": _l("We finished it"),
    "case.reopened": _l("We opened it again"),
}
"""Events a customer is told of; all others are ours alone."""

LENGTH = 100


def story_of(case: Case) -> dict[str, Any]:
    """The events for the customer, newest first, and the promises with whether they were kept."""
    events = list(Event.objects.filter(case_id=case.pk, name__in=TOLD).order_by("-id")[:LENGTH])
    messages = Message.objects.in_bulk([event.details["message"] for event in events if "message" in event.details])
    return {
        "chapters": [
            {
                "title": TOLD[event.name],
                "at": event.happened_at,
                "text": messages[event.details["message"]].text if event.details.get("message") in messages else "",
                "reason": Wait.Reason(event.details["reason"]).label if "reason" in event.details else "",
            }
            for event in events
        ],
        "clocks": list(case.clocks.order_by("started_at", "id")),
    }
