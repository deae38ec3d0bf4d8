"""Every verb of the house, done once: it leaves exactly one event on its record, by the one who did it.

A part names the doings of its own verbs in modules `doings…` of its tests: `DOINGS["Case.take"]` is how the record
comes about, who does it, and the doing.
"""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.utils import timezone

from townline.accounts.models import ApiKey, Invitation, User
from townline.cases.intake import Contact, Matter, take_in
from townline.cases.weather import declare
from townline.catalogue.models import RoadStandard
from townline.channels.models import Mail
from townline.core.localized import Localized
from townline.core.verbs import verbs_of
from townline.customers.models import Customer
from townline.desk import bulk
from townline.desk.models import BulkAction, SavedView
from townline.jobs.models import Job, State
from townline.routing.beginning import begin_draft
from townline.routing.models import Queue, RuleSet
from townline.timeline.models import Event

Town = Any
TOMORROW = timezone.localdate() + timedelta(days=1)
STORM = Localized(en="Storm", fr="Tempête")


def a_mail(town: Town, state: str = Mail.State.WAITING) -> Mail:
    point = town.rivera_email
    return Mail.objects.create(
        contact_point=point, purpose="message", language="en", subject="s", body="b", message_id="<1@x>", state=state
    )


def a_dead_job(town: Town) -> Job:
    return Job.objects.create(task="a.task", state=State.DEAD, finished_at=timezone.now())


def an_invitation(town: Town) -> Invitation:
    made = Invitation.objects.create(
        address="new@example.org", name="Nora New", invited_by=town.ines, expires_at=timezone.now() + timedelta(days=7)
    )
    made.roles.set([town.roles["officer"]])
    return made


def a_key(town: Town) -> ApiKey:
    ApiKey.issue(town.ada, "A system")
    return ApiKey.objects.get()


def ada_with_an_app(town: Town) -> User:
    Authenticator.objects.create(user=town.ada, type="totp", data={})
    return town.ada


def ada_linked(town: Town) -> User:
    town.ada.link_identity(by=town.ada, issuer="https://id.townline.example", subject="7")
    return User.objects.get(pk=town.ada.pk)


def ada_gone(town: Town) -> User:
    User.objects.filter(pk=town.ada.pk).update(is_active=False)
    return town.ada


def by_letter(town: Town) -> Any:
    contact = Contact(name="Jo Dorfmann", address="1 Main Street")
    return take_in(Matter(town.noise), by=town.rita, channel="letter", contact=contact)


def adas(town: Town) -> Any:
    return town.case("Lamp", assignee=town.ada)


def waiting(town: Town) -> Any:
    case = adas(town)
    case.wait(by=town.ada, reason="weather", until_on=timezone.localdate())
    return case


def closed(town: Town) -> Any:
    case = adas(town)
    case.close(by=town.ada, outcome="done", words="Done.")
    return case


def on_a_road(town: Town) -> Any:
    RoadStandard.objects.create(code="pothole", name={"en": "Pothole"}, service=town.pothole)
    return adas(town)


def a_storm(town: Town) -> Any:
    return declare(by=town.lea, words=STORM)


def a_view(town: Town) -> SavedView:
    made = SavedView(owner=town.ada, name="Late", sort_key="late", whose="mine", which="overdue")
    made.save()
    return made


def retired(town: Town) -> SavedView:
    view = a_view(town)
    view.retire(by=town.ada)
    return view


def first(town: Town) -> SavedView:
    view = a_view(town)
    view.put_first(by=town.ada)
    return view


def in_bulk(town: Town) -> BulkAction:
    return BulkAction.begin([town.case("Lamp").pk], by=town.ada, verb="note", text="A note.")


def carried_out(town: Town) -> BulkAction:
    asked = in_bulk(town)
    bulk.take_step(asked.steps.get(), asked)
    return asked


def waiting_for_rivera(town: Town) -> Any:
    case = adas(town)
    case.wait(by=town.ada, reason="customer", until_on=TOMORROW)
    return case


