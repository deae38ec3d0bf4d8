"""A night with an answering service, for the tests."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from townline.accounts.models import Role, User
from townline.afterhours.logging_in import Said, log
from townline.afterhours.models import Call, Rota, Script
from townline.cases.intake import Contact

WORDS = {"urgent_if": "It is deep.", "ask": "How deep?", "say": "Somebody is paged.", "otherwise": "It waits."}


def night(town: Any) -> User:
    """Nell, of the answering service, who holds that role alone."""
    found = User.objects.filter(email="nell@answering.example").first()
    if found:
        return found
    names = {"en": "Answering service", "fr": "Service de réponse"}
    role = Role.objects.create(code="answering_service", name=names, grants=["afterhours.log"])
    user = User.objects.create_user("nell@answering.example", kind=User.Kind.STAFF, name="Nell Night")
    user.roles.set([role])
    return user


def rota(town: Any) -> Rota:
    """Ada is on call for the roads this week, then Ben."""
    found, _new = Rota.objects.get_or_create(code="roads", defaults={"department": town.roads})
    people = [(town.ada, "905-555-0111"), (town.ben, "905-555-0112")]
    found.roster(by=town.lea, week_on=found.week_of(timezone.now()), people=people)
    return found


def script(town: Any) -> Script:
    """What is asked about a pothole at night."""
    found = Script.objects.filter(code="pothole").first()
    words = {part: {"en": text, "fr": text} for part, text in WORDS.items()}
    return found or Script.objects.create(code="pothole", service=town.pothole, rota=rota(town), **words)


def plain_script(town: Any) -> Script:
    """What is asked about anything else."""
    words = {part: {"en": WORDS[part], "fr": WORDS[part]} for part in ("ask", "otherwise")}
    return Script.objects.create(code="else", service=town.question, order=9, **words)


def call(town: Any, *, is_urgent: bool = True, **more: Any) -> Call:
    """A deep pothole on Main Street, told to Nell."""
    contact = Contact(name="Carl Caller", phone="905-555-0166")
    said = {"key": uuid4(), "is_urgent": is_urgent, "contact": contact, "place": "Main Street 5"} | more
    return log(script(town), Said(**said, summary="A deep hole."), by=night(town))


def late(town: Any) -> Call:
    """A call whose page nobody answered in time."""
    made = call(town)
    Call.objects.filter(pk=made.pk).update(next_at=timezone.now())
    return made


def unpaged(town: Any) -> Call:
    """Urgent, and not paged yet."""
    made = call(town, is_urgent=False)
    Call.objects.filter(pk=made.pk).update(is_urgent=True)
    return Call.objects.get(pk=made.pk)


def swapped(one: Rota, town: Any) -> None:
    """Ada and Ben change places."""
    first, second = one.shifts.all()
    one.swap(by=town.lea, one=first, other=second)


DOINGS = {
    "Rota.roster": (
        rota, "lea",
        lambda one, town: one.roster(by=town.lea, week_on=one.week_of(timezone.now()), people=[(town.ben, "")]),
    ),
    "Rota.swap": (rota, "lea", swapped),
    "Script.change": (script, "dana", lambda one, town: one.change(by=town.dana, is_active=False)),
    "Call.page": (unpaged, "ada", lambda one, town: one.page(by=town.ada)),
    "Call.climb": (late, "system", lambda one, town: one.climb(by=town.system)),
    "Call.acknowledge": (call, "ada", lambda one, town: one.acknowledge(by=town.ada)),
    "Call.take_over": (call, "rita", lambda one, town: one.take_over(by=town.rita)),
}  # fmt: skip
