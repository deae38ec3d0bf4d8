"""A case that became a confidential matter: all its words go into a safe, and what is left of it says nothing.

Its reference, dates, choices and the delivery of its mails stay, for the
statistics and the proof; nobody finds it any more. Everything happens in one
transaction: whatever dies when, the words stand either here or in the safe,
never in neither. A file is sealed before its row goes, and removed from the
disk by a job that the same transaction queues.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from townline.cases.models.drafts import Draft
from townline.cases.models.enclosures import Enclosure
from townline.cases.models.links import Link
from townline.cases.models.moves import Moving
from townline.cases.models.states import AFTER_ALL, Outcome, Status
from townline.cases.places import postal_code
from townline.catalogue.models import Standard
from townline.channels.models import Interaction, Mail
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.customers.models import ContactPoint, Customer
from townline.documents import store
from townline.documents.models import Attachment
from townline.documents.schedule import remove_files
from townline.vault import door
from townline.vault.erasing import overwrite_what_is_removed

FIELD = "source"
"""Where in the safe it lies: each thing that was said or known, as JSON of its kind, moment, author and words."""


class SealedFile(NamedTuple):
    """A file as it lies in the safe now."""

    name: str
    kind: str
    size: int
    is_from_customer: bool


class Sealing(Moving):
    """Handing every word of a case over to a safe."""

    class Meta:
        abstract = True

    @verb
    def seal(self, *, by: Any, into: Any) -> list[SealedFile]:
        """End it, hand all its words and files over to the safe, and leave nothing that says whose it was.

        Returns the files that may be opened there; one that is infected or was not ready is sealed and not opened.
        """
        self._must_be_whole()
        overwrite_what_is_removed()
        put, files = _Sealer(into, by, self.customer), list[SealedFile]()
        _take_leave(self)
        for one in (self, *self.merged.all()):
            _seal_talk(one, put)
            files += _seal_files(one, put)
            _seal_contacts(one, put)
            _seal_mail(one, put)
            _seal_surroundings(one, put)
            one._seal_itself(put)
        _seal_words(one.pk for one in (self, *self.merged.all()))
        self.record("sealed", by=by)
        return files

    def _must_be_whole(self) -> None:
        if self.is_confidential:
            raise NotPossible(_("This case is confidential already."))
        if self.survivor_id or self.parent_id:
            raise NotPossible(_("This case is a part of another one, or goes on there. Begin from that one."))
        if self.parts.exclude(status=Status.CLOSED).exists() or self.parts.exists():
            raise NotPossible(_("Parts of this case are with other departments. Note the complaint on a new case."))

    def _seal_itself(self, put: "_Sealer") -> None:
        point = self.contact_point
        put(
            "case", self.received_at, None, reference=self.reference, subject=self.subject, answers=self.answers,
            place=self.place_label, latitude=self.latitude, longitude=self.longitude, why_here=self.why_here,
            customer=self.customer and self.customer.name, reached_at=point and point.value,
            number_before=self.source_number,
        )  # fmt: skip
        put.trace(self.customer)
        with override(self.language):
            self.subject = str(self.service.name)
        self.answers, self.route, self.why_here, self.place_label = {}, {}, "", ""
        self.latitude = self.longitude = self.customer = self.contact_point = self.source_number = None
        self.is_confidential, self.is_public = True, False
        if self.status != Status.CLOSED:
            self._end_quietly()
        self.save()

    def _end_quietly(self) -> None:
        was_waiting = self.status == Status.WAITING
        self._move_to(Status.CLOSED)
        if was_waiting:
            self._stop_waiting()
        self.keep(*Standard.Promise.values)
        self.drop_steps()
        self.outcome, self.closed_at = Outcome.ANSWERED, timezone.now()
        self.due_at, self.due_kind = AFTER_ALL, ""


def put_source(safe: Any, kind: str, at: datetime, author: int | None, *, by: Any, **words: Any) -> None:
    """Seal one thing that was said or known: when, by whom of staff, and its words; nothing when there are none.

    `complaints/sources.py` reads it again, under the title of its kind.
    """
    kept = {name: value for name, value in words.items() if value}
    if kept:
        said = {"kind": kind, "at": at.isoformat(), "by": author, "words": kept}
        door.put(safe, FIELD, json.dumps(said, ensure_ascii=False, default=str), by=by)


class _Sealer:
    """Puts one thing after the other into a safe."""

    def __init__(self, safe: Any, by: Any, whose: Customer | None) -> None:
        self.safe, self.by = safe, by
        self.whose = whose and whose.standing.pk

    def __call__(self, kind: str, at: datetime, author: int | None, **words: Any) -> None:
        put_source(self.safe, kind, at, author, by=self.by, **words)

    def trace(self, customer: Customer | None) -> None:
        """By their account and addresses the customer finds the matter again: the one whose it is, and nobody else.

        Whoever followed it, or told us of the same, proves nothing by their own address.
        """
        if customer is None or customer.standing.pk != self.whose:
            return
        for point in customer.contact_points.exclude(status=ContactPoint.Status.RETIRED):
            kind = "postal" if point.kind == ContactPoint.Kind.MAIL else point.kind
            value = postal_code(point.value) or "" if kind == "postal" else point.key
            door.leave_trace(self.safe, kind, value)
        if customer.account_id:
            door.leave_trace(self.safe, "account", str(customer.account_id))


def _seal_talk(case: Any, put: _Sealer) -> None:
    """Notes, messages, steps, what was begun and not sent, and how it was filed before."""
    for note in case.notes.order_by("pk"):
        put("note", note.at, note.by_id, text=note.text)
    for message in case.messages.order_by("pk"):
        put(f"message_{message.direction}", message.at, message.by_id, text=message.text)
    for step in case.steps.order_by("pk"):
        put("step", step.at, step.by_id, note=step.note, number=step.number)
    for unsent in case.unsent.order_by("pk"):
        put("unsent", unsent.changed_at, unsent.by_id, **unsent.typed)
    for hiding in case.hidings.order_by("pk"):
        put("hiding", hiding.at, hiding.by_id, words=hiding.words)
    for before in case.refilings.order_by("pk"):
        put("answers", before.at, before.by_id, answers=before.answers)
    case.notes.update(text="")
    case.messages.update(text="", to=None)
    case.steps.update(note="", number="")
    case.hidings.update(words="")
    case.unsent.all().delete()
    case.refilings.update(answers={})


def _seal_files(case: Any, put: _Sealer) -> list[SealedFile]:
    """Photos and documents go into the vault as they are; one that is not ready, as it came."""
    enclosed = Enclosure.objects.filter(Q(case=case) | Q(unsent__case=case))
    rows = list(enclosed.select_related("attachment").order_by("pk"))
    held, files = [enclosure.attachment for enclosure in rows], []
    for each in held:
        title = " – ".join(part for part in (each.original_name, each.description) if part) or each.get_kind_display()
        content = store.path(each.file).read_bytes()
        name = door.put_file(put.safe, FIELD, title, content, by=put.by)
        if each.is_served:
            files.append(SealedFile(name, each.kind, len(content), each.brought_by == Attachment.Bringer.CUSTOMER))
    _remove(held)
    return files


def _remove(held: Iterable[Attachment]) -> None:
    names, keys = [each.file for each in held], [each.pk for each in held]
    Enclosure.objects.filter(attachment__in=keys).delete()
    Attachment.objects.filter(pk__in=keys).delete()
    if names:
        remove_files.enqueue(names=names)


def _seal_contacts(case: Any, put: _Sealer) -> None:
    """Each contact about it, and what was typed on the way in; the draft itself stays the key that it happened once."""
    for contact in case.interactions.select_related("customer").order_by("pk"):
        put(
            "contact", contact.received_at, contact.entered_by_id, channel=str(contact.get_channel_display()),
            customer=contact.customer and contact.customer.name, summary=contact.summary,
        )  # fmt: skip
        put.trace(contact.customer)
    is_theirs = (case.customer and case.customer.standing.pk) == put.whose
    drafts = Draft.objects.filter(Q(case=case) | Q(interaction__in=case.interactions.all()))
    for draft in drafts.order_by("pk"):
        put("typed", draft.changed_at, draft.user_id, answers=draft.answers, place=draft.place, contact=draft.contact)
        if draft.user_id and draft.case_id == case.pk and is_theirs:
            door.leave_trace(put.safe, "account", str(draft.user_id))
    drafts.update(answers={}, place={}, contact={}, user=None, session_key="")
    case.interactions.update(summary="", customer=None, is_confidential=True)


def _seal_words(cases: Iterable[int]) -> None:
    """What was said is found by no word of it any more."""
    from townline.cases.saying import forget, gather_anew, write_anew

    ids = list(cases)
    forget(ids)
    contacts = Interaction.objects.filter(cases__in=ids)
    sharing = Interaction.cases.through.objects.filter(interaction__in=contacts).exclude(case__in=ids)
    gather_anew(set(sharing.values_list("case_id", flat=True)))
    write_anew()


def _seal_mail(case: Any, put: _Sealer) -> None:
    """What was mailed; a mail that is on its way is sealed when it has arrived."""
    mails = Mail.objects.filter(case_id=case.pk)
    for mail in mails.exclude(state=Mail.State.WAITING).order_by("pk"):
        mail.seal(by=put.by, into=put.safe)
    mails.filter(state=Mail.State.WAITING).update(is_confidential=True)


def _take_leave(case: Any) -> None:
    """Whoever followed it hears that they cannot follow it here any more, before we forget that they did."""
    from townline.cases.telling import take_leave

    take_leave(case)


def _seal_surroundings(case: Any, put: _Sealer) -> None:
    """Who followed it, and which cases it was linked with."""
    for one in case.followers.select_related("customer").order_by("pk"):
        put("follower", one.followed_at, None, customer=one.customer.name)
    case.followers.all().delete()
    links = Link.objects.filter(Q(case=case) | Q(other=case)).select_related("case", "other")
    for link in links.order_by("pk"):
        put("link", link.at, link.by_id, cases=f"{link.case.reference} – {link.other.reference}")
    links.delete()
