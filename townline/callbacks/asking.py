"""Owing somebody a call since a contact: whom, at which number, and until when."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.models import Department
from townline.callbacks.models import Callback
from townline.cases.intake import Contact, Heard, add, count_alone, customer_of, held_draft, must_be_unused
from townline.cases.models import Case, Draft
from townline.channels.models import Interaction
from townline.core.refusals import NotPossible
from townline.customers.models import ContactPoint, Customer


@dataclass(frozen=True)
class Wanted:
    """When the customer wants to be called; nothing said is by the end of the next business day."""

    on: date | None = None
    start: time | None = None
    end: time | None = None


def ask(
    draft: Draft, heard: Heard, *, by: Any, contact: Contact, case: Case | None = None, wanted: Wanted | None = None
) -> Callback:
    """Keep the contact and owe its customer a call; the same draft again is the same call."""
    with transaction.atomic():
        held = held_draft(draft)
        if held.interaction_id:
            return Callback.objects.get(interaction=held.interaction_id)
        must_be_unused(held)
        customer, _best = customer_of(contact, heard.customer, heard.language, by)
        point = _number(customer, contact.phone)
        if point is None:
            raise NotPossible(_("Ask for the phone number at which we call them back."))
        heard = replace(heard, customer=customer)
        if case:
            interaction = add(held, case, heard, by=by)
            case = interaction.cases.first()
        else:
            interaction = count_alone(held, heard, Interaction.Outcome.CALL_BACK, by=by)
        return _owe(interaction, case, customer, point, by=by, wanted=wanted or Wanted())


def _owe(
    interaction: Interaction, case: Case | None, customer: Any, point: ContactPoint, *, by: Any, wanted: Wanted
) -> Callback:
    department = _department(case, interaction, by)
    from_at, due_at = _when(wanted, department)
    callback = Callback.objects.create(
        customer=customer,
        contact_point=point,
        interaction=interaction,
        case=case,
        service=case.service if case else interaction.service,
        department=department,
        language=interaction.language,
        from_at=from_at,
        due_at=due_at,
        remind_at=_open_from(due_at, department),
        asked_by=by,
    )
    about: dict[str, Any] = {"case": case.pk} if case else {}
    callback.record(
        "asked", by=by, interaction=interaction.pk, department=department.pk, due_at=due_at.isoformat(), **about
    )
    return callback


def _number(customer: Customer | None, typed: str) -> ContactPoint | None:
    """The number they gave now, else the one of theirs to use first."""
    if customer is None:
        return None
    points = customer.points_in_use()
    key = ContactPoint.key_of(ContactPoint.Kind.PHONE, typed)
    if typed and (given := points.get((ContactPoint.Kind.PHONE, key or typed))):
        return given
    return next((one for (kind, _key), one in points.items() if kind == ContactPoint.Kind.PHONE), None)


def _department(case: Case | None, interaction: Interaction, by: Any) -> Department:
    """Who calls: whoever has the case, else whoever looks after the service, else the front desk."""
    if case:
        return case.department
    if interaction.service:
        return interaction.service.department
    departments = Department.objects.filter(is_active=True).select_related("calendar")
    return departments.filter(is_front=True).first() or departments.filter(pk__in=by.department_ids).get()


def _when(wanted: Wanted, department: Department) -> tuple[datetime | None, datetime]:
    """From when and until when, in the customer's own words or by our own promise."""
    now, hours = timezone.now(), department.calendar.opening_hours
    if wanted == Wanted():
        try:
            return None, hours.add_business_days(now, 1)
        except ValueError:
            return None, now + timedelta(days=1)
    on = wanted.on or timezone.localdate()
    start = timezone.make_aware(datetime.combine(on, wanted.start)) if wanted.start else None
    closing = hours.closing_on(on) or timezone.make_aware(datetime.combine(on, time(23, 59)))
    end = timezone.make_aware(datetime.combine(on, wanted.end)) if wanted.end else closing
    late = timezone.make_aware(datetime.combine(on, time(23, 59)))
    end = end if end > max(now, start or now) else late
    return start, end


def _open_from(due_at: datetime, department: Department) -> datetime:
    try:
        return department.calendar.opening_hours.next_opening(due_at)
    except ValueError:
        return due_at
