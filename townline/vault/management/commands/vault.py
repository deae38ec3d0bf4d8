"""`townline vault`: the state of the vault, and its keys."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from townline.accounts.models import User
from townline.vault import door, keys
from townline.vault.models import Safe


class Command(BaseCommand):
    """Shows which keys the vault's content is wrapped with, checks its files, or wraps everything with a new key."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.add_argument("do", choices=["status", "verify", "rotate"])

    def handle(self, *args: Any, do: str, **options: Any) -> None:
        """Do it."""
        {"status": self._status, "verify": self._verify, "rotate": self._rotate}[do]()

    def _status(self) -> None:
        ring = keys.keyring()
        for name in ring.names:
            count = Safe.objects.filter(key_name=name).count()
            self.stdout.write(f"{name}{' (current)' if name == ring.current.name else ''}: wraps {count} safes")
        self.stdout.write(f"destroyed: {Safe.objects.exclude(shredded_at=None).count()} safes")

    def _verify(self) -> None:
        faults = list(door.faults_of_files())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} sealed files are not what they were.")
        self.stdout.write("Every sealed file is what was sealed.")

    def _rotate(self) -> None:
        if not settings.VAULT_KEY:
            known = keys.read(settings.VAULT_KEY_FILE.read_text())
            waiting = Safe.objects.exclude(key_name__in=["", known[0].name]).exists()
            if not waiting:  # Begun and not finished: go on with the key that was made then.
                keys.keep([keys.new_key(), *known], settings.VAULT_KEY_FILE)
        left = Safe.objects.exclude(key_name__in=["", keys.keyring().current.name]).count()
        for _safe in tqdm(door.wrap_anew(by=User.objects.system()), total=left, unit=" safes", disable=None):
            pass
        self.stdout.write(
            f"{left} safes are wrapped with the key “{keys.keyring().current.name}” now. Restart the web and worker "
            "processes. Older keys can be taken out of the file when no backup is left that needs them."
        )
