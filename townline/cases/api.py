"""Endpoints of cases: `GET /api/v1/cases`, and `POST /api/v1/cases/<reference>/<verb>`."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Router, Schema, UploadedFile

from townline.accounts.keys import KeyedRequest
from townline.accounts.models import Department, User
from townline.cases.api_said import SaidIn
from townline.cases.forms import LONGEST
from townline.cases.leading import surviving
from townline.cases.models import NEVER, Case, Message, Outcome, Status
from townline.cases.templates_at_hand import by_code
from townline.catalogue.models import Priority, Reason, Step
from townline.channels.models import Channel
from townline.core.access import fetch, visible
from townline.core.paging import page_of, place_of
from townline.core.refusals import NotAllowed, NotPossible
from townline.documents.bringing import bring_all
from townline.documents.uploading import left_out
from townline.routing.models import Queue
from townline.ui.labels import labelled

router = Router(tags=["Cases"])
NO_NUL = r"^[^\x00]*$"
Text = Field(min_length=1, max_length=LONGEST, pattern=NO_NUL)


class CaseOut(Schema):
    """A case as another system sees it; who the customer is, is not part of it."""

    reference: str
    kind: str
    service: str
    subject: str
    status: Status
    priority: Priority
    outcome: Outcome | None
    department: str
    queue: str
    channel: Channel
    place: str = Field(alias="place_label")
    received_at: datetime
    closed_at: datetime | None
    due_at: datetime | None

    @staticmethod
    def resolve_service(case: Case) -> str:
        """The code of the service."""
        return case.service.code

    @staticmethod
    def resolve_outcome(case: Case) -> str | None:
        """None while it is open."""
        return case.outcome or None

    @staticmethod
    def resolve_department(case: Case) -> str:
        """The code of the department."""
        return case.department.code

    @staticmethod
    def resolve_queue(case: Case) -> str:
        """The code of the queue."""
        return case.queue.code

    @staticmethod
    def resolve_due_at(case: Case) -> datetime | None:
        """None when no promise is running."""
        return case.due_at if case.due_at < NEVER else None


class CasesOut(Schema):
    """Fifty cases of a list; `next` goes into `after` for the following ones, and is empty at the end."""

    cases: list[CaseOut]
    next: str


class TextIn(Schema):
    """What is written."""

    text: str = Text


class MessageIn(SaidIn):
    """What is written, or the code of a template; in the customer's language when none is named."""

    text: str = Field(default="", max_length=LONGEST, pattern=NO_NUL)
    template: str = Field(default="", max_length=60, pattern=NO_NUL)
    language: Literal["", "en", "fr"] = ""
    for_followers: bool = False


class CloseIn(SaidIn):
    """How it ended, and what the customer is told: the words, or the code of a template."""

    outcome: Outcome
    words: str = Field(default="", max_length=LONGEST, pattern=NO_NUL)
    template: str = Field(default="", max_length=60, pattern=NO_NUL)
    language: Literal["", "en", "fr"] = ""
    for_followers: bool = False
    over_parts: bool = False


class ResendIn(Schema):
    """Which message, and to which address if not to its own."""

    message: int = Field(ge=1, lt=2**63)
    to: str = Field(default="", max_length=320, pattern=r"^$|^[^@\s\x00]+@[^@\s\x00]+$")


class TellIn(Schema):
    """Which message, and how the customer was told."""

    message: int = Field(ge=1, lt=2**63)
    way: Message.Way


class AssignIn(Schema):
    """Who takes it on, by the address they sign in with."""

    to: str = Field(max_length=254, pattern=NO_NUL)


class HandOverIn(Schema):
    """The code of the queue that takes it over (a department’s own queue has its code), and why."""

    queue: str = Field(max_length=50, pattern=NO_NUL)
    reason: str = Text


class ReasonIn(Schema):
    """Why."""

    reason: str = Text


class ContactIn(Schema):
    """How the customer reached us, what they said, and when if that was not now."""

    channel: Channel
    text: str = Text
    received_at: datetime | None = None


class ClassifyIn(Schema):
    """The class of the road."""

    road_class: Literal["1", "2", "3", "4", "5"]


class PrioritiseIn(Schema):
    """How pressing it is, and why."""

    priority: Priority
    reason: str = Text


class StepIn(Schema):
    """Which step was done, by its code, and what it asks."""

    step: str = Field(max_length=60, pattern=NO_NUL)
    note: str = Field("", max_length=LONGEST, pattern=NO_NUL)
    on: date | None = None
    amount: Decimal | None = Field(None, ge=0, max_digits=10, decimal_places=2)
    number: str = Field("", max_length=60, pattern=NO_NUL)
    choice: str = Field("", max_length=50, pattern=NO_NUL)
    is_told: bool = True


