"""What a member of Council does, for the tests."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from townline.cases.intake import Contact, Matter, Place
from townline.catalogue.models import Standard
from townline.council.models import STEP, Inquiry, Member
from townline.council.receiving import Asked, receive
from townline.vault.door import make_safe

LOPEZ = Contact(name="Maria Lopez", email="maria@example.org", phone="905-555-0177")


def member(town: Any, code: str = "ward-1", **more: Any) -> Member:
    """The Ward 1 councillor, with an assistant, who is answered within three business days."""
    Standard.objects.get_or_create(
        code=STEP, name={"en": "A member of Council is answered", "fr": "Réponse"}, promise="step", step=STEP, amount=3,
        unit="business_days",
    )  # fmt: skip
    name = {"en": "Ward 1 councillor", "fr": "Conseillère, quartier 1"}
    assistants = [{"code": "assistant", "name": {"en": "Her assistant", "fr": "Son adjoint"}}]
    fields = {"name": name, "email": f"{code}@council.example", "assistants": assistants} | more
    return Member.objects.create(code=code, **fields)


def inquiry(town: Any, known: Any = None, *, who: Member | None = None, **more: Any) -> Inquiry:
    """Asked for Maria Lopez, who has not been asked whether she agrees."""
    asked = {"key": uuid4(), "channel": "phone", "whose": "constituent", "constituent": LOPEZ} | more
    matter = Matter(town.pothole, place=Place("Main Street 5"), summary="When is it mended?")
    return receive(who or member(town), Asked(**asked), matter, by=town.rita, known=known)


def owed(town: Any) -> Any:
    """A case on which a member of Council is owed a reply."""
    return inquiry(town).case


STEP_OF_ONE = "reply-council-9"

DOINGS = {
    "Member.change": (member, "dana", lambda one, town: one.change(by=town.dana, person="New Person")),
    "Member.seat": (member, "rita", lambda one, town: one.seat(by=town.rita)),
    "Inquiry.answer": (inquiry, "ada", lambda one, town: one.answer(by=town.ada, text="On Friday.")),
    "Inquiry.seal": (
        inquiry, "ada", lambda one, town: one.seal(by=town.ada, into=make_safe("complaint", case_id=one.case_id))
    ),
    "Inquiry.hear": (inquiry, "ada", lambda one, town: one.hear(by=town.ada)),
    "Inquiry.note_consent": (
        inquiry, "rita",
        lambda one, town: one.note_consent(by=town.rita, consent="given", on=timezone.localdate(), way="phone"),
    ),
    "Case.promise_reply": (
        owed, "rita",
        lambda case, town: case.promise_reply(
            by=town.rita, step=STEP_OF_ONE, standard=Standard.objects.get(code=STEP), started_at=timezone.now()
        ),
    ),
    "Case.keep_reply": (
        owed, "ada", lambda case, town: case.keep_reply(by=town.ada, step=case.inquiries.get().step)
    ),
}  # fmt: skip
