"""townline plan FOLDER."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from townline.packs.plan import plan
from townline.packs.problems import PackRefused
from townline.packs.reading import find, read


class Command(BaseCommand):
    """Show what applying a pack would change, and change nothing."""

    help = "Shows what applying a municipality's pack would change, and changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """The pack."""
        parser.add_argument("pack", metavar="FOLDER", help="the folder of a pack, or the name of one of ours")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each row that differs."""
        try:
            found = plan(read(find(options["pack"])))
        except PackRefused as refused:
            raise CommandError(refused.report()) from refused
        self.stdout.write("\n".join(found.lines()))
