"""The words of a case as they are gathered for a release or an export: each with what it is."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.models import Case
from townline.questions.summary import summary
from townline.ui.moments import day


def words_of(case: Case) -> Iterator[tuple[str, str]]:
    """Label and text: what it is about, what was answered, contacts, messages and notes, in order."""
    yield _("What it is about"), case.subject
    if case.place_label:
        yield _("Where"), case.place_label
    yield from answers_of(case)
    for contact in case.interactions.order_by("received_at", "pk"):
        yield f"{contact.get_channel_display()}, {day(timezone.localdate(contact.received_at))}", contact.summary
    for message in case.messages.order_by("at", "pk"):
        yield f"{message.get_direction_display()}, {day(timezone.localdate(message.at))}", message.text
    for note in case.notes.order_by("at", "pk"):
        yield _("Note, %(on)s") % {"on": day(timezone.localdate(note.at))}, note.text


def answers_of(case: Case) -> list[tuple[str, str]]:
    """Each question that was answered, in words."""
    if case.form_version is None:
        return []
    sections: Any = summary(case.form_version.parsed, case.answers, for_staff=True)
    return [(str(row.label), str(row.value)) for section in sections for row in section.rows if row.is_answered]


def names_around(case: Case) -> list[str]:
    """The names of people that the house knows on this case: its customer, its followers, and who got in touch."""
    people = {case.customer.name} if case.customer else set()
    people |= set(case.followers.values_list("customer__name", flat=True))
    people |= set(case.interactions.exclude(customer=None).values_list("customer__name", flat=True))
    return sorted(name for name in people if name)