def followed(town: Town) -> Any:
    case = town.case("Lamp")
    case.follow(by=town.rita, customer=Customer.objects.create(name="Jo Dorfmann"))
    return case


def linked(town: Town) -> Any:
    case = adas(town)
    case.link(by=town.ada, other=town.case("Another lamp"))
    return case


def merged(town: Town) -> Any:
    case = adas(town)
    case.merge_into(by=town.ada, other=town.case("The same lamp"))
    return case


def holiday(town: Town) -> Any:
    town.calendar.closures.create(on=TOMORROW, name=STORM, kind="statutory")
    return town.calendar


RULE = {"when": [{"about": "service", "is": ["noise"]}], "to": {"department": "roads"}}


def queue_of(department: Any) -> Queue:
    return Queue.objects.default_of(department)


def for_ada_who_is_here(town: Town) -> Any:
    User.objects.saw(town.ada)
    return town.case("Lamp")


def a_draft(town: Town) -> RuleSet:
    return begin_draft(by=town.dana)


def a_rule(town: Town) -> RuleSet:
    draft = begin_draft(by=town.dana)
    draft.add(by=town.dana, seen=0, rule=RULE)
    return draft


def two_rules(town: Town) -> RuleSet:
    draft = a_rule(town)
    draft.add(by=town.dana, seen=1, rule=RULE)
    return draft


def ada_away(town: Town) -> User:
    town.ada.be_away(by=town.ada, from_on=TOMORROW, until_on=TOMORROW)
    return town.ada


