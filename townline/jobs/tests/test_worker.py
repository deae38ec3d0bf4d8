"""The worker as a process: killed, stopped, and with others beside it."""

import signal
import time
from typing import Any

import pytest
from django.core.management import call_command

from townline.jobs.models import Job, State
from townline.jobs.tests import work
from townline.jobs.tests.conftest import Apart


def test_a_job_whose_worker_is_killed_runs_again(apart: Apart) -> None:
    job = apart.enqueue("dawdle", seconds=2.5)
    first = apart.worker()
    apart.wait_until(lambda: apart.lines == ["begun"])

    apart.kill(first)
    assert apart.jobs.get(pk=job.pk).state == State.LEASED
    apart.worker()
    apart.wait_until(lambda: apart.jobs.get(pk=job.pk).is_done)

    assert apart.lines == ["begun", "begun", "ended"]
    assert apart.jobs.get(pk=job.pk).attempts == 2


def test_a_long_job_keeps_its_lease_beside_another_worker(apart: Apart) -> None:
    job = apart.enqueue("dawdle", seconds=3)

    apart.worker()
    apart.worker()
    apart.wait_until(lambda: apart.jobs.get(pk=job.pk).is_done)

    assert apart.lines == ["begun", "ended"]


def test_three_workers_do_each_job_once(apart: Apart) -> None:
    words = [f"job{number}" for number in range(150)]
    for word in words:
        apart.enqueue("note", word=word)

    for _ in range(3):
        apart.worker()
    apart.wait_until(lambda: not apart.jobs.live().filter(slot=None).exists())

    assert sorted(apart.lines) == sorted(words)
    assert set(apart.jobs.filter(slot=None).values_list("attempts", flat=True)) == {1}


def test_a_worker_that_is_told_to_stop_finishes_its_job(apart: Apart) -> None:
    job = apart.enqueue("dawdle", seconds=1.5)
    apart.enqueue("note", word="after")
    process = apart.worker()
    apart.wait_until(lambda: apart.lines == ["begun"])

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=10) == 0
    assert apart.lines == ["begun", "ended"]
    assert apart.jobs.get(pk=job.pk).is_done
    assert apart.jobs.live().filter(slot=None).count() == 1


@pytest.mark.django_db
def test_the_command_empties_the_queue_once(capsys: Any, tmp_path: Any) -> None:
    work.note.enqueue(str(tmp_path / "notes"), "done")

    call_command("worker", "--drain")

    assert not Job.objects.live().exists()
    assert "jobs done" in capsys.readouterr().out


def test_a_worker_waits_out_a_database_that_is_away(apart: Apart) -> None:
    job = apart.enqueue("dawdle", seconds=1.5)
    apart.worker()
    apart.wait_until(lambda: apart.lines == ["begun"])

    with apart.without_database():
        time.sleep(3)
    apart.enqueue("note", word="after")
    apart.wait_until(lambda: not apart.jobs.live().filter(slot=None).exists())

    assert apart.lines == ["begun", "ended", "after"]
    assert apart.jobs.get(pk=job.pk).attempts == 1
