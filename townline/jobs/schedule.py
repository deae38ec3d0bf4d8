"""Jobs that come round by themselves.

Each part names its own in its `schedule.py`:

    @periodic(every=timedelta(minutes=5))
    @task()
    def warn_of_what_is_due() -> None: ...

A run that comes due is a *slot*. Whichever worker sees it first queues it, and
the unique name of the slot keeps the others from doing so again. When no
worker ran for a while, the latest slot is made up for, once. A slot that comes
due while an earlier one is still unfinished waits for it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar

from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

from townline.jobs.backend import LeasedTask
from townline.jobs.models import Job, State

T = TypeVar("T", bound=Task[Any, Any])

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEPT_FOR = timedelta(days=7)
AT_ONCE = 1000


@dataclass(frozen=True)
class Periodic:
    """A task, and when it comes round: every so often, or at times of the town's day."""

    task: Task[Any, Any]
    every: timedelta | None
    at: tuple[time, ...]

    def slot(self, now: datetime) -> str:
        """The name of the latest slot that has come due.

        A time of day is named by the date and time on the wall, so that it comes
        once on each date, also where the clocks are put forward or back.
        """
        started = self._latest_interval(now) if self.every else self._latest_time(now)
        return f"{self.task.module_path}@{started}"

    def _latest_interval(self, now: datetime) -> str:
        assert self.every
        since = now.astimezone(UTC) - EPOCH
        return (EPOCH + since // self.every * self.every).isoformat()

    def _latest_time(self, now: datetime) -> str:
        zone = timezone.get_default_timezone()
        today = now.astimezone(zone).date()
        walls = [datetime.combine(today - timedelta(days=back), at) for back in (0, 1) for at in self.at]
        return max(wall for wall in walls if wall.replace(tzinfo=zone) <= now).isoformat(timespec="minutes")


_periodic: dict[str, Periodic] = {}


def periodic(*, every: timedelta | None = None, at: Iterable[str] = ()) -> Callable[[T], T]:
    """Run a task without arguments again and again: `every` so often, or `at` times such as "02:30"."""
    times = tuple(time.fromisoformat(text) for text in at)
    if bool(every) == bool(times):
        raise ValueError("A periodic job has either an interval or times of day.")

    def register(found: T) -> T:
        _periodic[found.module_path] = Periodic(found, every, times)
        return found

    return register


def periodic_jobs() -> list[Periodic]:
    """Everything that comes round, by name."""
    return [_periodic[path] for path in sorted(_periodic)]


def enqueue_slots(now: datetime, seen: dict[str, str]) -> int:
    """Queue each slot that has come due, once; `seen` spares a worker asking again for what it knows."""
    queued = 0
    for one in periodic_jobs():
        path, slot = one.task.module_path, one.slot(now)
        if seen.get(path) == slot or Job.objects.live().filter(task=path, slot__isnull=False).exists():
            continue
        queued += _enqueue(one.task, slot, now)
        seen[path] = slot
    return queued


def _enqueue(found: Task[Any, Any], slot: str, now: datetime) -> bool:
    terms = {"task": found.module_path, "queue": found.queue_name, "priority": found.priority, "due_at": now}
    if isinstance(found, LeasedTask):
        terms["max_attempts"] = found.max_attempts
    return Job.objects.get_or_create(slot=slot, defaults=terms)[1]


@periodic(every=timedelta(hours=1))
@task()
def trim() -> None:
    """Forget what was done or discarded a week ago; the latest slot of each periodic job is remembered."""
    now = timezone.now()
    latest = [one.slot(now) for one in periodic_jobs()]
    old = Job.objects.filter(state__in=[State.DONE, State.DISCARDED], finished_at__lt=now - KEPT_FOR)
    old = old.exclude(slot__in=latest)
    while some := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        Job.objects.filter(pk__in=some).delete()