DOINGS: dict[str, tuple[Callable[[Town], Any], str, Callable[[Any, Town], Any]]] = {
    "Case.take": (lambda town: town.case("Lamp"), "ada", lambda case, town: case.take(by=town.ada)),
    "Case.assign": (adas, "lea", lambda case, town: case.assign(by=town.lea, to=town.ben)),
    "Case.acknowledge": (by_letter, "otto", lambda case, town: case.acknowledge(by=town.otto)),
    "Case.note": (adas, "ben", lambda case, town: case.note(by=town.ben, text="A note.")),
    "Case.message": (adas, "ada", lambda case, town: case.message(by=town.ada, text="Hello.")),
    "Case.contact": (adas, "rita", lambda case, town: case.contact(by=town.rita, channel="phone", text="Hello.")),
    "Case.classify": (on_a_road, "ada", lambda case, town: case.classify(by=town.ada, road_class="3")),
    "Case.prioritise": (
        adas, "ada", lambda case, town: case.prioritise(by=town.ada, priority="high", reason="A school is near.")
    ),
    "Case.wait": (
        adas, "ada", lambda case, town: case.wait(by=town.ada, reason="weather", until_on=timezone.localdate())
    ),
    "Case.resume": (waiting, "ada", lambda case, town: case.resume(by=town.ada)),
    "Case.hand_over": (
        adas, "ada", lambda case, town: case.hand_over(by=town.ada, queue=queue_of(town.bylaw), reason="Not ours.")
    ),
    "Case.give_back": (adas, "ada", lambda case, town: case.give_back(by=town.ada, reason="I am away.")),
    "Case.send_on": (adas, "ada", lambda case, town: case.send_on(by=town.ada)),
    "Case.deal": (for_ada_who_is_here, "system", lambda case, town: case.deal(by=town.system)),
    "Queue.give_out": (
        lambda town: queue_of(town.roads), "dana",
        lambda queue, town: queue.give_out(by=town.dana, deal="round_robin", cap=5),
    ),
    "RuleSet.add": (a_draft, "dana", lambda draft, town: draft.add(by=town.dana, seen=0, rule=RULE)),
    "RuleSet.change": (
        a_rule, "dana", lambda draft, town: draft.change(by=town.dana, seen=1, code="rule-1", rule=RULE)
    ),
    "RuleSet.move": (
        two_rules, "dana", lambda draft, town: draft.move(by=town.dana, seen=2, code="rule-1", up=False)
    ),
    "RuleSet.switch": (a_rule, "dana", lambda draft, town: draft.switch(by=town.dana, seen=1, code="rule-1")),
    "RuleSet.remove": (a_rule, "dana", lambda draft, town: draft.remove(by=town.dana, seen=1, code="rule-1")),
    "RuleSet.publish": (a_rule, "dana", lambda draft, town: draft.publish(by=town.dana, seen=1)),
    "RuleSet.discard": (a_draft, "dana", lambda draft, town: draft.discard(by=town.dana, seen=0)),
    "User.be_away": (
        lambda town: town.ada, "ada", lambda user, town: user.be_away(by=town.ada, from_on=TOMORROW, until_on=TOMORROW)
    ),
    "User.be_back": (ada_away, "ada", lambda user, town: user.be_back(by=town.ada, absence=user.absences.get().pk)),
    "User.serve_in_french": (
        lambda town: town.ada, "ada", lambda user, town: user.serve_in_french(by=town.ada, french="some")
    ),
    "Case.close": (adas, "ada", lambda case, town: case.close(by=town.ada, outcome="done", words="Done.")),
    "Case.reopen": (closed, "ada", lambda case, town: case.reopen(by=town.ada)),
    "Case.begin": (adas, "system", lambda case, town: case.begin(by=town.system, weather=a_storm(town))),
    "Case.reckon_anew": (adas, "system", lambda case, town: case.reckon_anew(by=town.system)),
    "Weather.reword": (lambda town: a_storm(town), "lea", lambda one, town: one.reword(by=town.lea, words=STORM)),
    "Weather.end": (lambda town: a_storm(town), "lea", lambda one, town: one.end(by=town.lea)),
    "Case.add": (waiting_for_rivera, "system", lambda case, town: case.add(by=town.system, text="It is the second.")),
    "Case.dispute": (closed, "system", lambda case, town: case.dispute(by=town.system, text="It is dark again.")),
    "Case.follow": (
        adas,
        "rita",
        lambda case, town: case.follow(by=town.rita, customer=Customer.objects.create(name="Jo Dorfmann")),
    ),
    "Case.unfollow": (
        followed, "rita", lambda case, town: case.unfollow(by=town.rita, follower=case.followers.get())
    ),
    "Case.link": (adas, "ben", lambda case, town: case.link(by=town.ben, other=town.case("Another lamp"))),
    "Case.unlink": (linked, "ben", lambda case, town: case.unlink(by=town.ben, other=case.links.get().other)),
    "Case.split": (adas, "ada", lambda case, town: case.split(by=town.ada, departments=[town.bylaw], text="Look.")),
    "Case.merge_into": (adas, "rita", lambda case, town: case.merge_into(by=town.rita, other=town.case("The same"))),
    "Case.unmerge": (merged, "rita", lambda case, town: case.unmerge(by=town.rita)),
    "Calendar.close_on": (
        lambda town: town.calendar, "dana", lambda one, town: one.close_on(by=town.dana, on=TOMORROW, name=STORM)
    ),
    "Calendar.open_on": (holiday, "dana", lambda one, town: one.open_on(by=town.dana, on=TOMORROW)),
    "Calendar.seed": (
        lambda town: town.calendar, "dana", lambda one, town: one.seed(by=town.dana, year=TOMORROW.year + 1)
    ),
    "BulkAction.stop": (in_bulk, "ada", lambda asked, town: asked.stop(by=town.ada)),
    "BulkAction.finish": (carried_out, "system", lambda asked, town: asked.finish(by=town.system)),
    "SavedView.rename": (a_view, "ada", lambda view, town: view.rename(by=town.ada, name="Later")),
    "SavedView.share": (a_view, "ada", lambda view, town: view.share(by=town.ada, sharing="everybody")),
    "SavedView.retire": (a_view, "ada", lambda view, town: view.retire(by=town.ada)),
    "SavedView.restore": (retired, "ada", lambda view, town: view.restore(by=town.ada)),
    "SavedView.put_first": (a_view, "ben", lambda view, town: view.put_first(by=town.ben)),
    "SavedView.put_back": (first, "ada", lambda view, town: view.put_back(by=town.ada)),
    "Customer.open": (lambda town: town.rivera, "rita", lambda one, town: one.open(by=town.rita)),
    "Customer.rename": (lambda town: town.rivera, "rita", lambda one, town: one.rename(by=town.rita, name="E. R.")),
    "Mail.arrive": (a_mail, "system", lambda mail, town: mail.arrive(by=town.system)),
    "Mail.defer": (a_mail, "system", lambda mail, town: mail.defer(by=town.system, why="451 later")),
    "Mail.fail": (a_mail, "system", lambda mail, town: mail.fail(by=town.system, why="550 no")),
    "Mail.resend": (
        lambda town: a_mail(town, Mail.State.FAILED), "rita", lambda mail, town: mail.resend(by=town.rita)
    ),
    "Job.retry": (a_dead_job, "ines", lambda job, town: job.retry(by=town.ines)),
    "Job.discard": (a_dead_job, "ines", lambda job, town: job.discard(by=town.ines)),
    "ApiKey.switch_off": (a_key, "ines", lambda key, town: key.switch_off(by=town.ines)),
    "Invitation.send": (an_invitation, "ines", lambda one, town: one.send(by=town.ines)),
    "Invitation.renew": (an_invitation, "system", lambda one, town: one.renew(by=town.system)),
    "Invitation.withdraw": (an_invitation, "ines", lambda one, town: one.withdraw(by=town.ines)),
    "Invitation.accept": (
        an_invitation, "system", lambda one, town: one.accept(by=town.system, name="Nora New", password="a long one")
    ),
    "User.prefer": (lambda town: town.ada, "ada", lambda user, town: user.prefer(by=town.ada, language="fr")),
    "User.appoint": (
        lambda town: town.ada,
        "ines",
        lambda user, town: user.appoint(by=town.ines, roles=[town.roles["supervisor"]], departments=[town.bylaw]),
    ),
    "User.deactivate": (lambda town: town.ada, "ines", lambda user, town: user.deactivate(by=town.ines)),
    "User.activate": (ada_gone, "ines", lambda user, town: user.activate(by=town.ines)),
    "User.link_identity": (
        lambda town: town.ada, "ada", lambda user, town: user.link_identity(by=town.ada, issuer="https://", subject="7")
    ),
    "User.unlink_identity": (ada_linked, "ines", lambda user, town: user.unlink_identity(by=town.ines)),
    "User.forget_second_factor": (
        ada_with_an_app, "ines", lambda user, town: user.forget_second_factor(by=town.ines)
    ),
}  # fmt: skip
CALLED = {
    "Case.redirect": "case.closed",
    "Case.pass_on": "case.closed",
    "Case.read_feedback": "case.closed",
    "Case.make_formal": "case.messaged",
}
"""A verb that calls another on its record leaves the event of that one too, and then its own."""
PACKAGE = Path(__file__).resolve().parents[2]
for path in sorted(PACKAGE.glob("*/tests/doings*.py")):
    DOINGS |= import_module(f"townline.{path.parts[-3]}.tests.{path.stem}").DOINGS


def test_no_verb_was_forgotten():
    ours = [model for model in apps.get_models() if model.__module__.startswith("townline.")]

    assert {f"{model.__name__}.{name}" for model in ours for name in verbs_of(model)} == set(DOINGS)


@pytest.mark.parametrize("verb", DOINGS)
def test_a_verb_leaves_one_event(town, verb):
    given, who, do = DOINGS[verb]
    record = given(town)
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    do(record, town)

    left = Event.objects.filter(pk__gt=last, subject_kind=record._meta.model_name, subject_id=record.pk)
    left = left.exclude(name=CALLED.get(verb, ""))
    assert [event.by for event in left] == [getattr(town, who)]
    assert left.get().name.startswith(f"{record._meta.model_name}.")
