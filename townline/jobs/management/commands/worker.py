"""`townline worker`: does the jobs that were queued."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from townline.jobs.schedule import enqueue_slots
from townline.jobs.worker import Worker, run_due


class Command(BaseCommand):
    """Run one worker, or empty the queue once."""

    help = "Do the jobs that were queued. Ctrl-C lets the job at hand finish first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long to work."""
        parser.add_argument("--drain", "--once", action="store_true", help="Do everything that is due, then stop.")

    def handle(self, *args: Any, drain: bool, **options: Any) -> None:
        """Work."""
        if drain:
            enqueue_slots(timezone.now(), {})
            self.stdout.write(f"{run_due()} jobs done.")
            return
        worker = Worker()
        worker.stop_on_signals()
        self.stdout.write("The worker is ready.")
        worker.run()
