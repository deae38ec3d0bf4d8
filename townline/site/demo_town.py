"""A living town for a demo: the cast at work in the municipality of the pack, with invented cases.

Everything is done through the same verbs as in earnest, so the demo shows what
the product does, and nothing else.
"""

import random
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from townline.accounts.models import Department, Role, User
from townline.cases.intake import Contact, Matter, Place, take_in
from townline.cases.joining import join
from townline.cases.models import Case, Outcome, Status, Unsent, Wait
from townline.catalogue.models import Priority, Service
from townline.channels.models import Channel
from townline.customers.models import Customer
from townline.desk import bulk
from townline.desk.models import SavedView
from townline.documents.models import Attachment
from townline.questions.definition import Definition, Kind, Question
from townline.questions.resolve import resolve
from townline.questions.terms import Context
from townline.routing.models import Queue
from townline.site.demo import RIVERA_KEY
from townline.site.demo_door import something_is_going_on
from townline.site.demo_kinds import live_by_kind
from townline.site.demo_line import complaints_are_filed, the_line_is_seated
from townline.site.demo_people import calls_are_owed, people_are_known
from townline.site.demo_records import records_are_kept
from townline.site.demo_setup import a_clerk_sets_up, customers_answer
from townline.site.demo_small_town import a_small_towns_day
from townline.site.town import CAST, RIVERA, address_of, hire

STREETS = ["Invented Street", "Sample Avenue", "Example Road", "Made-up Lane", "Specimen Drive"]
NAMES = ["Sample Person", "Jean Exemple", "Nadia Invented", "Tom Madeup", "Ana Muster", "Luc Modèle", "Priya Sample"]
SENTENCES = {
    "en": "This is an invented text for the demonstration. It has been like this for about a week.",
    "fr": "Ceci est un texte inventé pour la démonstration. C’est comme ça depuis une semaine environ.",
}
CHANNELS = [Channel.WEB, Channel.WEB, Channel.PHONE, Channel.PHONE, Channel.COUNTER, Channel.LETTER]
WORDS = {
    Outcome.DONE: "We looked at it and put it right. Thank you for telling us.",
    Outcome.ANSWERED: "Here is the answer to your question, as we told you on the phone.",
    Outcome.UNABLE: "We cannot do this: the place is on private land. You can speak with the owner.",
    Outcome.NO_ACTION: "We went to look, and it had been put right already.",
}


def is_empty() -> bool:
    """Has this installation no case yet?"""
    return not Case.objects.exists()


def settle(cases: int = 60) -> int:
    """Let the cast move in and give them work; returns how many cases there are."""
    works, other = _departments()
    front = Department.objects.get(is_front=True)
    places = {"works": works, "other": other, "front": front}
    roles = {role.code: role for role in Role.objects.all()}
    people = {person.key: hire(person, roles[person.role], places[person.place]) for person in CAST}
    the_line_is_seated(people)
    rivera = _resident()
    chance = random.Random(20261)
    services = list(
        Service.objects.offered()
        .exclude(kind="formal_complaint")
        .select_related("department__calendar", "questions", "collection_notice")
    )
    ours = [service for service in services if service.department_id == works.pk]
    for number in range(cases):
        service = chance.choice(ours if number % 2 else services)
        _matter_comes_in(number, service, people, rivera, chance)
    _somebody_looks_in_their_own_way(people, works)
    live_by_kind(people, chance)
    _hands_change(people, other)
    people_are_known(people, rivera)
    calls_are_owed(people)
    complaints_are_filed(people)
    records_are_kept(people)
    something_is_going_on(people)
    _several_people_one_matter(services, people)
    a_small_towns_day(people)
    a_clerk_sets_up(people)
    customers_answer()
    return Case.objects.count()


def _somebody_looks_in_their_own_way(people: dict[str, User], works: Department) -> None:
    """A view of one's own, and two that are shared."""
    if SavedView.objects.exists():
        return
    asked = Case.objects.open().filter(assignee=people["ada"]).order_by("due_at", "id").values_list("pk", flat=True)[:3]
    if asked:
        bulk.begin(list(asked), by=people["ada"], verb="note", text="Invented note: seen on Monday’s tour. @Ben Okafor")
    SavedView.keep(by=people["ada"], name="Mine, late", whose="mine", which="overdue")
    calls = SavedView.keep(
        by=people["lea"], name="Nobody has it", whose="department", which="unassigned", department=works, order="newest"
    )
    calls.share(by=people["lea"], sharing=SavedView.Sharing.DEPARTMENT, shared_with=works)
    late = SavedView.keep(by=people["rita"], name="Late everywhere", whose="all", which="overdue")
    late.share(by=people["rita"], sharing=SavedView.Sharing.EVERYBODY)


