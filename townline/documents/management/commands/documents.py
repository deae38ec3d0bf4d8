"""`townline documents verify`: is every file there, and what it was?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from townline.documents.models import Attachment
from townline.documents.verifying import faults


class Command(BaseCommand):
    """Reads every file and compares its SHA-256 with the record; names what is missing or changed."""

    help = "Compare every attachment with its record; exit 1 when one is missing or changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do; there is one thing so far."""
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each fault, then the count."""
        found = 0
        for sentence in faults():
            self.stderr.write(sentence)
            found += 1
        if found:
            raise CommandError(f"{found} of the attachments are not as they were.")
        self.stdout.write(f"{Attachment.objects.count()} attachments, each with its file, as it was.")
