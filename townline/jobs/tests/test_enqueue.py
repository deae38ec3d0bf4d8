"""Queueing: a row in the caller's transaction."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from townline.jobs.models import Job
from townline.jobs.tests import work
from townline.jobs.worker import run_due

pytestmark = pytest.mark.django_db


def test_a_job_stands_in_the_transaction_of_who_asked_for_it() -> None:
    with transaction.atomic():
        work.note.enqueue("anywhere", "never")
        queued = Job.objects.count()
        transaction.set_rollback(True)

    assert queued == 1
    assert not Job.objects.exists()


def test_a_queued_job_waits_until_it_is_run(tmp_path: Path) -> None:
    notes = tmp_path / "notes"

    result = work.note.enqueue(str(notes), word="done")

    assert result.status == TaskResultStatus.READY
    assert not notes.exists()
    assert run_due() == 1
    assert notes.read_text() == "done\n"
    assert work.note.get_result(result.id).status == TaskResultStatus.SUCCESSFUL
    assert run_due() == 0


def test_a_deferred_job_is_not_due_before_its_time(tmp_path: Path) -> None:
    later = timezone.now() + timedelta(hours=1)
    work.note.using(run_after=later).enqueue(str(tmp_path / "notes"), "late")

    assert run_due() == 0
    assert Job.objects.due(later).count() == 1


def test_what_is_urgent_goes_first_and_otherwise_what_is_oldest(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    for word, priority in [("first", 0), ("second", 0), ("urgent", 10), ("idle", -10)]:
        work.note.using(priority=priority).enqueue(str(notes), word)

    run_due()

    assert notes.read_text().split() == ["urgent", "first", "second", "idle"]


def test_a_task_can_ask_which_attempt_it_is(tmp_path: Path) -> None:
    work.count.enqueue(str(tmp_path / "notes"))

    run_due()

    assert (tmp_path / "notes").read_text() == "1\n"


def test_arguments_that_are_not_json_are_refused() -> None:
    with pytest.raises(InvalidTaskError, match="must be JSON"):
        work.note.enqueue("anywhere", object())


def test_an_unknown_result_is_said_to_be_unknown() -> None:
    with pytest.raises(TaskResultDoesNotExist):
        default_task_backend.get_result("12345")


def test_the_age_of_the_queue_is_that_of_its_oldest_due_job() -> None:
    now = timezone.now()
    Job.objects.create(task="a", due_at=now - timedelta(minutes=7))
    Job.objects.create(task="b", due_at=now - timedelta(minutes=2))
    Job.objects.create(task="c", due_at=now + timedelta(minutes=2))

    assert Job.objects.oldest_age(now) == timedelta(minutes=7)
    assert Job.objects.none().oldest_age(now) == timedelta(0)


def test_taking_the_next_job_reads_an_index_and_sorts_nothing() -> None:
    now = timezone.now()
    Job.objects.bulk_create([Job(task="t", due_at=now + timedelta(minutes=n)) for n in range(2000)])

    plan = Job.objects.due(now)[:1].explain().lower()

    assert "job_due" in plan
    assert "temp b-tree" not in plan
    assert "sort" not in plan
