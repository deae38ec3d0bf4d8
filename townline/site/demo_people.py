"""Invented people in the demonstration: what helps them, who may act for them, and what staff do to stay safe."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from townline.accounts.models import User
from townline.callbacks.asking import Wanted, ask
from townline.callbacks.models import Callback
from townline.cases.drafting import Drafter
from townline.cases.intake import Contact, Heard, hand_to
from townline.cases.models import Case
from townline.catalogue.bodies import FORMAL_COMPLAINT
from townline.catalogue.models import Body, Service
from townline.channels.models import Interaction
from townline.conduct.models import Behaviour, Intervention
from townline.customers.models import Accommodation, Customer


def people_are_known(people: dict[str, User], rivera: User) -> None:
    """Mrs. Rivera's needs and consent; somebody who was abusive once, and what is done since; once."""
    if Accommodation.objects.exists():
        return
    rita, today = people["rita"], timezone.localdate()
    customer = Customer.objects.get(account=rivera)
    customer.prefer(by=rita, language=customer.language, way="phone", text_format="large_print")
    customer.accommodate(by=rita, kind="interpreter", what_helps="Portuguese")
    customer.add_point(by=rita, kind="phone", value="905-555-0177").choose(by=rita)
    customer.consent(
        by=rita, kind="share", to_whom="Marco Invented, her son", what="How her requests stand", ground="spoken",
        from_on=today, until_on=today + timedelta(days=365),
    )  # fmt: skip
    other = Customer.objects.filter(account=None).exclude(cases=None).order_by("pk").first()
    if other:
        _is_met_with_care(other, rita)


def _is_met_with_care(customer: Customer, by: User) -> None:
    at = timezone.now() - timedelta(days=2)
    said = "Invented record: shouted at the counter and hit the glass."
    Behaviour.note(customer, by=by, grade="abusive", what=said, impact="A colleague went home early.", happened_at=at)
    Intervention.plan(
        customer, by=by, what="Serve at the counter with a colleague near", place="Town Hall",
        why="Invented reason: the counter was struck once.", until_on=timezone.localdate() + timedelta(days=60),
    )  # fmt: skip


def calls_are_owed(people: dict[str, User]) -> None:
    """Two people want to be called back, one about a case and tried once; another was sent to an outside body; once."""
    if Callback.objects.exists():
        return
    rita, case = people["rita"], Case.objects.open().filter(assignee=people["ada"], is_confidential=False).first()
    service = Service.objects.offered().filter(department=case.department).first() if case else None
    heard = Heard(channel="phone", summary="Invented: asks when somebody comes to look.", service=service)
    first = ask(
        _draft(rita, "1"), heard, by=rita, contact=Contact(name="Sample Caller", phone="905-555-0161"), case=case
    )
    first.attempt(by=people["ada"], result="no_answer")
    heard = Heard(channel="phone", summary="Inventé : aimerait parler à quelqu’un.", service=service, language="fr")
    wanted = Wanted(on=timezone.localdate() + timedelta(days=1))
    ask(_draft(rita, "2"), heard, by=rita, contact=Contact(name="Jean Exemple", phone="905-555-0162"), wanted=wanted)
    body = Body.objects.filter(is_active=True).exclude(code=FORMAL_COMPLAINT).first()
    if body:
        heard = Heard(channel="phone", summary="Invented: a question that is not ours.")
        hand_to(_draft(rita, "3"), heard, body, Interaction.Handed.THROUGH, by=rita, contact=Contact())


def _draft(rita: User, mark: str) -> Any:
    return Drafter("", rita).resume(mark * 22, "phone")
