"""What the demonstration shows of the kinds of case: steps of officers, compliments, feedback, answered inquiries."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from townline.accounts.models import User
from townline.cases.intake import Heard, answer
from townline.cases.models import Case, Draft
from townline.catalogue.models import Body, Kind, Service, Step, WrapUp
from townline.channels.models import Channel
from townline.ui.labels import labelled

CALLS = 30


def live_by_kind(people: dict[str, User], chance: Any) -> None:
    """Let the cast do with each kind of case what is done with it."""
    otto = people["otto"]
    bylaw = Case.objects.open().filter(kind=Kind.BYLAW_COMPLAINT, department__in=otto.department_ids)
    for number, case in enumerate(bylaw.order_by("pk")[:8]):
        if case.assignee is None:
            case.take(by=otto)
        _officer_visits(case, number)
    voices = Case.objects.open().filter(kind__in=(Kind.COMPLIMENT, Kind.FEEDBACK), assignee=None)
    for case in voices.filter(department__in=people["rita"].department_ids).order_by("pk"):
        _front_desk_reads(case, people)
    _one_is_not_ours(people)
    _calls_are_answered(people["rita"], chance)


def _officer_visits(case: Case, number: int) -> None:
    steps = {step.code: step for step in Step.objects.of(case.service)}
    if "site-visit" not in steps:
        return
    case.step(by=case.assignee, step=steps["site-visit"], choice="violation", note="Invented note: seen from the road.")
    if number % 2 and "order" in steps:
        ahead = timezone.localdate() + timedelta(days=14)
        case.step(by=case.assignee, step=steps["order"], on=ahead, number=f"O-{number:03}")


def _front_desk_reads(case: Case, people: dict[str, User]) -> None:
    rita, ada = people["rita"], people["ada"]
    case.take(by=rita)
    if case.kind == Kind.COMPLIMENT:
        department = ada.departments.get()
        case.pass_on(by=rita, about="person", department=department, person=ada)
    elif case.answers.get("wants_answer") != "yes":
        case.read_feedback(by=rita)


def _one_is_not_ours(people: dict[str, User]) -> None:
    body = Body.objects.filter(code="upper-tier").first()
    case = Case.objects.open().filter(assignee=people["ada"], kind=Kind.SERVICE_REQUEST).order_by("pk").first()
    if body and case:
        with override(case.language):
            words = f"{body.say}\n\n{labelled(body.name, body.reach)}"
        case.redirect(by=people["ada"], body=body, words=words)


def _calls_are_answered(rita: User, chance: Any) -> None:
    services = list(Service.objects.offered().filter(kind=Kind.INQUIRY))
    wrap_ups = list(WrapUp.objects.offered().filter(kind="", department=None))
    for _number in range(CALLS if services and wrap_ups else 0):
        at = timezone.now() - timedelta(hours=chance.randrange(1, 100))
        heard = Heard(Channel.PHONE, service=chance.choice(services), wrap_up=chance.choice(wrap_ups), received_at=at)
        answer(Draft.objects.create(user=rita, channel=Channel.PHONE), heard, by=rita)
