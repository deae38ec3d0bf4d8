"""Leases: one worker at a time, and another one when that one dies."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from townline.jobs.leases import LONGEST_DELAY, claim, delay_after, renew, settle
from townline.jobs.models import Job, Reason, State
from townline.jobs.tests import work
from townline.jobs.worker import run_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Any:
    with time_machine.travel("2027-02-01 12:00 +0000", tick=False) as stopped:
        yield stopped


def test_a_leased_job_is_not_given_to_a_second_worker(clock: Any) -> None:
    Job.objects.create(task="t")

    assert claim("one")
    assert claim("two") is None


def test_a_worker_that_lost_its_lease_can_neither_renew_nor_finish_the_job(clock: Any) -> None:
    Job.objects.create(task="t")
    slow = claim("slow")
    assert slow
    clock.shift(timedelta(minutes=1))
    quick = claim("quick")
    assert quick

    assert not renew(slow)
    assert not settle(slow, None)
    assert settle(quick, None)
    assert not settle(slow, None)

    job = Job.objects.get()
    assert (job.state, job.worker, job.attempts) == (State.DONE, "quick", 2)


def test_a_renewed_lease_holds(clock: Any) -> None:
    Job.objects.create(task="t")
    job = claim("one")
    assert job
    clock.shift(timedelta(seconds=25))
    assert renew(job)
    clock.shift(timedelta(seconds=25))

    assert claim("two") is None
    assert settle(job, None)


def test_a_failed_attempt_is_repeated_later_and_later(clock: Any) -> None:
    delays = [delay_after(attempts) for attempts in range(1, 10)]

    assert delays[:6] == sorted(delays[:6])
    assert max(delays) <= LONGEST_DELAY * 1.2
    assert sum(delays, timedelta(0)) > timedelta(hours=2, minutes=30)


def test_a_job_that_always_fails_is_given_up_and_quotes_nobody(clock: Any) -> None:
    work.fail.enqueue("value")

    attempts = 0
    while Job.objects.live().exists():
        attempts += run_due()
        clock.shift(timedelta(minutes=5))

    job = Job.objects.dead().get()
    assert attempts == job.attempts == 3
    assert job.reason == Reason.FAILED
    assert job.error_class == "builtins.ValueError"
    assert job.error_place.startswith("townline.jobs.tests.work, line ")
    assert "Rivera" not in str(Job.objects.values())


def test_a_system_that_does_not_answer_is_tried_again(clock: Any) -> None:
    work.fail.enqueue("away")

    run_due()

    job = Job.objects.get()
    assert (job.state, job.reason) == (State.READY, Reason.UNREACHABLE)
    assert timedelta(seconds=8) <= job.due_at - timezone.now() <= timedelta(seconds=12)


def test_a_job_about_a_record_that_is_gone_is_given_up_at_once() -> None:
    work.fail.enqueue("gone")

    run_due()

    assert Job.objects.dead().get().reason == Reason.GONE


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        ("townline.jobs.tests.work.was_renamed", Reason.UNKNOWN),
        ("townline.jobs.tests.no_such_module.work", Reason.UNKNOWN),
        ("townline.jobs.worker.run_due", Reason.UNKNOWN),
        ("townline.jobs.tests.work.note", Reason.MISFIT),
    ],
)
def test_a_job_of_another_version_is_given_up_after_a_deployment(clock: Any, task: str, reason: str) -> None:
    Job.objects.create(task=task, kwargs={"colour": "red"})

    run_due()
    assert Job.objects.live().exists()
    for _ in range(3):
        clock.shift(timedelta(minutes=5))
        run_due()

    assert Job.objects.dead().get().reason == reason


def test_a_job_that_kills_every_worker_is_given_up(clock: Any) -> None:
    Job.objects.create(task="t", max_attempts=2)
    for _ in range(2):
        assert claim("doomed")
        clock.shift(timedelta(minutes=1))

    assert claim("careful") is None
    assert Job.objects.dead().get().reason == Reason.LOST


def test_a_success_after_a_failure_leaves_no_error(clock: Any) -> None:
    job = Job.objects.create(task="t", reason=Reason.FAILED, error_class="builtins.ValueError")
    claimed = claim("one")
    assert claimed
    settle(claimed, None)

    job.refresh_from_db()
    assert (job.reason, job.error_class) == ("", "")
