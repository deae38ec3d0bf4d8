"""Each verb of this part, done once."""

from typing import Any

from townline.cases.intake import Contact, Matter
from townline.cases.models import Draft
from townline.channels.models import Channel
from townline.doorstep.holding import hold
from townline.doorstep.models import Held


def held(town: Any, source: str = "there", **more: Any) -> Held:
    """A question that waits."""
    given = {"name": "Elena Rivera", "email": "elena.rivera@example.org"} | more
    draft = Draft.objects.create(service=town.question, channel=Channel.WEB, contact=given, session_key="hers")
    return hold(draft, Matter(town.question), contact=Contact(**given), reason=Held.Reason.PACE, source=source)


DOINGS = {
    "Held.release": (held, "rita", lambda one, town: one.release(by=town.rita)),
    "Held.discard": (held, "rita", lambda one, town: one.discard(by=town.rita)),
}