def _hands_change(people: dict[str, User], other: Department) -> None:
    """One case came back, one was handed over, and Ada covers for Ben this week."""
    ada, ben = people["ada"], people["ben"]
    held = list(Case.objects.filter(assignee=ada, status=Status.OPEN).select_related("queue").order_by("pk")[:2])
    for case, hand in zip(held, (_give_back, _hand_over), strict=False):
        hand(case, ada, other)
    ben.be_away(
        by=ben, from_on=timezone.localdate(), until_on=timezone.localdate() + timedelta(days=4),
        cover=User.objects.get(pk=ada.pk),
    )  # fmt: skip


def _give_back(case: Case, by: User, other: Department) -> None:
    case.give_back(by=by, reason="Invented reason: I am on a course this week.")


def _hand_over(case: Case, by: User, other: Department) -> None:
    case.hand_over(by=by, queue=Queue.objects.default_of(other), reason="Invented reason: this is about a by-law.")


def _departments() -> tuple[Department, Department]:
    """Where Ada works, and where Otto does: the busiest department, and the one that enforces most by-laws."""
    reports = Service.objects.offered().filter(door="report").order_by("sort_key")
    works = max({s.department for s in reports.select_related("department")}, key=lambda d: d.services.count())
    enforcing = Service.objects.offered().filter(door="bylaw").exclude(department=works).order_by("sort_key")
    found = {service.department for service in enforcing.select_related("department")} or {works}
    return works, max(found, key=lambda department: (department.services.filter(door="bylaw").count(), department.code))


def _resident() -> User:
    """Mrs. Rivera, with an account and an address she has confirmed."""
    address = address_of(RIVERA_KEY)
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, kind=User.Kind.CUSTOMER, name=RIVERA)
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
        customer = Customer.objects.create(name=RIVERA, account=user)
        customer.contact_points.create(kind="email", value=address, verified_at=timezone.now())
    return user


def _matter_comes_in(number: int, service: Service, people: dict[str, User], rivera: User, chance: Any) -> None:
    language = "fr" if number % 5 == 0 else "en"
    hours = chance.choice([chance.randrange(1, 20), chance.randrange(1, 30), chance.randrange(1, 24 * 8)])
    received_at = timezone.now() - timedelta(hours=hours)
    place = f"{chance.randrange(2, 240)} {chance.choice(STREETS)}" if service.needs_place else ""
    definition = service.questions.parsed if service.questions else None
    matter = Matter(
        service,
        language=language,
        answers=plausible(definition, received_at.date(), SENTENCES[language]) if definition else {},
        form_version=service.questions,
        place=Place(place),
    )
    is_rivera = number % 12 == 3
    name = NAMES[number % len(NAMES)]
    contact = Contact(name=name, email=f"resident-{number}@townline.example", phone="905-555-0123")
    case = take_in(
        matter,
        by=people["rita"],
        channel=chance.choice(CHANNELS),
        contact=None if is_rivera else contact,
        customer=Customer.objects.get(account=rivera) if is_rivera else None,
        received_at=received_at,
    )
    if service.needs_place and number % 6 == 1:
        photo = Attachment.bring(_photo(chance), by=people["rita"], description="An invented picture of a hole")
        case.attach(by=people["rita"], attachments=[photo])
    _how_pressing_it_is(case, number, people["lea"])
    _somebody_works_on_it(case, people, chance)


def _how_pressing_it_is(case: Case, number: int, lea: User) -> None:
    """Some of Lea’s cases are urgent, and of some roads the class is known."""
    if case.department_id not in lea.department_ids:
        return
    if number % 7 == 2 and case.priority != Priority.URGENT:
        case.prioritise(by=lea, priority=Priority.URGENT, reason="Invented: a school is near, and children walk here.")
    if case.service.road_standards.exists():
        case.classify(by=lea, road_class="3")


