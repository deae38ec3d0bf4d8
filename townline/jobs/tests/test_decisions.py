"""Jobs that were given up: who sees them, and the two decisions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from townline.core.refusals import NotPossible
from townline.jobs.models import Job, Reason, State

LIST = "/desk/jobs/"


def given_up(**fields: Any) -> Job:
    wanted = {"task": "townline.channels.mail.send", "kwargs": {"message_id": 7}, "attempts": 10, **fields}
    return Job.objects.create(
        state=State.DEAD, finished_at=timezone.now(), reason=Reason.UNREACHABLE,
        error_class="smtplib.SMTPServerDisconnected", **wanted,
    )  # fmt: skip


def test_a_retried_job_has_all_its_attempts_before_it(town: Any) -> None:
    job = given_up()

    job.retry(by=town.ines)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.finished_at) == (State.READY, 0, None)
    event = job.events.get(name="job.retried")
    assert event.by == town.ines
    assert event.details == {"task": "townline.channels.mail.send"}


def test_a_discarded_job_is_not_done(town: Any, work: Callable[[], int]) -> None:
    job = given_up()

    job.discard(by=town.ines)

    assert work() == 0
    assert job.events.get().name == "job.discarded"
    assert not Job.objects.dead().exists()


@pytest.mark.parametrize("decision", ["retry", "discard"])
def test_only_a_job_that_was_given_up_awaits_a_decision(town: Any, decision: str) -> None:
    job = Job.objects.create(task="t")

    with pytest.raises(NotPossible, match="not waiting for a decision"):
        getattr(job, decision)(by=town.ines)


@pytest.mark.parametrize(("who", "status"), [("ines", 200), ("ada", 403), ("lea", 403)])
def test_who_sees_what_failed(as_member: Callable[[str], Client], who: str, status: int) -> None:
    given_up()

    assert as_member(who).get(LIST).status_code == status


@pytest.mark.parametrize(("who", "status"), [("ines", 302), ("ada", 404)])
@pytest.mark.parametrize("decision", ["retry", "discard"])
def test_who_decides(as_member: Callable[[str], Client], who: str, status: int, decision: str) -> None:
    job = given_up()

    assert as_member(who).post(f"{LIST}{job.pk}/{decision}/").status_code == status


def test_the_page_says_what_failed_and_why(as_member: Callable[[str], Client]) -> None:
    given_up()

    page = as_member("ines").get(LIST).content.decode()

    assert "channels.mail.send (message_id=7)" in page
    assert "Another system refused, or did not answer." in page
    assert "smtplib.SMTPServerDisconnected" in page
    assert "have stopped" not in page


def test_the_empty_page_says_what_belongs_there(as_member: Callable[[str], Client]) -> None:
    page = as_member("ines").get(LIST).content.decode()

    assert "Nothing has failed" in page
    assert "Retry all" not in page


def test_the_page_says_when_no_worker_runs(as_member: Callable[[str], Client]) -> None:
    browser = as_member("ines")
    Job.objects.create(task="t", due_at=timezone.now() - timedelta(minutes=9, seconds=30))

    assert "waiting for 9 minutes" in browser.get(LIST).content.decode()


def test_all_are_retried_at_once(as_member: Callable[[str], Client]) -> None:
    given_up()
    given_up()

    page = as_member("ines").post(f"{LIST}retry/", follow=True).content.decode()

    assert "2 jobs are in the queue again." in page
    assert not Job.objects.dead().exists()
