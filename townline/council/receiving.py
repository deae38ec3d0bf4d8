"""An inquiry of a member of Council comes in: a case of its own, or one that is known already."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from townline.cases.intake import Contact, Matter, customer_of, take_in
from townline.cases.models import Case, not_in_future
from townline.core.access import visible
from townline.core.references import read
from townline.council.models import Inquiry, Member


@dataclass(frozen=True)
class Asked:
    """What the member asked, and for whom; `key` makes it come in once."""

    key: UUID
    channel: str
    whose: str
    through: str = ""
    constituent: Contact | None = None
    consent: str = ""
    consent_on: date | None = None
    received_at: datetime | None = None


def receive(member: Member, asked: Asked, matter: Matter, *, by: Any, known: Case | None = None) -> Inquiry:
    """Take an inquiry in, with the promise of a reply; the same page sent again is the same inquiry.

    Where the matter is `known`, the member follows that case; else it is a new
    one, of which the member is the customer. The constituent belongs to the
    inquiry, never to the case.
    """
    with transaction.atomic():
        member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        before = Inquiry.objects.filter(key=asked.key).first()
        if before:
            return before
        received_at = not_in_future(asked.received_at)
        customer, point = member.seat(by=by)
        case, follower = known, None
        if case is None:
            reached = {point.kind: point.value} if point else {}
            contact = Contact(name=customer.name, email=reached.get("email", ""), phone=reached.get("phone", ""))
            case = take_in(
                matter, by=by, channel=asked.channel, contact=contact, customer=customer, received_at=received_at
            )
        elif case.customer is None or case.customer.standing != customer:
            follower = case.followers.live().filter(customer=customer).first() or case.follow(
                by=by, customer=customer, contact_point=point, language=matter.language, text=matter.summary,
                channel=asked.channel,
            )  # fmt: skip
        else:
            case.contact(by=by, channel=asked.channel, text=matter.summary, customer=customer)
        inquiry = _kept(member, asked, case, follower, by, received_at)
        inquiry.promise(by=by)
        inquiry.record(
            "received", by=by, happened_at=received_at, member=member.pk, whose=str(asked.whose),
            through=asked.through, channel=str(asked.channel), consent=str(asked.consent), joined=known is not None,
        )  # fmt: skip
    return inquiry


def _kept(member: Member, asked: Asked, case: Case, follower: Any, by: Any, received_at: datetime) -> Inquiry:
    is_own = asked.whose == Inquiry.Whose.OWN
    constituent, _point = (None, None) if is_own else customer_of(asked.constituent, None, case.language, by)
    said = not is_own and asked.consent not in ("", Inquiry.Consent.UNKNOWN)
    return Inquiry.objects.create(
        member=member,
        through=asked.through,
        whose=asked.whose,
        constituent=constituent,
        consent="" if is_own else asked.consent or Inquiry.Consent.UNKNOWN,
        consent_on=asked.consent_on if said else None,
        consent_way=asked.channel if said else "",
        case=case,
        follower=follower,
        key=asked.key,
        received_at=received_at,
        entered_by=by,
    )


def joinable(user: Any, reference: str, prefix: str | None) -> Case | None:
    """The open case with this reference, if an inquiry can join it.

    A confidential one cannot, whoever asks, and is told apart from one that does not exist by nothing.
    """
    found = read(reference, prefix)
    if found is None:
        return None
    rows = Case.objects.open().filter(is_confidential=False, parent=None, survivor=None)
    return visible(user, rows).filter(reference=found).first()
