"""The worker: takes what is due, does it, and writes how it ended.

It stops only when told to: a job that fails, a database that is away or a
schema that is not there yet are waited out.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import signature
from traceback import format_tb
from typing import Any

from django.conf import settings
from django.db import Error, connections
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskContext

from townline.jobs.backend import result_of
from townline.jobs.failures import Failure, MisfitArgumentsError, UnknownTaskError, failure_of
from townline.jobs.leases import claim, lease_time, renew, settle
from townline.jobs.models import Job
from townline.jobs.schedule import enqueue_slots

logger = logging.getLogger(__name__)

IDLE = 0.5
AWAY = 1.0


class Worker:
    """One worker, until it is told to stop; the job it is at is finished first."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"[:100]
        self._stopping = False
        self._slots: dict[str, str] = {}

    def run(self) -> None:
        """Work until `stop()`."""
        logger.info("Worker %s is ready.", self.name)
        while not self._stopping:
            try:
                enqueue_slots(timezone.now(), self._slots)
                if not self._work():
                    time.sleep(IDLE)
            except Error as error:
                self._wait_for_database(error)
        logger.info("Worker %s has stopped.", self.name)

    def stop(self, *_signal: Any) -> None:
        """Take no further job."""
        self._stopping = True

    def stop_on_signals(self) -> None:
        """Stop when the machine or the operator says so."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)

    def _work(self) -> bool:
        job = claim(self.name)
        if job is None:
            return False
        with _kept(job):
            failure = attempt(job)
        while True:
            try:
                if not settle(job, failure):
                    logger.warning("Job %s: the lease was lost; another worker has it.", job.pk)
                return True
            except Error as error:
                if self._stopping:
                    raise
                self._wait_for_database(error)

    def _wait_for_database(self, error: Error) -> None:
        logger.warning("The database does not answer (%s); trying again.", type(error).__name__)
        connections.close_all()
        time.sleep(AWAY)


def run_due() -> int:
    """Do everything that is due now, in this process, and say how many attempts that took."""
    done = 0
    while job := claim("here"):
        settle(job, attempt(job))
        done += 1
    return done


def attempt(job: Job) -> Failure | None:
    """Do a job that is leased to us; what went wrong, if something did."""
    try:
        with translation.override(settings.LANGUAGE_CODE):
            _call(job)
    except (Exception, SystemExit) as error:
        failure = failure_of(error, job)
        trace = "".join(format_tb(error.__traceback__))
        logger.warning("Job %s (%s), attempt %s: %s\n%s", job.pk, job.task, job.attempts, failure.error_class, trace)
        return failure
    return None


def _call(job: Job) -> None:
    task = _task_of(job)
    args = [TaskContext(task_result=result_of(job, task)), *job.args] if task.takes_context else job.args
    try:
        signature(task.func).bind(*args, **job.kwargs)
    except TypeError:
        raise MisfitArgumentsError(job.task) from None
    task.call(*args, **job.kwargs)


def _task_of(job: Job) -> Task[Any, Any]:
    try:
        found = import_string(job.task)
    except ImportError:
        raise UnknownTaskError(job.task) from None
    if not isinstance(found, Task):
        raise UnknownTaskError(job.task)
    return found


@contextmanager
def _kept(job: Job) -> Iterator[None]:
    """Renew the lease of a job, from a thread beside it, for as long as it takes."""
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(lease_time().total_seconds() / 3):
                _renew_or_wait(job)
        finally:
            connections.close_all()

    threading.Thread(target=beat, name=f"lease of {job.pk}", daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _renew_or_wait(job: Job) -> None:
    try:
        renew(job)
    except Error:
        connections.close_all()
