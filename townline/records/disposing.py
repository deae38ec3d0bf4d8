"""Carrying a disposition out, in the worker: one case after the other, each once, whatever happens.

What came of a case is written in the transaction that disposes of it. A worker
that is killed leaves a case either gone and noted, or neither; the next goes on.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from townline.accounts.models import User
from townline.callbacks.models import Callback
from townline.cases.models import Case, Follower
from townline.channels.models import Interaction, Mail
from townline.complaints.models import Complaint
from townline.conduct.models import Behaviour, Intervention, Restriction
from townline.council.models import Inquiry, Member, Reply
from townline.customers.models import Customer
from townline.records.choosing import judge
from townline.records.contacts import judged
from townline.records.models import AccessRequest, ContactItem, Correction, Disclosed, Disposition, Item, RecordsClass
from townline.vault import door


@task()
def carry_out(disposition_id: int) -> None:
    """Go on until every case of the list has had its turn, then write the certificate."""
    disposition = Disposition.objects.select_related("records_class").get(pk=disposition_id)
    if disposition.state != Disposition.State.RUNNING:
        return
    waiting = disposition.items.filter(state=Item.State.WAITING)
    while item := waiting.order_by("id").first():
        take_turn(item, disposition)
    contacts = disposition.contacts.filter(state=Item.State.WAITING)
    while contact := contacts.order_by("id").first():
        take_turn_of_contact(contact, disposition)
    disposition.finish(by=User.objects.system())


def take_turn(item: Item, disposition: Disposition) -> None:
    """Judge one case anew, of fresh facts, and dispose of it or keep it; both with the note of it, or neither."""
    with transaction.atomic():
        held = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
        if held.state != Item.State.WAITING:
            return
        case = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("service").get(pk=held.case_id)
        found = judge(case, disposition.records_class, list(RecordsClass.objects.all()), timezone.localdate())
        held.reason = found.reason
        held.state = Item.State.KEPT if found.reason else Item.State.GONE
        if not found.reason:
            _dispose(case, disposition)
        held.save()


def take_turn_of_contact(item: ContactItem, disposition: Disposition) -> None:
    """As `take_turn`, for a contact that was answered at once."""
    with transaction.atomic():
        held = ContactItem.objects.select_for_update(no_key=True).get(pk=item.pk)
        if held.state != Item.State.WAITING:
            return
        contact = Interaction.objects.select_for_update(no_key=True, of=("self",)).get(pk=held.interaction_id)
        found = judged([contact], disposition.records_class, timezone.localdate())[0]
        held.reason = found.reason
        held.state = Item.State.KEPT if found.reason else Item.State.GONE
        if not found.reason:
            townline, now, customer = User.objects.system(), timezone.now(), contact.customer
            contact.dispose(by=townline, disposition=disposition.pk, at=now)
            Callback.objects.filter(interaction=contact).update(customer=None, contact_point=None)
            if customer:
                _dispose_of_customer(customer.standing, disposition, townline, now)
        held.save()


def _dispose(case: Case, disposition: Disposition) -> None:
    """The case, its safe when it has one, and every customer of whom nothing else is kept."""
    townline, now = User.objects.system(), timezone.now()
    known = {case.customer_id, *case.followers.values_list("customer_id", flat=True)}
    known |= set(case.interactions.values_list("customer_id", flat=True))
    known |= set(Inquiry.objects.filter(case=case).values_list("constituent_id", flat=True))
    Inquiry.objects.filter(case=case).update(constituent=None)
    Reply.objects.filter(inquiry__case=case).update(text="", mail=None)
    owed = Callback.objects.filter(case=case)
    known |= set(owed.values_list("customer_id", flat=True))
    owed.update(customer=None, contact_point=None)
    case.dispose(by=townline, disposition=disposition.pk, at=now)
    complaint = Complaint.objects.select_related("safe").filter(case=case).first()
    if complaint:
        _shred(complaint, townline)
    _forget_request(case)
    Correction.objects.filter(case=case).update(what="", reasons="", disagreement="")
    for customer in Customer.objects.filter(pk__in=[pk for pk in known if pk]):
        _dispose_of_customer(customer.standing, disposition, townline, now)


def _forget_request(case: Case) -> None:
    """What an access request gathered goes with its case; its days and decision stay."""
    asked = AccessRequest.objects.filter(case=case).first()
    if asked:
        asked.pieces.all().delete()
        asked.redactions.all().delete()
        asked.third_parties.update(name="", about="", words="")
        AccessRequest.objects.filter(pk=asked.pk).update(words_extended="", why_decided="")


def _shred(complaint: Complaint, townline: Any) -> None:
    """Its key is destroyed, and so is what the vault holds of it, in old backups too; staff's own words go as well."""
    if complaint.safe.shredded_at is None:
        door.shred(complaint.safe, by=townline)
    complaint.follow_ups.update(words="")
    complaint.emergencies.update(words="")
    complaint.requests.update(number="")


def _dispose_of_customer(standing: Customer, disposition: Disposition, townline: Any, now: Any) -> None:
    family = standing.family_ids
    if _is_still_needed(family):
        return
    Correction.objects.filter(customer__in=family).update(what="", reasons="", disagreement="")
    Disclosed.objects.filter(customer__in=family).update(to_whom="", what="")
    Mail.objects.filter(contact_point__customer__in=family).update(subject="", body="")
    for one in Customer.objects.filter(pk__in=family, disposed_at=None):
        one.dispose(by=townline, disposition=disposition.pk, at=now)


def _is_still_needed(family: list[int]) -> bool:
    """Is there an account, a case, a contact, something followed, a seat on Council or a record of conduct?"""
    about = Q(customer__in=family)
    return (
        Customer.objects.filter(pk__in=family, account__isnull=False).exists()
        or Case.objects.filter(about).exists()
        or Interaction.objects.filter(about).exists()
        or Follower.objects.filter(about).exists()
        or Callback.objects.filter(about).exists()
        or Member.objects.filter(about).exists()
        or Inquiry.objects.filter(constituent__in=family).exists()
        or any(kind.objects.filter(about).exists() for kind in (Behaviour, Intervention, Restriction))
    )
