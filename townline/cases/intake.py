"""Intake: from what a customer says to a case in the right hands, in one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from townline.accounts.models import User
from townline.cases.carrying import carry_over
from townline.cases.dealing import deal_if_wanted
from townline.cases.models import Case, Draft, not_in_future
from townline.catalogue.models import Body, Kind, Priority, Service, WrapUp
from townline.channels.models import Channel, Interaction
from townline.core.localized import folded
from townline.core.refusals import NotPossible
from townline.customers.models import Consent, ContactPoint, Customer
from townline.routing.models import Deal
from townline.routing.sending import Asked, Sent, send_in
from townline.ui.labels import labelled

IN_PERSON = {Channel.WEB, Channel.PHONE, Channel.COUNTER}
"""Where the customer sees or hears the reference at once: that confirms that we have it."""


@dataclass(frozen=True)
class Contact:
    """Who the customer says they are, and how to reach them; `is_new` when they are known to be nobody we know."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    kind: str = Customer.Kind.PERSON
    is_new: bool = False

    def __bool__(self) -> bool:
        return bool(self.name or self.email or self.phone or self.address)

    def points(self) -> list[tuple[str, str]]:
        """What was given, the best way to answer first."""
        given = [("email", self.email), ("phone", self.phone), ("mail", self.address)]
        return [(kind, value) for kind, value in given if value]


@dataclass(frozen=True)
class Place:
    """Where it is, in words, and on the map when that is known."""

    label: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Heard:
    """One contact that raised no case: how it came, from whom if that is known, and what was said."""

    channel: str
    summary: str = ""
    service: Service | None = None
    wrap_up: WrapUp | None = None
    customer: Customer | None = None
    language: str = "en"
    received_at: datetime | None = None


@dataclass(frozen=True)
class Matter:
    """What the customer wants, as it was taken in."""

    service: Service
    language: str = "en"
    answers: dict[str, Any] | None = None
    form_version: Any = None
    place: Place = Place()
    summary: str = ""


def take_in(
    matter: Matter,
    *,
    by: Any,
    channel: str,
    contact: Contact | None = None,
    customer: Customer | None = None,
    received_at: datetime | None = None,
    reference: str = "",
) -> Case:
    """Make the case, the contact that brought it, its clocks and its event, or nothing.

    The customer is the one given, else the one who gave the same address and
    name before, else a new one. `received_at` is earlier than now for letters. A
    `reference` is one that was promised already.
    """
    service = matter.service
    if service.kind == Kind.FORMAL_COMPLAINT:
        raise NotPossible(_("A formal complaint is filed on a page of its own, which keeps it confidential."))
    if not service.is_open:
        raise NotPossible(str(service.closed_reason) or _("This service cannot be asked for now."))
    received_at = not_in_future(received_at)
    with transaction.atomic():
        customer, point = customer_of(contact, customer, matter.language, by)
        sent = send_in(_asked(matter, channel, received_at))
        case = _case(
            matter, sent, channel=channel, customer=customer, contact_point=point, received_at=received_at,
            reference=reference or Case.new_reference(),
        )  # fmt: skip
        case.start_clocks(received_at, kept=("acknowledge",) if channel in IN_PERSON else ())
        interaction = Interaction.objects.create(
            channel=channel,
            customer=customer,
            service=service,
            summary=matter.summary,
            language=matter.language,
            outcome=Interaction.Outcome.RAISED,
            received_at=received_at,
            entered_by=by,
        )
        Case.interactions.through.objects.create(case=case, interaction=interaction)
        case.record(
            "received", by=by, happened_at=received_at, channel=str(channel), service=service.pk,
            department=case.department_id, queue=case.queue_id, interaction=interaction.pk,
            version=sent.version, rule=sent.rule.code if sent.rule else "",
        )  # fmt: skip
        if case.deal_as != Deal.OFF:
            deal_if_wanted(case, by=User.objects.system())
    return case


