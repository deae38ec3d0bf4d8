"""What `@task()` and `.enqueue()` mean here: a row in the caller's own transaction.

That is the outbox: what is rolled back was never queued, and what is committed
is not forgotten. The worker (`worker.py`) runs what stands in the table.

`Job` is imported inside the functions because this module is loaded while the
first part that declares a task still loads its models.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist
from django_tasks.signals import task_enqueued
from django_tasks.utils import normalize_json

if TYPE_CHECKING:
    from townline.jobs.models import Job

T = TypeVar("T")

MAX_ATTEMPTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedTask(Task[Any, T]):
    """A task that says itself after how many attempts it is given up: `@task(max_attempts=3)`."""

    max_attempts: int = MAX_ATTEMPTS


class LeasedBackend(BaseTaskBackend):
    """Queues tasks as rows that workers lease; arguments are JSON, and hold ids rather than names."""

    task_class = LeasedTask
    supports_defer = True
    supports_priority = True
    supports_get_result = True

    def enqueue(self, task: Task[Any, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Write the job in the caller's transaction."""
        return self._write(task, [(args, kwargs)])[0]

    def enqueue_many(self, task: Task[Any, T], each: Iterable[dict[str, Any]]) -> list[TaskResult[T]]:
        """Write a job for each of these arguments, all in one statement."""
        return self._write(task, [((), kwargs) for kwargs in each])

    def _write(self, task: Task[Any, T], given: list[tuple[Any, Any]]) -> list[TaskResult[T]]:
        from townline.jobs.models import Job

        self.validate_task(task)
        try:
            plain = [(normalize_json(list(args)), normalize_json(kwargs)) for args, kwargs in given]
        except TypeError as error:
            raise InvalidTaskError(f"The arguments of {task.module_path} must be JSON.") from error
        common = {
            "task": task.module_path, "queue": task.queue_name, "priority": task.priority,
            "max_attempts": getattr(task, "max_attempts", MAX_ATTEMPTS), "due_at": task.run_after or timezone.now(),
        }  # fmt: skip
        jobs = Job.objects.bulk_create(Job(args=args, kwargs=kwargs, **common) for args, kwargs in plain)
        results: list[TaskResult[T]] = [result_of(job, task) for job in jobs]
        for result in results:
            task_enqueued.send(type(self), task_result=result)
        return results

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """How a job stands; what a task returns is not kept."""
        from townline.jobs.models import Job

        job = Job.objects.filter(pk=result_id).first() if result_id.isdigit() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, import_string(job.task))


def result_of(job: "Job", task: Task[Any, T]) -> TaskResult[T]:
    """A job in the words of the Tasks API."""
    failed = job.error_class and not job.is_done
    return TaskResult(
        task=task,
        id=str(job.pk),
        status=TaskResultStatus[job.STATUS[job.state]],
        enqueued_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=task.backend,
        errors=[TaskError(exception_class_path=job.error_class, traceback=job.error_place)] if failed else [],
        worker_ids=[job.worker] * job.attempts,
    )
