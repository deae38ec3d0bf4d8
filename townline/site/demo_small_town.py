"""What the demonstration shows of a small municipality's day.

Members of Council ask, the night is answered, and staff ask their colleagues.
"""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from townline.accounts.models import Role, User
from townline.afterhours.logging_in import Said, log
from townline.afterhours.models import Call, Rota, Script
from townline.cases.intake import Contact, Matter, Place
from townline.cases.models import Case
from townline.catalogue.models import Kind, Service
from townline.colleagues.asking import ask, services
from townline.council.models import Inquiry, Member
from townline.council.receiving import Asked, receive

FOR_SOMEBODY = Contact(name="Constituent Invented", phone="905-555-0147")


def a_small_towns_day(people: dict[str, User]) -> None:
    """What a front desk sees beside what residents ask."""
    _council_asks(people)
    _the_night_was_short(people)
    _colleagues_ask(people)


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


def _the_night_was_short(people: dict[str, User]) -> None:
    """The cast is on call for four weeks; one call was acknowledged, one is being paged, one waits for the morning."""
    if Call.objects.exists():
        return
    nell = _answering_service()
    ada, ben, lea = people["ada"], people["ben"], people["lea"]
    for rota in Rota.objects.filter(is_active=True):
        first = rota.week_of(timezone.now())
        for number in range(4):
            pair = [(ada, "905-555-0111"), (ben, "905-555-0112")]
            order = pair[:: -1 if number % 2 else 1]
            rota.roster(by=lea, week_on=first + timedelta(days=7 * number), people=order)
    urgent = list(Script.objects.filter(rota__isnull=False)[:2])
    waits = Script.objects.filter(rota=None)[:1]
    for number, script in enumerate([*urgent, *waits]):
        caller = Contact(name="Caller Invented", phone=f"905-555-016{number}")
        said = Said(
            UUID(int=number + 1), script.rota_id is not None, caller, "Night Lane 2", "Invented words of a caller."
        )
        log(script, said, by=nell)
    first_call = Call.objects.filter(is_urgent=True).order_by("pk").first()
    if first_call:
        first_call.acknowledge(by=ada)


def _answering_service() -> User:
    """Somebody of the answering service, who sees one page."""
    address = "nell@townline.example"
    nell = User.objects.filter(email=address).first()
    if nell is None:
        nell = User.objects.create_user(address, kind=User.Kind.STAFF, name="Nell Invented")
    nell.roles.set(Role.objects.filter(code="answering_service"))
    return nell


def _colleagues_ask(people: dict[str, User]) -> None:
    """Rita asks each department for something that it does for colleagues."""
    for service in services():
        place = "Invented office 12" if service.needs_place else ""
        ask(
            service, by=people["rita"], token=f"demo-{service.code}", answers={}, place=place,
            text="Invented words of a colleague.",
        )  # fmt: skip
