"""How each verb of records is done."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from townline.accounts.models import User
from townline.cases.intake import Contact
from townline.cases.models import Case
from townline.records.choosing import propose
from townline.records.models import EarlyConsent, Hold, RecordsClass
from townline.timeline.models import Event
from townline.timeline.triggers import writable

CANARY = "zzcanary"


def schedule(town):
    """Requests: two years after closing, by a by-law; everything else: the year of the regulation."""
    requests, _new = RecordsClass.objects.get_or_create(
        code="requests",
        defaults={
            "name": {"en": "Service requests", "fr": "Demandes de service"}, "kind": "service_request", "amount": 2,
            "bylaw": "By-law 2020-001 (invented)",
        },
    )  # fmt: skip
    RecordsClass.objects.get_or_create(code="rest", defaults={"name": {"en": "Everything else", "fr": "Le reste"}})
    return requests


def fay(town):
    """The second person: the FOI coordinator."""
    user, is_new = User.objects.get_or_create(
        email="fay@townline.example", defaults={"kind": User.Kind.STAFF, "name": "Fay Foi"}
    )
    if is_new:
        user.roles.set([town.roles["deputy_clerk"]])
    return user


def long_ago(case, days):
    """Let everything about a case have happened so many days earlier; only a test turns the clock of events back."""
    earlier = timezone.now() - timedelta(days=days)
    Case.objects.filter(pk=case.pk).update(changed_at=earlier, received_at=earlier)
    Case.objects.filter(pk=case.pk, status="closed").update(closed_at=earlier)
    with writable(connection.alias):
        Event.objects.filter(case_id=case.pk).update(at=earlier)
    case.refresh_from_db()
    return case


def over(town, days=3 * 366, **more):
    """A closed case whose period is over, with something personal everywhere."""
    contact = Contact(name=f"Quenby {CANARY}", email=f"{CANARY}@example.org")
    case = town.case(f"Lamp {CANARY}", assignee=town.ada, contact=contact, **more)
    case.note(by=town.ada, text=f"note {CANARY}")
    case.message(by=town.ada, text=f"message {CANARY}")
    case.close(by=town.ada, outcome="done", words=f"words {CANARY}")
    return long_ago(case, days)


def listed(town):
    schedule(town)
    over(town)
    return propose(schedule(town), by=town.dana)


def approved_once(town):
    made = listed(town)
    made.approve(by=fay(town))
    return made


def running(town):
    made = approved_once(town)
    made.approve(by=town.dana)
    return made


def had_their_turn(town):
    from townline.records.disposing import take_turn

    made = running(town)
    take_turn(made.items.get(), made)
    return made


def a_hold(town, **about):
    return Hold.place(by=town.dana, kind="legal", reason="A claim.", **about)


def a_consent(town):
    return EarlyConsent.note(town.case("Lamp"), by=town.dana, how="written", on=timezone.localdate())


def closed(town):
    case = town.case("Lamp", assignee=town.ada)
    case.close(by=town.ada, outcome="done", words="Done.")
    return case


def about_records(town):
    """What each address of the records pages is about."""
    made = approved_once(town)
    lists = ("disposition", "approve", "withdraw", "certificate")
    return {
        "records:dry_run": ["requests"],
        **{f"records:{page}": [made.pk] for page in lists},
        "records:lift_hold": [a_hold(town, service=town.noise).pk],
        "records:withdraw_consent": [a_consent(town).pk],
    }


DOINGS = {
    "Case.dispose": (
        closed,
        "system",
        lambda case, town: case.dispose(by=town.system, disposition=1, at=timezone.now()),
    ),
    "Customer.dispose": (
        lambda town: town.rivera,
        "system",
        lambda one, town: one.dispose(by=town.system, disposition=1, at=timezone.now()),
    ),
    "Hold.lift": (a_hold, "dana", lambda hold, town: hold.lift(by=town.dana, why="It is settled.")),
    "EarlyConsent.withdraw": (a_consent, "dana", lambda one, town: one.withdraw(by=town.dana)),
    "Disposition.approve": (approved_once, "dana", lambda one, town: one.approve(by=town.dana)),
    "Disposition.withdraw": (listed, "dana", lambda one, town: one.withdraw(by=town.dana)),
    "Disposition.finish": (had_their_turn, "system", lambda one, town: one.finish(by=town.system)),
}
