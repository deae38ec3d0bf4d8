"""Joining a case that somebody else brought, instead of bringing it once more."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from townline.cases.intake import Contact, customer_of, held_draft, must_be_unused
from townline.cases.models import Case, Draft, Follower
from townline.channels.models import Interaction
from townline.core.refusals import NotPossible
from townline.customers.models import Customer


def join(
    case: Case,
    *,
    by: Any,
    contact: Contact | None,
    channel: str,
    text: str,
    language: str,
    customer: Customer | None = None,
) -> Follower:
    """Make whoever is in contact with us a follower of this case; they are found or added as at intake."""
    with transaction.atomic():
        customer, point = customer_of(contact, customer, language, by)
        if customer is None:
            raise NotPossible(_("Tell us how to reach you: otherwise there is nobody to tell how it goes on."))
        return case.follow(by=by, customer=customer, contact_point=point, language=language, text=text, channel=channel)


def join_from(
    draft: Draft,
    case: Case,
    *,
    by: Any,
    contact: Contact,
    text: str,
    customer: Customer | None = None,
    language: str = "",
) -> Interaction:
    """The same from a draft; sent twice, it is one follower.

    On the portal, whoever is not signed in is somebody new, whatever they say they are
    called: a stranger who gives another's name and address learns nothing from it.
    """
    with transaction.atomic():
        kept = held_draft(draft)
        if kept.interaction:
            return kept.interaction
        must_be_unused(kept)
        if not by.is_employee:
            customer, contact = getattr(by, "customer", None), replace(contact, is_new=True)
        follower = join(
            case, by=by, contact=contact, channel=kept.channel, text=text, language=language or kept.language,
            customer=customer,
        )  # fmt: skip
        kept.interaction = follower.interaction
        kept.contact, kept.answers, kept.place = {}, {}, {}
        kept.save(update_fields=["interaction", "contact", "answers", "place", "changed_at"])
        assert kept.interaction is not None
        return kept.interaction
