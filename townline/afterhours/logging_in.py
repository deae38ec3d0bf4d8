"""A call after hours is written down: a case, and a page where it is urgent, in one transaction."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from townline.accounts.models import User
from townline.afterhours.models import Call, Script
from townline.cases.intake import Contact, Matter, Place, take_in
from townline.catalogue.models import Priority
from townline.channels.models import Channel


@dataclass(frozen=True)
class Said:
    """What the caller said; `key` makes it happen once."""

    key: UUID
    is_urgent: bool
    contact: Contact
    place: str = ""
    summary: str = ""
    language: str = "en"


def log(script: Script, said: Said, *, by: User) -> Call:
    """Write a call down. Sent twice, it is one call; where nobody is on call for it, it waits for the morning."""
    try:
        with transaction.atomic():
            return _log(script, said, by=by)
    except IntegrityError:
        return Call.objects.get(key=said.key)


def _log(script: Script, said: Said, *, by: User) -> Call:
    known = Call.objects.filter(key=said.key).first()
    if known:
        return known
    is_urgent = said.is_urgent and script.rota is not None
    matter = Matter(script.service, language=said.language, place=Place(said.place), summary=said.summary)
    case = take_in(matter, by=by, channel=Channel.PHONE, contact=said.contact)
    if is_urgent and case.priority != Priority.URGENT:
        case.prioritise(by=by, priority=Priority.URGENT, reason=_("Urgent by the script for calls after hours."))
    call = Call.objects.create(
        case=case, script=script, rota=script.rota, key=said.key, logged_by=by, is_urgent=is_urgent
    )
    call.record("logged", by=by, script=script.code, is_urgent=is_urgent)
    if is_urgent:
        call.page(by=by)
    return call
