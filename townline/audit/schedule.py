"""What this part does by itself."""

from datetime import date, timedelta

from django.utils import timezone
from django_tasks import task

from townline.audit import sealing
from townline.audit.models import Checkpoint
from townline.jobs.schedule import periodic


@periodic(every=timedelta(minutes=1))
@task()
def seal_events() -> None:
    """Seal what has happened since the last time."""
    sealing.seal()


@periodic(at=["00:10"])
@task()
def sign_the_day() -> None:
    """Sign how the chain stood at the end of yesterday, and bring it to the witnesses in a job of its own."""
    made = sealing.checkpoint(timezone.localdate() - timedelta(days=1))
    if made:
        witness_checkpoint.enqueue(on=made.on.isoformat())


@task(max_attempts=20)
def witness_checkpoint(on: str) -> None:
    """Write a checkpoint outside the database; a witness that is away is asked again by the queue."""
    sealing.bear_witness(Checkpoint.objects.get(on=date.fromisoformat(on)))
