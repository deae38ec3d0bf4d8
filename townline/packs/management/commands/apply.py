"""townline apply FOLDER."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from townline.accounts.models import User
from townline.packs.apply import apply
from townline.packs.problems import PackRefused
from townline.packs.reading import find, read


class Command(BaseCommand):
    """Make the database as a pack says."""

    help = "Makes the catalogue and the organization as a municipality's pack says. Nothing is deleted."

    def add_arguments(self, parser: CommandParser) -> None:
        """The pack."""
        parser.add_argument("pack", metavar="FOLDER", help="the folder of a pack, or the name of one of ours")

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply it whole or not at all."""
        try:
            done = apply(read(find(options["pack"])), by=User.objects.system())
        except PackRefused as refused:
            raise CommandError(refused.report()) from refused
        if options["verbosity"] > 1:
            self.stdout.write("\n".join(line for change in done.changes for line in change.lines()))
        self.stdout.write(done.summary(done=True))