def _photo(chance: Any) -> Any:
    """An invented picture, so that a page with a photo can be seen: no place, no person."""
    road, hole = (chance.randrange(110, 150),) * 3, (chance.randrange(30, 60),) * 3
    picture = Image.new("RGB", (960, 720), road)
    drawing = ImageDraw.Draw(picture)
    left, top = chance.randrange(150, 400), chance.randrange(200, 380)
    drawing.rectangle((460, 0, 500, 720), fill="#e9d76b")
    drawing.ellipse((left, top, left + 380, top + 210), fill=hole, outline="#55504a", width=14)
    file = BytesIO()
    picture.save(file, "PNG")
    return SimpleUploadedFile("invented.png", file.getvalue(), "image/png")


def _several_people_one_matter(services: list[Service], people: dict[str, User]) -> None:
    """Four tell of one thing: one brings it, two follow, and one reports it again before anybody noticed."""
    shared = [one for one in services if one.shares == Service.Shares.PLACE and one.department_id in _of_ada(people)]
    if not shared:
        return
    definition = shared[0].questions.parsed if shared[0].questions else None
    today = timezone.localdate()
    matter = Matter(
        shared[0],
        answers=plausible(definition, today, SENTENCES["en"]) if definition else {},
        form_version=shared[0].questions,
        place=Place("12 Invented Street"),
    )
    contacts = [Contact(name=name, email=f"follower-{at}@townline.example") for at, name in enumerate(NAMES[:4])]
    case = take_in(matter, by=people["rita"], channel=Channel.WEB, contact=contacts[0])
    case.take(by=people["ada"])
    for contact, language in zip(contacts[1:3], ("fr", "en"), strict=True):
        join(
            case, by=people["rita"], contact=contact, channel=Channel.PHONE, text=SENTENCES[language],
            language=language,
        )  # fmt: skip
    again = take_in(matter, by=people["rita"], channel=Channel.COUNTER, contact=contacts[3])
    again.link(by=people["ada"], other=case)
    again.hide(by=people["ada"], reason="asked", words="You asked us not to show your report to others. (Sample)")
    case.message(by=people["ada"], text="A crew goes there on Thursday.", for_followers=True)


def _of_ada(people: dict[str, User]) -> Any:
    return people["ada"].department_ids


def _somebody_works_on_it(case: Case, people: dict[str, User], chance: Any) -> None:
    able = [people[key] for key in ("ada", "ben", "otto") if case.department_id in people[key].department_ids]
    if not able or chance.random() < 0.3:
        return
    handler = chance.choice(able)
    case.take(by=handler)
    if chance.random() < 0.3:
        case.note(by=handler, text="Invented note: the crew passes there on Thursday.")
    luck = chance.random()
    if luck < 0.15:
        case.wait(by=handler, reason=Wait.Reason.CUSTOMER, until_on=timezone.localdate() + timedelta(days=10))
    elif luck < 0.3:
        case.message(by=handler, text=SENTENCES[case.language])
    elif luck < 0.35:
        Unsent.keep(case, by=handler, verb="message", typed={"text": SENTENCES[case.language]}, seen=0)
    elif luck < 0.65:
        outcome = chance.choice(list(WORDS))
        case.close(by=handler, outcome=outcome, words=WORDS[outcome])


def plausible(definition: Definition, on: date, sentence: str) -> dict[str, Any]:
    """Invented answers that the form accepts: what is demanded, and nothing that stops it."""
    answers: dict[str, Any] = {}
    context = Context(today=timezone.localdate(), by_staff=True)
    for _ in range(60):
        missing = resolve(definition, answers, context).errors
        questions = {q.id: q for page in definition.pages for q in page.questions if not page.repeat}
        wanted = [questions[path] for path in missing if path in questions and path not in answers]
        if not wanted:
            return resolve(definition, answers, context).answers
        for question in wanted:
            answers[question.id] = _answer(question, on, sentence)
    return {}


def _answer(question: Question, on: date, sentence: str) -> Any:
    options = [option.code for option in question.options if not option.stop]
    return {
        Kind.ONE_CHOICE: options[0] if options else "",
        Kind.MANY_CHOICES: options[:1],
        Kind.YES_NO: "yes",
        Kind.NUMBER: question.min or 1,
        Kind.MONEY: 1000,
        Kind.DATE: on.isoformat(),
        Kind.EMAIL: "somebody@townline.example",
        Kind.PHONE: "905-555-0123",
        Kind.PLACE: {"text": "12 Invented Street"},
    }.get(question.kind, sentence)
