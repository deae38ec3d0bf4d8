"""What the demonstration shows of a small municipality's day: members of Council ask."""

from uuid import UUID

from django.utils import timezone

from townline.accounts.models import User
from townline.cases.intake import Contact, Matter, Place
from townline.cases.models import Case
from townline.catalogue.models import Kind, Service
from townline.council.models import Inquiry, Member
from townline.council.receiving import Asked, receive

FOR_SOMEBODY = Contact(name="Constituent Invented", phone="905-555-0147")


def a_small_towns_day(people: dict[str, User]) -> None:
    """What a front desk sees beside what residents ask."""
    _council_asks(people)


def _council_asks(people: dict[str, User]) -> None:
    """One inquiry of a member's own, one for a constituent who did not agree, and one about a case that is known."""
    rita, members = people["rita"], list(Member.objects.filter(is_active=True)[:3])
    service = Service.objects.offered().filter(needs_place=True, kind=Kind.SERVICE_REQUEST).first()
    if len(members) < 3 or service is None or Inquiry.objects.exists():
        return
    matter = Matter(service, place=Place("Council Street 1"), summary="Invented inquiry: when will it be looked at?")
    own = receive(members[0], Asked(UUID(int=1), "phone", "own"), matter, by=rita)
    own.answer(by=rita, text="Invented reply: on Friday.")
    through = Asked(UUID(int=2), "email", "constituent", "assistant", FOR_SOMEBODY, "refused", timezone.localdate())
    receive(members[1], through, matter, by=rita)
    known = Case.objects.open().filter(is_confidential=False, parent=None, survivor=None).order_by("pk").first()
    if known:
        receive(members[2], Asked(UUID(int=3), "counter", "own"), matter, by=rita, known=known)
