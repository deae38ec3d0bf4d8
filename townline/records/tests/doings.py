"""How each verb of records is done."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from townline.accounts.models import User
from townline.cases.intake import Contact
from townline.cases.models import Case
from townline.catalogue.models import Service
from townline.channels.models import Interaction
from townline.customers.models import Customer
from townline.records.choosing import propose
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


def contacts_class():
    return RecordsClass.objects.get_or_create(
        code="contacts", defaults={"name": {"en": "Contacts", "fr": "Contacts"}, "about": "contacts"}
    )[0]


def heard(town, days=800):
    """A question by phone that was answered at once, so many days ago."""
    at = timezone.now() - timedelta(days=days)
    return Interaction.objects.create(
        channel="phone", customer=Customer.objects.create(name=f"Quenby {CANARY}"), service=town.question,
        summary=f"asked {CANARY}", outcome="answered", received_at=at, entered_at=at, entered_by=town.rita,
    )  # fmt: skip


def a_hold(town, **about):
    return Hold.place(by=town.dana, kind="legal", reason="A claim.", **about)


def a_consent(town):
    return EarlyConsent.note(town.case("Lamp"), by=town.dana, how="written", on=timezone.localdate())


def closed(town):
    case = town.case("Lamp", assignee=town.ada)
    case.close(by=town.ada, outcome="done", words="Done.")
    return case


def rules():
    """Thirty days from 1991; forty-five business days without a day."""
    given = {"name": {"en": "Thirty days", "fr": "Trente jours"}, "amount": 30, "unit": "calendar_days"}
    AccessRule.objects.get_or_create(code="thirty", defaults={**given, "from_on": "1991-01-01", "authority": "s. 19"})
    later = {"name": {"en": "Business days", "fr": "Jours ouvrables"}, "amount": 45, "unit": "business_days"}
    AccessRule.objects.get_or_create(code="business", defaults={**later, "authority": "Bill 97"})


def asks_for_access(town, **more):
    rules()
    service = Service.objects.filter(kind="access_request").first() or town.service(
        "access", "Access request", "access_request", town.front, door="ask"
    )
    return town.case("Access", service=service, **more)


def a_request(town):
    return AccessRequest.begin(asks_for_access(town), by=town.dana)


def gathered(town, text="Call Nora at 905-555-0199 or nora@example.net. Nora agreed."):
    made = a_request(town)
    source = town.case("A pothole")
    made.gather(by=town.dana, case=source, texts=[("Note", text)])
    return made


def redacted(town):
    made = gathered(town)
    made.redact(by=town.dana, words=["Nora"], section="s. 14")
    return made


def a_party(town):
    return a_request(town).notify(by=town.dana, name="Acme Invented", about="Prices")


def a_correction(town, **more):
    return Correction.ask(town.rivera, by=town.dana, what="My street is spelled wrongly.", **more)


def refused(town, **more):
    made = a_correction(town, **more)
    made.decide(by=town.dana, decision="refused", reasons="It is spelled so in the register.")
    return made


def about_records(town):
    """What each address of the records pages is about."""
    made = approved_once(town)
    lists = ("disposition", "approve", "withdraw", "certificate")
    return {
        "records:dry_run": ["requests"],
        **{f"records:{page}": [made.pk] for page in lists},
        "records:lift_hold": [a_hold(town, service=town.noise).pk],
        "records:withdraw_consent": [a_consent(town).pk],
        **about_access(town),
        **about_registers(town),
    }


def a_breach(town, **more):
    given = {
        "what": "A letter in the wrong envelope.", "cause": "missent", "holds": ["contact"], "people": 1,
        "discovered_on": timezone.localdate(),
    }  # fmt: skip
    return Breach.register(by=town.dana, **{**given, **more})


def assessed(town, is_real_risk=True):
    made = a_breach(town)
    made.contain(by=town.dana, on=timezone.localdate(), how="It came back.")
    made.assess(
        by=town.dana, sensitivity="low", misuse="low", is_reduced=True, is_real_risk=is_real_risk, why="Unopened."
    )
    return made


def disclosed(town, **more):
    given = {"to_whom": "Invented police", "what": "Her address", "ground": "police", "on": timezone.localdate()}
    return Disclosed.note(town.rivera, by=town.dana, **{**given, **more})


def an_assessment(town):
    review_on = timezone.localdate() + timedelta(days=365)
    return Assessment.write(town.noise, by=town.dana, review_on=review_on, **dict.fromkeys(TEXTS, "Invented."))


def about_registers(town):
    breach, assessment = assessed(town), an_assessment(town)
    verbs = ("contain", "assess", "report", "tell", "close")
    return {
        "records:breach": [breach.pk],
        **{f"records:{verb}_breach": [breach.pk] for verb in verbs},
        "records:note_disclosure": [town.rivera.pk],
        "records:end_disclosure": [disclosed(town).pk],
        **{f"records:{page}assessment": [assessment.service.code] for page in ("", "write_", "review_")},
    }


def about_access(town):
    asked, correction = redacted(town), refused(town)
    verbs = ("request", "extend", "notify", "gather", "redact", "release", "decide")
    party = asked.notify(by=town.dana, name="Acme Invented", about="Prices")
    return {
        **{f"records:{page}": [asked.pk] for page in verbs},
        "records:restore": [asked.pk, asked.redactions.get().pk],
        "records:respond": [party.pk],
        **{f"records:{page}": [town.rivera.pk] for page in ("customer", "export", "ask_correction")},
        **{f"records:{page}": [correction.pk] for page in ("correction", "decide_correction", "disagree")},
    }


TODAY = timezone.localdate()
DOINGS = {
    "Breach.contain": (a_breach, "dana", lambda one, town: one.contain(by=town.dana, on=TODAY, how="It came back.")),
    "Breach.assess": (
        a_breach,
        "dana",
        lambda one, town: one.assess(
            by=town.dana, sensitivity="low", misuse="low", is_reduced=True, is_real_risk=False, why="Unopened."
        ),
    ),
    "Breach.report": (assessed, "dana", lambda one, town: one.report(by=town.dana, on=TODAY)),
    "Breach.tell": (assessed, "dana", lambda one, town: one.tell(by=town.dana, on=TODAY, how="A letter.")),
    "Breach.close": (
        lambda town: assessed(town, is_real_risk=False),
        "dana",
        lambda one, town: one.close(by=town.dana, remedy="Window envelopes."),
    ),
    "Disclosed.end": (disclosed, "dana", lambda one, town: one.end(by=town.dana)),
    "Assessment.review": (
        an_assessment,
        "dana",
        lambda one, town: one.review(by=town.dana, review_on=TODAY + timedelta(days=9)),
    ),
    "AccessRequest.extend": (
        a_request,
        "dana",
        lambda one, town: one.extend(by=town.dana, more=30, why="volume", words="Very many."),
    ),
    "AccessRequest.notify": (
        a_request,
        "dana",
        lambda one, town: one.notify(by=town.dana, name="Acme", about="Prices"),
    ),
    "AccessRequest.gather": (
        a_request,
        "dana",
        lambda one, town: one.gather(by=town.dana, case=town.case("A pothole"), texts=[("Note", "Text")]),
    ),
    "AccessRequest.redact": (
        gathered,
        "dana",
        lambda one, town: one.redact(by=town.dana, words=["Nora"], section="s. 14"),
    ),
    "AccessRequest.restore": (
        redacted,
        "dana",
        lambda one, town: one.restore(by=town.dana, redaction=one.redactions.get()),
    ),
    "AccessRequest.decide": (a_request, "dana", lambda one, town: one.decide(by=town.dana, decision="none", why="W.")),
    "ThirdParty.respond": (a_party, "dana", lambda one, town: one.respond(by=town.dana, answer="agrees")),
    "Correction.decide": (
        a_correction,
        "dana",
        lambda one, town: one.decide(by=town.dana, decision="refused", reasons="No."),
    ),
    "Correction.disagree": (refused, "dana", lambda one, town: one.disagree(by=town.dana, words="It is not so.")),
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
    "Interaction.dispose": (
        heard,
        "system",
        lambda one, town: one.dispose(by=town.system, disposition=1, at=timezone.now()),
    ),
    "Hold.lift": (a_hold, "dana", lambda hold, town: hold.lift(by=town.dana, why="It is settled.")),
    "EarlyConsent.withdraw": (a_consent, "dana", lambda one, town: one.withdraw(by=town.dana)),
    "Disposition.approve": (approved_once, "dana", lambda one, town: one.approve(by=town.dana)),
    "Disposition.withdraw": (listed, "dana", lambda one, town: one.withdraw(by=town.dana)),
    "Disposition.finish": (had_their_turn, "system", lambda one, town: one.finish(by=town.system)),
}
