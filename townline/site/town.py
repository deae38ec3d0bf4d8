"""One invented town: the same people in tests, the demo, training and screenshots.

Ada handles cases, Ben is her colleague, Lea supervises them, Otto works in
another department, Rita answers the phone, Dana is the Deputy Clerk, Ines runs
the computers; Mrs. Rivera is a resident. All of them are plainly invented.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _l

from townline.accounts.models import Calendar, Department, Municipality, Role, User
from townline.cases.intake import Contact, Matter, Place, take_in
from townline.cases.models import Case
from townline.catalogue.models import CollectionNotice, Door, Kind, Service, Standard, Step
from townline.channels.models import Channel
from townline.core.localized import Localized
from townline.customers.models import ContactPoint, Customer
from townline.routing.models import Queue
from townline.timeline.models import Event


@dataclass(frozen=True)
class Person:
    """One member of the cast."""

    key: str
    name: str
    role: str
    place: str
    does: str | Promise


CAST = [
    Person("ada", "Ada Bell", "officer", "works", _l("handles cases")),
    Person("ben", "Ben Okafor", "officer", "works", _l("is Ada’s colleague")),
    Person("lea", "Lea Moreau", "supervisor", "works", _l("supervises Ada and Ben")),
    Person("otto", "Otto Frey", "officer", "other", _l("works in another department")),
    Person("rita", "Rita Singh", "representative", "front", _l("answers the phone and the counter")),
    Person("dana", "Dana Whitfield", "deputy_clerk", "front", _l("is the Deputy Clerk")),
    Person("ines", "Ines Gagnon", "administrator", "front", _l("looks after the system")),
]
RIVERA = "Elena Rivera"

ROLES = {
    "officer": ["case.read", "case.work", "customer.read", "conduct.record"],
    "supervisor": ["case.read", "case.work", "case.supervise", "weather.declare", "customer.read",
                   "customer.edit", "conduct.record", "conduct.read", "conduct.restrict"],
    "representative": ["case.read", "case.read_all", "case.work", "intake.take", "customer.read", "customer.edit",
                       "mail.supervise", "conduct.record"],
    "deputy_clerk": ["case.read", "case.read_all", "catalogue.edit", "routing.edit", "setup.read", "mail.supervise",
                     "conduct.read", "conduct.restrict", "records.dispose", "records.access"],
    "administrator": ["jobs.supervise", "setup.read", "accounts.invite"],
}  # fmt: skip

WEEKDAYS = {day: [["08:30", "16:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def address_of(key: str) -> str:
    """The sign-in address of a member of the cast; `.example` reaches nobody."""
    return f"{key}@townline.example"


def hire(person: Person, role: Role, department: Department) -> User:
    """Make this member of the cast a member of staff, once."""
    user = User.objects.filter(email=address_of(person.key)).first()
    if user is None:
        user = User.objects.create_user(address_of(person.key), kind=User.Kind.STAFF, name=person.name)
    user.roles.set([role])
    user.departments.set([department])
    return user


class Town:
    """A small municipality in an empty database, with its cast as attributes."""

    def __init__(self) -> None:
        self.system = User.objects.system()
        self.municipality = Municipality.objects.create(
            code="testville", name={"en": "Testville", "fr": "Testville"}, kind={"en": "Town", "fr": "Ville"},
            service_name={"en": "Service Testville", "fr": "Service Testville"}, prefix="TV",
            phone="905-555-0100", email="service@testville.example",
            alternate_format={"en": "Ask us for another format.", "fr": "Demandez-nous un autre format."},
        )  # fmt: skip
        self.calendar = Calendar.objects.create(
            code="office", name={"en": "Office hours", "fr": "Heures de bureau"}, hours=WEEKDAYS
        )
        self.queues: dict[int, Queue] = {}
        self.roads = self._department("roads", "Roads", "Voirie")
        self.bylaw = self._department("bylaw", "By-law", "Règlements")
        self.front = self._department("front", "Service Testville", "Service Testville", is_front=True)
        places = {"works": self.roads, "other": self.bylaw, "front": self.front}
        self.roles = {
            code: Role.objects.create(code=code, name={"en": code, "fr": code}, grants=grants)
            for code, grants in ROLES.items()
        }
        self.staff = {p.key: hire(p, self.roles[p.role], places[p.place]) for p in CAST}
        self.notice = CollectionNotice.objects.create(
            code="general", text={"en": "We need this to answer you.", "fr": "Nous en avons besoin pour répondre."}
        )
        self.pothole = self.service("pothole", "Pothole", Kind.SERVICE_REQUEST, self.roads, needs_place=True)
        self.noise = self.service("noise", "Noise", Kind.BYLAW_COMPLAINT, self.bylaw, door=Door.BYLAW)
        self.question = self.service("question", "Question", Kind.INQUIRY, self.front, door=Door.ASK)
        for promise, days in (("acknowledge", 1), ("answer", 2), ("outcome", 10)):
            Standard.objects.create(
                code=promise, name={"en": promise, "fr": promise}, promise=promise, amount=days, unit="business_days"
            )
        self.rivera = Customer.objects.create(name=RIVERA)
        self.rivera_email = self.rivera.contact_points.create(
            kind=ContactPoint.Kind.EMAIL, value="elena.rivera@example.org"
        )

    def __getattr__(self, name: str) -> Any:
        """`town.ada` and the others."""
        staff = self.__dict__.get("staff", {})
        if name in staff:
            return staff[name]
        raise AttributeError(name)

    def _department(self, code: str, en: str, fr: str, **more: Any) -> Department:
        department = Department.objects.create(
            code=code, name={"en": en, "fr": fr}, sort_key=code, calendar=self.calendar, **more
        )
        self.queues[department.pk] = Queue.objects.default_of(department)
        return department

    def service(self, code: str, name: str, kind: str, department: Department, **more: Any) -> Service:
        """One service of the catalogue."""
        fields = {"door": Door.REPORT, "collection_notice": self.notice} | more
        return Service.objects.create(
            code=code, kind=kind, name=Localized(en=name, fr=f"{name} (fr)"), sort_key=code,
            summary=Localized(en=f"{name}: tell us.", fr=f"{name} : dites-le-nous."), department=department, **fields,
        )  # fmt: skip

    def step(self, code: str, name: str, **more: Any) -> Step:
        """One step of an officer, by default on requests and with nothing asked."""
        fields = more if "service" in more else {"kind": Kind.SERVICE_REQUEST} | more
        return Step.objects.create(code=code, name=Localized(en=name, fr=f"{name} (fr)"), **fields)

    def officer_steps(self, kind: str = Kind.SERVICE_REQUEST) -> None:
        """A visit, an order with a date to comply by, a re-inspection within two days of it, and its good end."""
        comply_by = {"ask": "on", "label": {"en": "Comply by"}, "is_required": True, "when": "ahead"}
        found = {
            "ask": "choice", "label": {"en": "What was found?"},
            "options": [{"code": "violation", "label": {"en": "A violation"}}],
        }  # fmt: skip
        self.step("visit", "Site visit", kind=kind, order=1, is_first=True, asks=[found], followed_by=["order"])
        self.step(
            "order", "Order", kind=kind, order=2, asks=[comply_by], followed_by=["look-again"], leads_to="look-again",
            tells=Localized(en="An order holds until {date}.", fr="Un ordre, jusqu’au {date}."),
        )  # fmt: skip
        self.step("look-again", "Re-inspection", kind=kind, order=3, amount=2, unit="business_days")
        self.step("complied", "Complied", kind=kind, order=4)

    def case(
        self,
        subject: str = "Broken street lamp",
        *,
        assignee: User | None = None,
        service: Service | None = None,
        contact: Contact | None = None,
        received_at: datetime | None = None,
        **more: Any,
    ) -> Case:
        """A case of Mrs. Rivera's, taken in over the phone by Rita."""
        case = take_in(
            Matter(service or self.pothole, place=Place(subject)),
            by=self.staff["rita"],
            channel=Channel.PHONE,
            contact=contact or Contact(name=RIVERA, email="elena.rivera@example.org"),
            received_at=received_at,
        )
        Case.objects.filter(pk=case.pk).update(subject=subject, place_label="", **more)
        if assignee:
            case.take(by=assignee)
        case.refresh_from_db()
        return case

    def events(self, case: Case) -> Any:
        """What happened to this case."""
        return Event.objects.filter(case_id=case.pk).order_by("id")
