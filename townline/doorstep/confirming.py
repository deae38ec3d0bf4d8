"""Confirming an address by a link, without an account.

The link opens a page with a button; only the button confirms. Programs that open every
link of a mail before its reader does therefore confirm nothing, and use nothing up: the
same link works as often as it is opened.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from townline.accounts.models import User
from townline.cases.along import goes_along
from townline.cases.models import Case
from townline.cases.tracking import DaySigner
from townline.channels.models import Channel
from townline.customers.models import ContactPoint
from townline.doorstep.models import Held

SALT = "townline.confirm"
DAYS = 60


@dataclass(frozen=True)
class Confirming:
    """What a link is about: a case, or a report that waits for it."""

    case: Case | None = None
    held: Held | None = None

    @property
    def reference(self) -> str:
        """What the page names."""
        return self.case.reference if self.case else self.held.reference if self.held else ""

    @property
    def is_done(self) -> bool:
        """Is there nothing left to confirm?"""
        point = self.case.contact_point.current if self.case and self.case.contact_point else None
        return self.held is None and (point is None or point.verified_at is not None)


def link_of(record: Case | Held) -> str:
    """The link in our mail."""
    kind = "held" if isinstance(record, Held) else "case"
    token = DaySigner(salt=SALT).sign_object([kind, record.pk])
    return settings.BASE_URL + reverse("portal:confirm", args=[token])


def behind(token: str) -> Confirming | None:
    """What a link is about; None for one that is not ours, is too old, or leads nowhere any more."""
    try:
        kind, pk = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    held = Held.objects.select_related("draft__service").filter(pk=pk).first() if kind == "held" else None
    if held and held.state != Held.State.RELEASED:
        return Confirming(held=held)
    cases = Case.objects.select_related("contact_point__replaced_by", "service").filter(is_confidential=False)
    case = cases.filter(pk=(held.case_id if held else pk if kind == "case" else None) or 0).first()
    return Confirming(case=case) if case else None


def confirm(found: Confirming) -> Case:
    """Whoever pressed the button reads that mailbox: what waited goes in, and the address is theirs."""
    townline: Any = User.objects.system()
    case = found.case or found.held.release(by=townline)  # type: ignore[union-attr]
    point = case.contact_point.current if case.contact_point else None
    if point and point.kind == ContactPoint.Kind.EMAIL and not point.verified_at and not point.is_retired:
        point.verify(by=townline, how=ContactPoint.Proof.LINK)
    return case


@goes_along
def _ask_to_confirm(case: Case) -> list[str]:
    """For what came by the portal, from an address that nobody has confirmed."""
    point = case.contact_point.current if case.contact_point else None
    if case.channel != Channel.WEB or point is None or point.verified_at or point.kind != ContactPoint.Kind.EMAIL:
        return []
    return [_("Please confirm that this address is yours. Open this page and press the button:") + "\n" + link_of(case)]
