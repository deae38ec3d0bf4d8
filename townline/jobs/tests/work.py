"""Work for the tests: tasks that leave a trace in a file."""

import time
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist
from django_tasks import TaskContext, task


@task()
def note(path: str, word: str) -> None:
    """Add a line."""
    with Path(path).open("a") as file:
        file.write(f"{word}\n")


@task()
def dawdle(path: str, seconds: float) -> None:
    """Add a line at the beginning and one at the end."""
    note.call(path, "begun")
    time.sleep(seconds)
    note.call(path, "ended")


@task(max_attempts=3)
def fail(error: str) -> None:
    """Meet an error that quotes somebody."""
    kinds = {"value": ValueError, "gone": ObjectDoesNotExist, "away": ConnectionRefusedError}
    raise kinds[error]("Mrs. Rivera, 905-555-0134")


@task(takes_context=True)
def count(context: TaskContext, path: str) -> None:
    """Add the number of the attempt."""
    note.call(path, str(context.attempt))