def _asked(matter: Matter, channel: str, received_at: datetime) -> Asked:
    """What the routing rules may know of this matter."""
    return Asked(
        service=matter.service,
        kind=matter.service.kind,
        channel=channel,
        language=matter.language,
        at=received_at,
        answers=matter.answers or {},
        place=matter.place.label,
    )


def _case(matter: Matter, sent: Sent, **more: Any) -> Case:
    """The case of this matter, not saved yet."""
    service = matter.service
    return Case(
        kind=service.kind,
        service=service,
        subject=_subject(matter),
        department=sent.queue.department,
        queue=sent.queue,
        stage=sent.step,
        route=sent.decision,
        priority=sent.priority or Priority.NORMAL,
        language=matter.language,
        form_version=matter.form_version,
        answers=matter.answers or {},
        collection_notice=service.collection_notice,
        place_label=matter.place.label[:200],
        latitude=matter.place.latitude,
        longitude=matter.place.longitude,
        is_public=service.shares != Service.Shares.NOTHING,
        **more,
    )


def submit(
    draft: Draft,
    matter: Matter,
    *,
    by: Any,
    contact: Contact | None,
    customer: Customer | None = None,
    received_at: datetime | None = None,
    reference: str = "",
) -> Case:
    """Turn a draft into its case. The same draft submitted again gives the same case.

    What the draft knew of the customer stands in `customers` afterwards, and
    leaves the draft.
    """
    with transaction.atomic():
        held = held_draft(draft)
        if held.case_id:
            return Case.objects.get(pk=held.case_id)
        must_be_unused(held)
        if by.is_customer:
            customer = getattr(by, "customer", None)
        case = take_in(
            matter, by=by, channel=held.channel, contact=contact, customer=customer, received_at=received_at,
            reference=reference,
        )  # fmt: skip
        carry_over(held, case)
        held.case = case
        held.contact, held.answers, held.place = {}, {}, {}
        held.save(update_fields=["case", "contact", "answers", "place", "changed_at"])
    return case


def answer(draft: Draft, heard: Heard, *, by: Any) -> Interaction:
    """Count a contact that was answered at once, with no case; the same draft again is the same contact."""
    with transaction.atomic():
        held = held_draft(draft)
        if held.interaction:
            return held.interaction
        must_be_unused(held)
        interaction = count_alone(held, heard, Interaction.Outcome.ANSWERED, by=by, wrap_up=heard.wrap_up)
        how: dict[str, Any] = {"wrap_up": heard.wrap_up.code} if heard.wrap_up else {}
        interaction.record("answered", by=by, channel=str(heard.channel), **how)
    return interaction


def hand_to(
    draft: Draft, heard: Heard, body: Body, way: str, *, by: Any, contact: Contact, has_consent: bool = False
) -> Interaction:
    """Count a contact that belongs to an outside body, and how it was handed over; the same draft again is the same.

    Who they are is passed on with their consent only, which is kept with the customer.
    """
    with transaction.atomic():
        held = held_draft(draft)
        if held.interaction:
            return held.interaction
        must_be_unused(held)
        consent, customer = None, heard.customer
        if way == Interaction.Handed.WRITTEN:
            customer, _point = customer_of(contact, customer, heard.language, by)
            if not has_consent or customer is None:
                raise NotPossible(_("Who they are is passed on only when they agree, and when we know who it is."))
            consent = customer.consent(
                by=by, kind=Consent.Kind.SHARE, to_whom=str(body)[:120], what=_("What they told us, passed on once"),
                ground=Consent.Ground.SPOKEN, from_on=timezone.localdate(), until_on=timezone.localdate(),
            )  # fmt: skip
        heard = replace(heard, customer=customer)
        outcome = Interaction.Outcome.PARTNER
        interaction = count_alone(held, heard, outcome, by=by, body=body, handed=way, consent=consent)
        interaction.record("handed", by=by, channel=str(heard.channel), body=body.code, way=str(way))
    return interaction


