"""Records in the demonstration: a hold, an early consent, an access request and a statement of disagreement."""

from datetime import timedelta

from django.utils import timezone

from townline.accounts.models import User
from townline.cases.intake import Contact, Matter, take_in
from townline.cases.models import Case
from townline.catalogue.models import Service
from townline.channels.models import Channel
from townline.customers.models import Customer
from townline.records.collecting import collecting
from townline.records.gathering import words_of
from townline.records.models import (
    AccessRequest,
    AccessRule,
    Assessment,
    Breach,
    Correction,
    Disclosed,
    EarlyConsent,
    Hold,
    RecordsClass,
)
from townline.records.models.assessments import TEXTS
from townline.records.models.classes import class_of


def records_are_kept(people: dict[str, User]) -> None:
    """Once; everything invented."""
    if Hold.objects.exists() or not RecordsClass.objects.exists():
        return
    dana = people["dana"]
    _somebody_asks_for_access(people)
    _the_registers_are_begun(dana)
    service = Service.objects.filter(kind="bylaw_complaint").order_by("pk").first()
    if service:
        Hold.place(by=dana, kind="legal", reason="Invented claim about this service.", service=service)
    classes = list(RecordsClass.objects.all())
    for case in Case.objects.closed().filter(is_confidential=False).select_related("service").order_by("pk"):
        chosen = class_of(case.service.code, case.kind, classes)
        if chosen and chosen.action == "destroy" and not chosen.bylaw and case.service != service:
            EarlyConsent.note(case, by=dana, how="written", on=timezone.localdate())
            break


def _somebody_asks_for_access(people: dict[str, User]) -> None:
    """One request that is being answered, with words taken out, and a correction that was refused."""
    service = Service.objects.filter(kind="access_request", is_active=True).select_related("department").first()
    source = Case.objects.filter(is_confidential=False, customer__isnull=False).order_by("pk").first()
    customer = source.customer if source else None
    if service is None or source is None or customer is None or not AccessRule.objects.exclude(from_on=None).exists():
        return
    dana = people["dana"]
    contact = Contact(name="Ana Muster", email="ana.muster@example.org")
    case = take_in(Matter(service), by=people["rita"], channel=Channel.COUNTER, contact=contact)
    asked = AccessRequest.begin(case, by=dana)
    asked.gather(by=dana, case=source, texts=list(words_of(source)))
    asked.redact(by=dana, words=[customer.name], section="s. 14")
    wrong = Correction.ask(customer, by=dana, what="Invented: my street has an accent.", case=source)
    wrong.decide(by=dana, decision="refused", reasons="Invented: the register of streets has none.")
    wrong.disagree(by=dana, words="Invented: my deed spells it with one.")


def _the_registers_are_begun(dana: User) -> None:
    """A breach that was contained and assessed, a disclosure, and the privacy assessment of one service."""
    today = timezone.localdate()
    breach = Breach.register(
        by=dana, what="Invented: a letter went into the wrong envelope.", cause="missent", holds=["contact"],
        people=1, discovered_on=today,
    )  # fmt: skip
    breach.contain(by=dana, on=today, how="Invented: it came back unopened.")
    breach.assess(by=dana, sensitivity="low", misuse="low", is_reduced=True, is_real_risk=False, why="Invented reason.")
    customer = Customer.objects.exclude(account=None).order_by("pk").first()
    if customer:
        Disclosed.note(
            customer, by=dana, to_whom="Invented police service", what="When she reported a lamp", ground="police",
            on=today,
        )  # fmt: skip
    first = next(iter(collecting()), None)
    if first and first.assessment is None:
        texts = dict.fromkeys(TEXTS, "Invented text for the demonstration.")
        Assessment.write(first.service, by=dana, review_on=today + timedelta(days=365), **texts)
