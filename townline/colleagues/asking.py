"""Staff ask a department for something: the same case, clocks and answer as for anybody, at their own desk."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from townline.accounts.models import User
from townline.cases.drafting import Drafter
from townline.cases.intake import Contact, Matter, Place, submit
from townline.cases.models import Case
from townline.cases.tracking import Tracker
from townline.catalogue.models import Door, Service
from townline.channels.models import Channel
from townline.core.access import fetch
from townline.customers.models import Customer

COLLEAGUE = Channel.OTHER
"""It came neither by phone nor from the portal; who asked is on the case."""


def services() -> "QuerySet[Service]":
    """What departments do for colleagues."""
    rows = Service.objects.filter(is_active=True, door=Door.STAFF)
    return rows.select_related("department__calendar", "questions", "collection_notice")


def as_customer(user: User) -> Customer | None:
    """The customer that this member of staff is; None before the first request."""
    found = Customer.objects.filter(account=user).select_related("merged_into").first()
    return found.standing if found else None


def ask(service: Service, *, by: User, token: str, answers: dict[str, Any], place: str = "", text: str = "") -> Case:
    """Raise the case; the same page sent again is the same case."""
    customer, is_new = Customer.objects.get_or_create(
        account=by, defaults={"name": by.name[:120] or str(by), "language": by.language}
    )
    if is_new:
        customer.record("added", by=by)
    matter = Matter(
        service,
        language=(get_language() or "en")[:2],
        answers=answers,
        form_version=service.questions,
        place=Place(place),
        summary=text,
    )
    draft = Drafter("", by).resume(token, COLLEAGUE)
    return submit(draft, matter, by=by, contact=Contact(name=by.name, email=by.email or ""), customer=customer.standing)


def asked_by(user: User) -> "QuerySet[Case]":
    """What they asked departments for, the latest first; what they asked as a resident is not among it."""
    customer = as_customer(user)
    rows = Case.objects.filter(customer__in=customer.family_ids if customer else [], service__door=Door.STAFF)
    return rows.filter(is_confidential=False)


def fetch_own(user: User, action: str, reference: str) -> Case:
    """One of their own requests, for what a customer may do with it."""
    own = frozenset(asked_by(user).filter(reference=reference).values_list("pk", flat=True))
    rows = Case.objects.select_related("service", "department", "survivor")
    return fetch(Tracker(own), rows, action, reference=reference)
