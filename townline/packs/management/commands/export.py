"""townline export FOLDER."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from townline.core.refusals import NotPossible
from townline.packs.export import export
from townline.packs.problems import PackRefused
from townline.packs.reading import read


class Command(BaseCommand):
    """Write the live catalogue as a pack."""

    help = "Writes the live catalogue and organization into a folder, as a pack."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("folder", metavar="FOLDER", type=Path, help="where to write the pack; made when missing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, then read it back: what staff have left incomplete is said at once."""
        folder: Path = options["folder"]
        try:
            files = export(folder)
        except (NotPossible, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(files)} files in {folder}.")
        try:
            read(folder)
        except PackRefused as refused:
            self.stderr.write("As it stands, the pack could not be applied:\n" + refused.report())
