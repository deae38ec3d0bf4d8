"""What the routing rules may ask of a case that is there already."""

from typing import Any

from townline.routing.sending import Asked


def asked_of(case: Any) -> Asked:
    """The case as the rules see it: as it came in, with what was answered then."""
    return Asked(
        service=case.service,
        kind=case.kind,
        channel=case.channel,
        language=case.language,
        at=case.received_at,
        answers=case.answers,
        place=case.place_label,
        priority=case.priority,
    )
