"""Invented people in the demonstration: what helps them, who may act for them, and what staff do to stay safe."""

from datetime import timedelta

from django.utils import timezone

from townline.accounts.models import User
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