def count_alone(held: Draft, heard: Heard, outcome: str, *, by: Any, **more: Any) -> Interaction:
    """One contact that belongs to no case, with the draft that makes it happen once."""
    held.interaction = Interaction.objects.create(
        channel=heard.channel,
        customer=heard.customer,
        service=heard.service,
        summary=heard.summary,
        language=heard.language,
        outcome=outcome,
        received_at=not_in_future(heard.received_at),
        entered_by=by,
        **more,
    )
    held.save()
    return held.interaction


def add(draft: Draft, case: Case, heard: Heard, *, by: Any) -> Interaction:
    """Keep a contact with the case it is about; the same draft again is the same contact."""
    with transaction.atomic():
        held = held_draft(draft)
        if held.interaction:
            return held.interaction
        must_be_unused(held)
        held.interaction = case.contact(
            by=by, channel=heard.channel, text=heard.summary, customer=heard.customer, received_at=heard.received_at
        )
        held.save()
    return held.interaction


def held_draft(draft: Draft) -> Draft:
    """The draft, fresh, and this transaction's alone until its end."""
    return Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)


def must_be_unused(draft: Draft) -> None:
    """What was sent already is not sent in another way."""
    if draft.case_id or draft.interaction_id or draft.is_held:
        raise NotPossible(_("This interaction has been saved already. Begin a new one."))


def customer_of(
    contact: Contact | None, known: Customer | None, language: str, by: Any
) -> tuple[Customer | None, ContactPoint | None]:
    """Who this is: the one given, one we know by name and address, or somebody new; and the best way to answer."""
    if known is None and not contact and not by.is_customer:
        return None, None
    contact = contact or Contact()
    points = contact.points()
    known = known.standing if known else None
    customer = known or (None if contact.is_new or by.is_customer else _same_as_before(contact, points))
    is_new = False
    if customer is None:
        customer, is_new = _added(contact, language, by)
    had = {} if is_new else customer.points_in_use()
    made = []
    for kind, value in points:
        key = ContactPoint.key_of(kind, value) or value
        made.append(had.get((kind, key)) or _taught(customer, kind, value, by if known else None))
    best = made[0] if made else next(iter(had.values()), None)
    return customer, best


def _taught(customer: Customer, kind: str, value: str, by: Any) -> ContactPoint:
    """Another way to reach them: noted with who learned it, when somebody chose the customer."""
    if by is not None and by.is_employee:
        return customer.add_point(by=by, kind=kind, value=value)
    point: ContactPoint = customer.contact_points.create(kind=kind, value=value)
    return point


def _added(contact: Contact, language: str, by: Any) -> tuple[Customer, bool]:
    """A new customer; for somebody with an account, the one that two requests at once may both want to add."""
    name = contact.name or (by.name if by.is_customer else "") or _("No name given")
    fields = {"name": name[:120], "language": language, "kind": contact.kind}
    if by.is_customer:
        customer, is_new = Customer.objects.get_or_create(account=by, defaults=fields)
    else:
        customer, is_new = Customer.objects.create(**fields), True
    if is_new:
        customer.record("added", by=by)
    return customer, is_new


def _same_as_before(contact: Contact, points: list[tuple[str, str]]) -> Customer | None:
    """Somebody of the same name at the same address; a shared address alone proves nothing."""
    if not points or not contact.name:
        return None
    kind, value = points[0]
    known = Customer.objects.reached_at(kind, value).select_related("merged_into")
    found = known.filter(sort_key=folded(contact.name)[:120], account=None, merged_into__account=None).first()
    return found.standing if found else None


def new_reference() -> str:
    """A reference that no case has yet."""
    return Case.new_reference()


def _subject(matter: Matter) -> str:
    with override(matter.language):
        name = str(matter.service.name)
        return (labelled(name, matter.place.label) if matter.place.label else name)[:200]