class WaitIn(Schema):
    """What it waits for, and until when at the latest."""

    reason: Reason
    until_on: date


@router.get("", response=CasesOut)
def cases(request: KeyedRequest, department: str = "", mine: bool = False, after: str = "") -> dict[str, Any]:
    """Open cases of a department or your own, soonest due first; without either all cases, newest first."""
    rows: Any = visible(request.auth, Case.objects.for_rows())
    if mine:
        rows = rows.open().filter(assignee=request.auth)
    if department:
        rows = rows.open().filter(department=fetch(request.auth, Department, "read", code=department))
    if not mine and not department:
        if not request.auth.holds("case.read_all"):
            raise NotAllowed(_("Ask for your own cases, or for those of a department."))
        page = page_of(rows.newest(place_of(after)), "received_at", after)
    else:
        page = page_of(rows.by_due(place_of(after)), "due_at", after)
    return {"cases": page.rows, "next": page.next_place}


@router.get("/{reference}", response=CaseOut)
def case(request: KeyedRequest, reference: str) -> Case:
    """One case."""
    return case_for(request, "read", reference)


@router.post("/{reference}/take", response=CaseOut)
def take(request: KeyedRequest, reference: str) -> Case:
    """Become the assignee of a case that nobody has yet."""
    case = case_for(request, "take", reference)
    case.take(by=request.auth)
    return case


@router.post("/{reference}/assign", response=CaseOut)
def assign(request: KeyedRequest, reference: str, assigning: AssignIn) -> Case:
    """Give the case to somebody who works in its department."""
    case = case_for(request, "assign", reference)
    to = visible(request.auth, User.objects.filter(email=assigning.to.lower())).first()
    if to is None:
        raise NotPossible(_("Nobody here signs in with this address."))
    case.assign(by=request.auth, to=to)
    return case


@router.post("/{reference}/note", response=CaseOut)
def note(request: KeyedRequest, reference: str, noting: TextIn) -> Case:
    """Write something down for staff."""
    case = case_for(request, "note", reference)
    case.note(by=request.auth, text=noting.text)
    return case


@router.post("/{reference}/message", response=CaseOut)
def message(request: KeyedRequest, reference: str, writing: MessageIn) -> Case:
    """Tell the customer something; this answers them."""
    case = case_for(request, "message", reference)
    said = _said(request, case, "message", writing.text, writing)
    case.message(by=request.auth, text=said.pop("words"), for_followers=writing.for_followers, **said)
    return case


@router.post("/{reference}/contact", response=CaseOut)
def contact(request: KeyedRequest, reference: str, heard: ContactIn) -> Case:
    """Keep what the customer said about the case."""
    case = case_for(request, "contact", reference)
    received_at = heard.received_at and _aware(heard.received_at)
    case.contact(by=request.auth, channel=heard.channel, text=heard.text, received_at=received_at)
    return case


@router.post("/{reference}/attach", response=CaseOut)
def attach(request: KeyedRequest, reference: str, files: File[list[UploadedFile]], description: Form[str] = "") -> Case:
    """Add photos or documents (`multipart/form-data`), all of them or none."""
    case = case_for(request, "attach", reference)
    attachments, refused = bring_all(files, by=request.auth, description=description)
    for name, why in [*refused, *((name, why) for _field, name, why in left_out(request))]:
        raise NotPossible(labelled(name, why))
    case.attach(by=request.auth, attachments=attachments)
    return case


@router.post("/{reference}/step", response=CaseOut)
def step(request: KeyedRequest, reference: str, stepping: StepIn) -> Case:
    """Record what an officer did; the customer is told unless `is_told` is false."""
    case = case_for(request, "step", reference)
    chosen = Step.objects.of(case.service).filter(code=stepping.step).first()
    if chosen is None:
        raise NotPossible(_("There is no such step for this kind of case."))
    case.step(by=request.auth, step=chosen, **stepping.model_dump(exclude={"step"}))
    return case


@router.post("/{reference}/acknowledge", response=CaseOut)
def acknowledge(request: KeyedRequest, reference: str) -> Case:
    """The customer has been told, in whatever way, that we have it."""
    case = case_for(request, "acknowledge", reference)
    case.acknowledge(by=request.auth)
    return case


@router.post("/{reference}/classify", response=CaseOut)
def classify(request: KeyedRequest, reference: str, road: ClassifyIn) -> Case:
    """Say of which class the road is."""
    case = case_for(request, "classify", reference)
    case.classify(by=request.auth, **road.model_dump())
    return case


