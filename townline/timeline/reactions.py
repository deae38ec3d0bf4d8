"""What other parts do when something has happened.

A reaction is a function that takes the event. `Recorded.record` queues one job
per reaction in the transaction of the event itself: what was not committed is
not reacted to, and nothing committed is forgotten. A reaction may run more
than once (a worker can die after the work and before the tick), so it must be
idempotent.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django_tasks import task

if TYPE_CHECKING:
    from townline.timeline.models import Event

Reaction = Callable[["Event"], None]

_reactions: dict[str, dict[str, Reaction]] = defaultdict(dict)


def reacts_to(*names: str) -> Callable[[Reaction], Reaction]:
    """Run this function, in the worker, after each event of these names."""

    def register(reaction: Reaction) -> Reaction:
        for name in names:
            _reactions[name][f"{reaction.__module__}.{reaction.__qualname__}"] = reaction
        return reaction

    return register


def reactions_to(name: str) -> dict[str, Reaction]:
    """The reactions to an event of this name, by the path that finds them again."""
    return _reactions.get(name, {})


def enqueue_reactions(event: "Event") -> None:
    """Queue one job per reaction, in the caller's transaction and in one statement."""
    found = reactions_to(event.name)
    if found:
        backend: Any = react.get_backend()
        backend.enqueue_many(react, [{"event_id": event.pk, "reaction": path} for path in found])


@task()
def react(event_id: int, reaction: str) -> None:
    """Run one reaction to one event; each is retried on its own."""
    from townline.timeline.models import Event

    event = Event.objects.select_related("by").get(pk=event_id)
    found = reactions_to(event.name).get(reaction)
    if found:
        found(event)
