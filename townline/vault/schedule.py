"""What this part does by itself."""

from django_tasks import task

from townline.jobs.schedule import periodic
from townline.vault import door


@periodic(at=["04:10"])
@task()
def destroy_what_was_left() -> None:
    """Destroy the halves of keys whose safes were destroyed while the machine went down."""
    door.destroy_left_halves()


@periodic(at=["04:20"])
@task()
def sweep_files() -> None:
    """Remove sealed files that no safe names, a day after they were written: what was being filed was taken back."""
    door.sweep_files()
