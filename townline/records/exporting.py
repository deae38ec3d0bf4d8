"""Everything we hold about one customer, for that customer: other people in it are masked.

What a formal complaint of theirs holds is not in it: its link to the customer
lies in the vault, and the person finds it on its own page.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.models import Case
from townline.channels.models import Interaction
from townline.customers.models import Customer
from townline.records.gathering import names_around, words_of
from townline.records.models import Correction
from townline.records.rebuilding import masked
from townline.ui.moments import day

MOST = 500
"""Cases in one export; the newest."""


def everything_about(customer: Customer) -> dict[str, Any]:
    """A plain structure: who they are, what they need and agreed to, contacts, cases with their words, corrections."""
    family = customer.family_ids
    own = _own(family)
    cases = Case.objects.filter(customer__in=family, is_confidential=False).select_related("service", "form_version")
    alone = Interaction.objects.filter(customer__in=family, cases=None, is_confidential=False)
    alone = alone.select_related("callback").order_by("received_at")
    return {
        "who": _who(customer, family),
        "needs": [_said(one.get_kind_display(), one.what_helps) for one in customer.accommodations.all()],
        "consents": [_consent(one) for one in customer.consents.all()],
        "contacts": [_contact(one, own) for one in alone[:MOST]],
        "cases": [_case(case, own) for case in cases.order_by("-received_at", "-pk")[:MOST]],
        "corrections": [_correction(one) for one in Correction.objects.filter(customer__in=family).order_by("pk")],
    }


def _consent(one: Any) -> dict[str, str]:
    until = str(one.until_on or "")
    return {"to_whom": one.to_whom, "what": one.what, "from": one.from_on.isoformat(), "until": until}


def _contact(one: Interaction, own: list[str]) -> dict[str, str]:
    on = timezone.localdate(one.received_at).isoformat()
    owed: Any = getattr(one, "callback", None)
    text = _mask(one.summary, own, [])
    if owed:
        by = {"on": day(timezone.localdate(owed.due_at)), "state": owed.get_state_display()}
        text = " ".join([text, _("A call was owed by %(on)s: %(state)s.") % by]).strip()
    return {"on": on, "channel": str(one.get_channel_display()), "text": text}


def _correction(one: Correction) -> dict[str, str]:
    return {
        "asked_on": one.asked_on.isoformat(),
        "what": one.what,
        "decision": str(one.get_decision_display()),
        "reasons": one.reasons,
        "disagreement": one.disagreement,
    }


def _own(family: list[int]) -> list[str]:
    people = Customer.objects.filter(pk__in=family)
    names = list(people.values_list("name", flat=True))
    return names + list(people.exclude(contact_points=None).values_list("contact_points__value", flat=True))


def _who(customer: Customer, family: list[int]) -> dict[str, Any]:
    points = customer.points_in_use().values()
    return {
        "name": customer.name,
        "language": customer.language,
        "reached_at": [f"{point.get_kind_display()}: {point.value}" for point in points],
    }


def _case(case: Case, own: list[str]) -> dict[str, Any]:
    names = names_around(case)
    return {
        "reference": case.reference,
        "service": str(case.service.name),
        "received_on": timezone.localdate(case.received_at).isoformat(),
        "status": str(case.get_status_display()),
        "words": [_said(label, _mask(text, own, names)) for label, text in words_of(case) if text],
    }


def _said(label: Any, text: str) -> dict[str, str]:
    return {"label": str(label), "text": text}


def _mask(text: str, own: list[str], names: list[str]) -> str:
    return masked(text, own, names, _("[somebody else]"))
