"""Filing a formal complaint: in writing, with a name, sealed from the first moment.

The six contents are those of Clarington's complaint page: what occurred; when;
who was involved and the dealings with staff; the outcome sought; contact
details; mailing address.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from townline.accounts.models import User
from townline.callbacks.models import Callback
from townline.cases.intake import new_reference
from townline.cases.models import Case, not_in_future
from townline.cases.places import postal_code
from townline.catalogue.models import Kind, Service
from townline.channels.models import Channel, Interaction
from townline.complaints.keeper import DRAFT, KIND, OWN
from townline.complaints.models import Complaint, ComplaintDraft, Given, LettersBy, Procedure
from townline.complaints.models.attaching import MOST_FILES
from townline.complaints.models.complaint import new_pseudonym
from townline.core.refusals import NotPossible
from townline.council.models import Inquiry
from townline.customers.models import ContactPoint
from townline.vault import door

SEALED = ("what", "when", "who", "outcome", "tried", "name", "email", "phone", "address")
"""What of a filing lies in the safe, each in a field of its own."""


@dataclass(frozen=True)
class Filing:
    """What a complainant writes. `about`, `manner` and the service are choices; all the rest is sealed."""

    about: str = ""
    manner: tuple[str, ...] = ()
    about_service: str = ""
    what: str = ""
    when: str = ""
    who: str = ""
    outcome: str = ""
    tried: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    language: str = "en"
    letters_by: str = "here"
    both_languages: bool = False

    @classmethod
    def of(cls, typed: dict[str, Any]) -> "Filing":
        """Out of what a draft holds."""
        known = {field.name for field in fields(cls)}
        kept = {name: value for name, value in typed.items() if name in known}
        return cls(**{**kept, "manner": tuple(kept.get("manner", ()))})

    @property
    def missing(self) -> list[str]:
        """Which of the required contents are not there."""
        needed = ["about", "what", "when", "who", "outcome"]
        found = [name for name in needed if not getattr(self, name)]
        if must_be_named():
            found += [name for name in ("name", "address") if not getattr(self, name)]
            if not self.email and not self.phone:
                found.append("email")
        return found


def must_be_named() -> bool:
    """Does the procedure refuse anonymous complaints?"""
    return not Procedure.objects.filter(anonymous=Procedure.Anonymous.ACCEPT).exists()


def is_offered() -> bool:
    """Does this municipality take in formal complaints here: a procedure, and a service of that kind?"""
    return Procedure.objects.exists() and the_service() is not None


def the_service() -> Service | None:
    """The service of the catalogue under which formal complaints are filed."""
    return Service.objects.filter(kind=Kind.FORMAL_COMPLAINT, is_active=True).select_related("department").first()


def file(
    filing: Filing,
    *,
    by: Any,
    channel: str,
    received_at: datetime | None = None,
    is_read_back: bool = False,
    evidence: Iterable[Given] = (),
    came_from: Case | None = None,
) -> Complaint:
    """Make the confidential case, the complaint and its safe, seal everything, and put it before its first reader.

    Raises `NotPossible` with what is missing. A complaint about a service that
    names nobody goes at once to the supervisor of that service; one about staff
    goes to the sealed intake, which names whom it is about. The plain case that it
    `came_from` is sealed with it: everything that was said there lies in the same safe.
    """
    service = the_service()
    if service is None or not is_offered():
        raise NotPossible(_("Formal complaints cannot be filed here yet. Call us, and we will write it down."))
    if filing.missing:
        raise NotPossible(_("Something that a formal complaint must say is missing."))
    received_at = not_in_future(received_at)
    with transaction.atomic():
        case = _case(service, filing, channel, received_at)
        complaint = _complaint(case, filing, is_read_back=is_read_back, came_from=came_from)
        _seal(complaint, filing, evidence, by=by)
        if came_from is not None:
            _seal_source(complaint, came_from, by=by)
        _keep_contact(case, filing, by, received_at)
        case.record("received", by=by, happened_at=received_at, channel=str(channel), service=service.pk)
        complaint.record("filed", by=by, happened_at=received_at, about=complaint.about, channel=str(channel))
        _put_before_somebody(complaint, channel)
    return complaint


def _case(service: Service, filing: Filing, channel: str, received_at: datetime) -> Case:
    with override(filing.language):
        subject = str(service.name)
    case = Case(
        reference=new_reference(), kind=Kind.FORMAL_COMPLAINT, service=service, subject=subject,
        department=service.department, language=filing.language, channel=channel, received_at=received_at,
        collection_notice=service.collection_notice, is_confidential=True, is_public=False,
    )  # fmt: skip
    case.save()
    return case


def _complaint(case: Case, filing: Filing, *, is_read_back: bool, came_from: Case | None) -> Complaint:
    about = Service.objects.filter(code=filing.about_service).first() if filing.about_service else None
    pseudonym = new_pseudonym()
    while Complaint.objects.filter(pseudonym=pseudonym).exists():
        pseudonym = new_pseudonym()
    return Complaint.objects.create(
        case=case, safe=door.make_safe(KIND, case_id=case.pk), pseudonym=pseudonym, about=Complaint.About(filing.about),
        about_service=about, manner=[Complaint.Manner(one) for one in filing.manner],
        read_back_at=timezone.now() if is_read_back else None, has_email=bool(filing.email),
        is_anonymous=not filing.name, came_from=came_from, letters_by=filing.letters_by or LettersBy.HERE,
        is_bilingual=filing.both_languages,
    )  # fmt: skip


def _seal_source(complaint: Complaint, case: Case, *, by: Any) -> None:
    """Everything of the case that it came from goes into the safe; its files are evidence with it."""
    merged = case.merged.all()
    for inquiry in Inquiry.objects.filter(Q(case=case) | Q(case__in=merged)).order_by("pk"):
        inquiry.seal(by=by, into=complaint.safe)
    for owed in Callback.objects.filter(Q(case=case) | Q(case__in=merged)).order_by("pk"):
        owed.seal(by=by, into=complaint.safe)
    for one in case.seal(by=by, into=complaint.safe):
        complaint.evidence.create(
            name=one.name, kind=one.kind, size=one.size, level=0, is_from_complainant=one.is_from_customer, by=by
        )


def _seal(complaint: Complaint, filing: Filing, evidence: Iterable[Given], *, by: Any) -> None:
    for name in SEALED:
        if text := getattr(filing, name):
            door.put(complaint.safe, name, text, by=by)
    for one in evidence:
        complaint.keep_evidence(one, by=by, is_from_complainant=True)
    door.leave_trace(complaint.safe, "email", ContactPoint.key_of("email", filing.email))
    door.leave_trace(complaint.safe, "phone", ContactPoint.key_of("phone", filing.phone))
    door.leave_trace(complaint.safe, "postal", postal_code(filing.address) or "")
    if by.is_customer:
        door.leave_trace(complaint.safe, "account", str(by.pk))


def _keep_contact(case: Case, filing: Filing, by: Any, received_at: datetime) -> None:
    """That somebody got in touch is counted; who, and what about, is not in it."""
    interaction = Interaction.objects.create(
        channel=case.channel, service=case.service, language=filing.language, outcome=Interaction.Outcome.RAISED,
        received_at=received_at, entered_by=User.objects.system() if by.is_customer else by, is_confidential=True,
    )  # fmt: skip
    case.interactions.add(interaction)


def _put_before_somebody(complaint: Complaint, channel: str) -> None:
    townline = User.objects.system()
    on_paper = channel in (Channel.LETTER, Channel.FAX, Channel.COUNTER)
    if complaint.about == Complaint.About.STAFF or complaint.about_service is None or on_paper:
        complaint.open_intake(by=townline)
    else:
        complaint.send_on(by=townline)


def begin_draft(session_key: str, language: str) -> ComplaintDraft:
    """A draft with a safe of its own."""
    return ComplaintDraft.objects.create(session_key=session_key, language=language, safe=door.make_safe(DRAFT))


def typed_in(draft: ComplaintDraft) -> dict[str, Any]:
    """What was written so far, for the browser that began it."""
    opened = door.reveal(draft.safe, by=User.objects.system(), purpose=OWN, fields=["typed"])
    found: dict[str, Any] = json.loads(door.latest(opened).get("typed", "{}"))
    return found


def keep_typed(draft: ComplaintDraft, typed: dict[str, Any], page: str) -> None:
    """Seal what was written; `page` is complete now."""
    with transaction.atomic():
        held = ComplaintDraft.objects.select_for_update(no_key=True).get(pk=draft.pk)
        if held.complaint_id:
            return
        before = typed_in(held)
        door.put(held.safe, "typed", json.dumps({**before, **typed}), by=User.objects.system())
        held.done = [*dict.fromkeys([*held.done, page])]
        held.save()
        draft.done = held.done


def keep_files(draft: ComplaintDraft, files: Iterable[Given]) -> None:
    """Seal files with the draft, as many as there is room for."""
    with transaction.atomic():
        held = ComplaintDraft.objects.select_for_update(no_key=True).get(pk=draft.pk)
        known = files_of(held)
        if held.complaint_id:
            return
        townline = User.objects.system()
        for one in list(files)[: MOST_FILES - len(known)]:
            name = door.put_file(held.safe, "evidence", one.title, one.content, by=townline)
            known.append({"name": name, "title": one.title, "kind": one.kind, "size": len(one.content)})
        _keep_list(held, known)


def remove_file(draft: ComplaintDraft, name: str) -> None:
    """Take one file out of the draft for good."""
    with transaction.atomic():
        held = ComplaintDraft.objects.select_for_update(no_key=True).get(pk=draft.pk)
        if held.complaint_id:
            return
        door.discard_file(held.safe, name)
        _keep_list(held, [one for one in files_of(held) if one["name"] != name])


def files_of(draft: ComplaintDraft) -> list[dict[str, Any]]:
    """What is known of the files of a draft, without opening them: name, title, kind and size."""
    found: list[dict[str, Any]] = [] if draft.complaint_id else typed_in(draft).get("evidence", [])
    return found


def _keep_list(draft: ComplaintDraft, files: list[dict[str, Any]]) -> None:
    typed = {**typed_in(draft), "evidence": files}
    door.put(draft.safe, "typed", json.dumps(typed), by=User.objects.system())


def opened_files(draft: ComplaintDraft) -> Iterator[Given]:
    """The files of a draft, one after the other, so that never more than one lies open in memory."""
    for known in files_of(draft):
        for one in door.reveal_files(draft.safe, by=User.objects.system(), purpose=OWN, names=[known["name"]]):
            yield Given(one.title, known["kind"], one.content)


def submit(draft: ComplaintDraft, *, by: Any, channel: str, is_read_back: bool = False) -> Complaint:
    """File what the draft holds, once; the draft is destroyed with it."""
    with transaction.atomic():
        held = ComplaintDraft.objects.select_for_update(no_key=True).get(pk=draft.pk)
        if held.complaint_id:
            return Complaint.objects.get(pk=held.complaint_id)
        filing = Filing.of({**typed_in(held), "language": held.language})
        complaint = file(filing, by=by, channel=channel, is_read_back=is_read_back, evidence=opened_files(held))
        held.complaint = complaint
        held.save()
        door.shred(held.safe, by=User.objects.system())
    return complaint


def as_typed(filing: Filing) -> dict[str, Any]:
    """The written form of a filing, as a draft keeps it."""
    return {**asdict(filing), "manner": list(filing.manner)}