@router.post("/{reference}/prioritise", response=CaseOut)
def prioritise(request: KeyedRequest, reference: str, pressing: PrioritiseIn) -> Case:
    """Say how pressing the case is, and why; its promises follow."""
    case = case_for(request, "prioritise", reference)
    case.prioritise(by=request.auth, **pressing.model_dump())
    return case


@router.post("/{reference}/wait", response=CaseOut)
def wait(request: KeyedRequest, reference: str, waiting: WaitIn) -> Case:
    """Stop the clocks until the case can go on, at the latest on a named day."""
    case = case_for(request, "wait", reference)
    case.wait(by=request.auth, **waiting.model_dump())
    return case


@router.post("/{reference}/resume", response=CaseOut)
def resume(request: KeyedRequest, reference: str) -> Case:
    """Go on with a case that waited."""
    case = case_for(request, "resume", reference)
    case.resume(by=request.auth)
    return case


@router.post("/{reference}/hand_over", response=CaseOut)
def hand_over(request: KeyedRequest, reference: str, handing: HandOverIn) -> Case:
    """Give the case to another department, or to another queue of the same one, and say why."""
    case = case_for(request, "hand_over", reference)
    queue = Queue.objects.usable().select_related("department").filter(code=handing.queue).first()
    if queue is None:
        raise NotPossible(_("There is no such queue."))
    case.hand_over(by=request.auth, queue=queue, reason=handing.reason)
    return case


@router.post("/{reference}/give_back", response=CaseOut)
def give_back(request: KeyedRequest, reference: str, giving: ReasonIn) -> Case:
    """Put the case back into its queue for a colleague to take, and say why."""
    case = case_for(request, "give_back", reference)
    case.give_back(by=request.auth, reason=giving.reason)
    return case


@router.post("/{reference}/send_on", response=CaseOut)
def send_on(request: KeyedRequest, reference: str) -> Case:
    """This step is done: the case goes to whoever does the next one, by the routing rules."""
    case = case_for(request, "send_on", reference)
    case.send_on(by=request.auth)
    return case


@router.post("/{reference}/close", response=CaseOut)
def close(request: KeyedRequest, reference: str, closing: CloseIn) -> Case:
    """Finish a case with an outcome and words for the customer."""
    case = case_for(request, "close", reference)
    said = _said(request, case, "close", closing.words, closing)
    said |= {"for_followers": closing.for_followers, "over_parts": closing.over_parts}
    case.close(by=request.auth, outcome=closing.outcome, **said)
    return case


@router.post("/{reference}/resend", response=CaseOut)
def resend(request: KeyedRequest, reference: str, again: ResendIn) -> Case:
    """Send a message again that did not arrive."""
    case = case_for(request, "resend", reference)
    case.resend(by=request.auth, message=again.message, address=again.to)
    return case


@router.post("/{reference}/tell", response=CaseOut)
def tell(request: KeyedRequest, reference: str, telling: TellIn) -> Case:
    """The customer has been told what a message says, without e-mail."""
    case = case_for(request, "tell", reference)
    case.tell(by=request.auth, **telling.model_dump())
    return case


@router.post("/{reference}/reopen", response=CaseOut)
def reopen(request: KeyedRequest, reference: str) -> Case:
    """Go on with a case that was closed."""
    case = case_for(request, "reopen", reference)
    case.reopen(by=request.auth)
    return case


def _said(request: KeyedRequest, case: Case, verb: str, words: str, given: Any) -> dict[str, Any]:
    """The words as they were sent, or those of the template that was named."""
    if not words.strip() and not given.template:
        raise NotPossible(_("Send the words, or the code of a template."))
    if words.strip():
        return {"words": words, "language": given.language}
    found = by_code(case, request.auth, verb, given.template, given.language or case.language)
    return {"words": found.text, "language": found.language, "template": found.template}


def case_for(request: KeyedRequest, action: str, reference: str, *, is_led_on: bool = True) -> Case:
    """The case for this purpose; one that was merged leads on to the case in which it goes on."""
    reference = surviving(request.auth, reference) if is_led_on else reference
    known = Case.objects.select_related("service", "department", "queue")
    return fetch(request.auth, known, action, reference=reference)


def _aware(at: datetime) -> datetime:
    """A moment without its zone is one in the municipality's; one at the ends of the calendar is nobody's."""
    try:
        return (at if timezone.is_aware(at) else timezone.make_aware(at)).astimezone(UTC)
    except OverflowError:
        raise NotPossible(_("There is no such moment.")) from None
