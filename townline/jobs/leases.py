"""Leasing: a job is done by one worker at a time, and by another one when that one dies.

Who takes a job holds it for half a minute and renews that while it works. The end of
a job is written only by whoever still holds its lease, so a worker that was
taken for dead cannot finish what another one has begun again.
"""

import random
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import default_task_backend

from townline.jobs.failures import Failure
from townline.jobs.models import Job, Reason, State

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)


def lease_time() -> timedelta:
    """How long a worker may be silent before its job is taken to be abandoned."""
    return timedelta(seconds=default_task_backend.options.get("lease_seconds", 30))


def claim(worker: str) -> Job | None:
    """Lease the job that is to be done next, or None when nothing is due.

    It looks before it opens a transaction: on SQLite that would queue as a writer.
    """
    while Job.objects.due(timezone.now()).exists():
        with transaction.atomic():
            now = timezone.now()
            job = Job.objects.due(now).select_for_update(skip_locked=True, no_key=True).first()
            if job is None:
                return None
            if job.attempts < job.max_attempts:
                _lease(job, worker, now)
                return job
            # Its last attempt ended without a word: the worker was killed, perhaps by this very job.
            _give_up(job, Failure(Reason.LOST), now)
    return None


def renew(job: Job) -> bool:
    """Hold a job for longer; False when it is not ours any more."""
    return _held(job, due_at=timezone.now() + lease_time())


def settle(job: Job, failure: Failure | None) -> bool:
    """Write how an attempt ended; False, and nothing written, when the lease was lost meanwhile."""
    now = timezone.now()
    if failure is None:
        return _held(job, state=State.DONE, lease="", finished_at=now, reason="", error_class="", error_place="")
    if job.attempts >= min(failure.attempts, job.max_attempts):
        return _give_up(job, failure, now)
    return _held(
        job,
        state=State.READY,
        lease="",
        due_at=now + delay_after(job.attempts),
        reason=failure.reason,
        error_class=failure.error_class,
        error_place=failure.error_place,
    )


def delay_after(attempts: int) -> timedelta:
    """How long to wait before the next attempt: three times as long each time, never the same for two jobs."""
    delay: timedelta = min(FIRST_DELAY * 3 ** (attempts - 1), LONGEST_DELAY)
    return delay * random.uniform(0.8, 1.2)


def _lease(job: Job, worker: str, now: datetime) -> None:
    job.state = State.LEASED
    job.lease = secrets.token_hex(16)
    job.worker = worker
    job.attempts += 1
    job.started_at = now
    job.due_at = now + lease_time()
    job.save(update_fields=["state", "lease", "worker", "attempts", "started_at", "due_at"])


def _give_up(job: Job, failure: Failure, now: datetime) -> bool:
    return _held(
        job,
        state=State.DEAD,
        lease="",
        finished_at=now,
        reason=failure.reason,
        error_class=failure.error_class,
        error_place=failure.error_place,
    )


def _held(job: Job, **changes: Any) -> bool:
    """Change a job only while its lease is the one we were given."""
    return Job.objects.filter(pk=job.pk, state=job.state, lease=job.lease).update(**changes) == 1
