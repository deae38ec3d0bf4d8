"""What the demonstration shows of a clerk's own hands: a change in the history, and what customers answered."""

from townline.accounts.models import Municipality, User
from townline.cases.letters import can_mail
from townline.cases.models import Case
from townline.catalogue.models import Kind, Service
from townline.setup.changing import change
from townline.setup.live import TABLE_OF
from townline.setup.models import Edition, digest_of
from townline.surveys.models import Survey
from townline.surveys.sending import send

ANSWERS = [("yes", 5), ("yes", 4), ("partly", 3), ("yes", 5), ("no", 2), ("yes", 4), ("partly", 4)]


def a_clerk_sets_up(people: dict[str, User]) -> None:
    """The invented Deputy Clerk has reworded what happens next; it is her proposal, still to be confirmed."""
    service = Service.objects.offered().filter(kind=Kind.SERVICE_REQUEST).order_by("pk").first()
    if service is None or Edition.objects.exists():
        return
    table = TABLE_OF["services"]
    now = table.record_written(service)
    words = {
        "en": "Invented for the demonstration: somebody looks at it, and we write to you.",
        "fr": "Inventé pour la démonstration : quelqu’un va voir, et nous vous écrivons.",
    }
    source = {"mark": "P", "note": "Reworded in the demonstration; to be confirmed."}
    provenance = {**now["provenance"], "fields": {**now["provenance"].get("fields", {}), "next_steps": source}}
    written = {**now, "next_steps": words, "provenance": provenance}
    change(table, service, written, by=people["dana"], seen=digest_of(now))


def customers_answer() -> None:
    """Some are asked whether it was solved, as they would be weeks later, and answer."""
    if Survey.objects.exists():
        return
    system, municipality = User.objects.system(), Municipality.objects.get()
    over = Case.objects.filter(status="closed", is_confidential=False, parent=None, survivor=None)
    asked = [case for case in over.exclude(kind=Kind.FORMAL_COMPLAINT).order_by("pk")[:40] if can_mail(case)]
    for number, case in enumerate(asked[: len(ANSWERS) + 2]):
        survey = send(case, municipality)
        if number < len(ANSWERS):
            solved, ease = ANSWERS[number]
            survey.answer(by=system, solved=solved, ease=ease)
