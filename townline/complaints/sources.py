"""What a complaint came from, as its investigator reads it: each thing that was said or known before it was formal."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import User
from townline.vault.door import Opened

TITLES: dict[str, Any] = {
    "case": _l("The case that it was"),
    "note": _l("Note for staff"),
    "message_out": _l("We wrote"),
    "message_in": _l("The complainant wrote"),
    "step": _l("Step"),
    "unsent": _l("Begun and not sent"),
    "hiding": _l("Hidden from the public, or shown again"),
    "answers": _l("Answered before"),
    "contact": _l("Contact"),
    "typed": _l("Typed on the way in"),
    "mail": _l("E-mail"),
    "callback": _l("A call that was owed"),
    "inquiry": _l("A member of Council asked"),
    "reply": _l("Reply to a member of Council"),
    "follower": _l("Somebody who followed it"),
    "link": _l("Linked cases"),
}


@dataclass(frozen=True)
class Source:
    """One thing that was said or known: when, by whom of staff, and its words."""

    at: datetime
    title: Any
    who: str
    words: list[str]


def sources_of(opened: Iterable[Opened]) -> list[Source]:
    """In the order in which it happened."""
    kept = [json.loads(one.text) for one in opened if one.field == "source"]
    staff = {user.pk: str(user) for user in User.objects.filter(pk__in={one["by"] for one in kept}, kind="staff")}
    found = [
        Source(
            datetime.fromisoformat(one["at"]),
            TITLES[one["kind"]],
            staff.get(one["by"], ""),
            [line for value in one["words"].values() for line in _lines(value)],
        )
        for one in kept
    ]
    return sorted(found, key=lambda one: one.at)


def _lines(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [line for each in value.values() for line in _lines(each)]
    if isinstance(value, list):
        return [line for each in value for line in _lines(each)]
    return [str(value)] if value not in ("", None) else []
