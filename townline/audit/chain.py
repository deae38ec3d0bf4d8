"""The chain itself: pure functions over what an event says.

Each link's hash covers the hash before it and everything the event says, so
that a change anywhere changes all that follows.
"""

import hashlib
import json
from datetime import UTC
from typing import Any

BEGINNING = "0" * 64


def canonical(event: Any) -> bytes:
    """Everything an event says, in one way of writing it; `reading.py` has the database write the same."""
    said = [
        event.pk,
        event.name,
        _moment(event.at),
        _moment(event.happened_at),
        event.by_id,
        event.subject_kind,
        event.subject_id,
        event.case_id,
        event.details,
    ]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def hash_of(before: str, said: bytes) -> str:
    """The hash of a link, from the one before and what its event says."""
    return hashlib.sha256(before.encode() + b"|" + said).hexdigest()


def _moment(moment: Any) -> str:
    return str(moment.astimezone(UTC).isoformat(timespec="microseconds"))
