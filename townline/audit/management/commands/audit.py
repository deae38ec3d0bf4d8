"""`townline audit`: prove that nothing was changed in what happened."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from townline.audit import sealing, verifying

SHOWN = 20


class Command(BaseCommand):
    """Verifies the chain of events, seals what waits, or shows the public key that checkpoints are signed with."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.add_argument("do", choices=["verify", "seal", "key"])
        parser.add_argument("--witness", type=Path, help="A folder in which checkpoints were kept outside.")

    def handle(self, *args: Any, do: str, witness: Path | None, **options: Any) -> None:
        """Do it."""
        if do == "key":
            self.stdout.write(sealing.public_of(sealing.signing_key()))
        elif do == "seal":
            self.stdout.write(f"{sealing.seal()} events sealed.")
        else:
            self._verify(witness)

    def _verify(self, witness: Path | None) -> None:
        sealing.seal()
        found = []
        for fault in verifying.faults(witness):
            found.append(fault)
            if len(found) <= SHOWN:
                self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults; the first is named first.")
        self.stdout.write(f"{verifying.count()} events are as they were sealed.")
