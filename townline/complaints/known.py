"""What is known already of a case that its customer wants to be a formal complaint: nobody types it twice."""

from collections.abc import Iterable
from typing import Any

from townline.cases.forms import BY_STAFF
from townline.cases.models import Case
from townline.customers.models import ContactPoint
from townline.questions.summary import summary


def known_of(case: Case) -> dict[str, str]:
    """What the form begins with; whoever writes it down reads it back and changes it."""
    customer = case.customer
    points = list(customer.contact_points.exclude(status=ContactPoint.Status.RETIRED)) if customer else []
    return {
        "channel": case.channel if case.channel in dict(BY_STAFF) else "",
        "language": case.language,
        "about_service": case.service.code if case.kind not in ("complaint", "formal_complaint") else "",
        "what": "\n\n".join([*_contacts(case), *_answers(case)]) or case.subject,
        "name": customer.name if customer else "",
        "email": _first(points, ContactPoint.Kind.EMAIL),
        "phone": _first(points, ContactPoint.Kind.PHONE),
        "address": _first(points, ContactPoint.Kind.MAIL),
    }


def _contacts(case: Case) -> list[str]:
    return [one.summary for one in case.interactions.order_by("received_at", "pk") if one.summary]


def _answers(case: Case) -> list[str]:
    if case.form_version is None:
        return []
    sections = summary(case.form_version.parsed, case.answers, for_staff=True)
    rows = [row for section in sections for row in section.rows if row.is_answered]
    return [f"{row.label}\n{row.value}" for row in rows]


def _first(points: Iterable[Any], kind: str) -> str:
    fitting = sorted((one for one in points if one.kind == kind), key=lambda one: (not one.is_preferred, one.pk))
    return str(fitting[0].value) if fitting else ""
