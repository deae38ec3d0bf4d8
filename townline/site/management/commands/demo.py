"""`townline demo`: fill an empty installation with an invented town."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from townline.site import demo_town


class Command(BaseCommand):
    """Thin: says what it did in one line."""

    help = "Let the invented cast move in, with invented cases. Never for an installation in use."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many cases, and whether to leave an installation that has some alone."""
        parser.add_argument("--cases", type=int, default=60, help="How many cases to invent.")
        parser.add_argument("--if-empty", action="store_true", help="Do nothing when there are cases already.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the demo town."""
        if not demo_town.is_empty():
            if options["if_empty"]:
                return
            raise CommandError("There are cases already. A demo is made in an empty installation only.")
        self.stdout.write(f"The demo town has {demo_town.settle(options['cases'])} invented cases.")
