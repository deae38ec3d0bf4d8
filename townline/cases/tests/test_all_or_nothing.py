"""The database fails at any statement of a verb: the case is as it was before, or as it is after."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers import serialize
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from townline.accounts.models import User
from townline.cases.intake import Contact, Heard, Matter, Place, answer, submit, take_in
from townline.cases.models import Case, Draft, Outcome, Wait
from townline.channels.models import Channel
from townline.jobs.worker import run_due

WORK = ["cases", "channels", "customers", "timeline", "jobs"]


class FailsAt:
    """Lets `good` statements through, and then none."""

    def __init__(self, good: int) -> None:
        self.left = good

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        # What begins, ends or undoes a transaction still works, or nothing could be shown.
        if not sql.startswith(("BEGIN", "ROLLBACK", "RELEASE", "SAVEPOINT")):
            self.left -= 1
            if self.left < 0:
                raise DatabaseError("The database has failed.")
        return execute(sql, params, many, context)


def everything() -> str:
    """All that the parts that do the work hold."""
    models = [model for label in WORK for model in apps.get_app_config(label).get_models()]
    return "\n".join(serialize("json", model._base_manager.order_by("pk")) for model in models)


def raised(town: Any) -> Callable[[], Any]:
    matter = Matter(town.pothole, place=Place("12 Main Street"))
    contact = Contact(name="Sam Sample", email="sam@example.org", phone="905-555-0123")
    return lambda: take_in(matter, by=town.rita, channel=Channel.PHONE, contact=contact)


def submitted(town: Any) -> Callable[[], Any]:
    draft = Draft.objects.create(service=town.pothole, contact={"name": "Sam Sample"})
    matter = Matter(town.pothole, place=Place("12 Main Street"))
    return lambda: submit(draft, matter, by=User.objects.system(), contact=Contact("Sam Sample", "sam@example.org"))


def answered(town: Any) -> Callable[[], Any]:
    draft = Draft.objects.create(user=town.rita, channel=Channel.PHONE)
    return lambda: answer(draft, Heard(Channel.PHONE, "When does the library open?"), by=town.rita)


def closed(town: Any) -> Callable[[], Any]:
    case = town.case(assignee=town.ada)
    return lambda: Case.objects.get(pk=case.pk).close(by=town.ada, outcome=Outcome.DONE, words="Done.")


def closed_while_waiting(town: Any) -> Callable[[], Any]:
    case = town.case(assignee=town.ada)
    case.wait(by=town.ada, reason=Wait.Reason.WEATHER, until_on=timezone.localdate() + timedelta(days=3))
    return lambda: Case.objects.get(pk=case.pk).close(by=town.ada, outcome=Outcome.DONE, words="Done.")


def waited(town: Any) -> Callable[[], Any]:
    case = town.case(assignee=town.ada)
    until_on = timezone.localdate() + timedelta(days=3)
    return lambda: Case.objects.get(pk=case.pk).wait(by=town.ada, reason=Wait.Reason.WEATHER, until_on=until_on)


def reopened(town: Any) -> Callable[[], Any]:
    case = town.case(assignee=town.ada)
    case.close(by=town.ada, outcome=Outcome.DONE, words="Done.")
    return lambda: Case.objects.get(pk=case.pk).reopen(by=town.ada)


@pytest.mark.parametrize("begun", [raised, submitted, answered, closed, closed_while_waiting, waited, reopened])
def test_a_failure_at_any_statement_leaves_nothing_half_done(town, begun):
    do = begun(town)
    before = everything()

    good, is_done = 0, False
    while not is_done:
        try:
            with transaction.atomic(), connection.execute_wrapper(FailsAt(good)):
                do()
                is_done = True
        except DatabaseError:
            assert everything() == before, f"something of it stands after {good} statements"
        good += 1

    assert good > 4
    assert everything() != before


def test_a_reaction_that_fails_at_any_statement_and_runs_again_writes_one_mail(transactional_db, town):
    case = town.case(assignee=town.ada)
    case.close(by=town.ada, outcome=Outcome.DONE, words="Done.")
    jobs = apps.get_model("jobs.Job").objects

    for good in range(40):
        jobs.filter(finished_at=None).update(due_at=timezone.now())
        with connection.execute_wrapper(FailsInReactions(good)):
            run_due()
        jobs.filter(attempts__gt=5).update(attempts=0)
    jobs.filter(finished_at=None).update(due_at=timezone.now())
    run_due()

    mails = apps.get_model("channels.Mail").objects
    assert sorted(mails.values_list("purpose", "state")) == [("acknowledgement", "sent"), ("message", "sent")]
    assert town.events(case).filter(name="mail.written").count() == 2
    assert town.events(case).filter(name="case.acknowledged").count() <= 1


class FailsInReactions(FailsAt):
    """Fails in the work of a job, never in the queue's own bookkeeping."""

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if "jobs_job" in sql and not sql.startswith("INSERT"):
            return execute(sql, params, many, context)
        return super().__call__(execute, sql, params, many, context)
