"""`townline setup`: make or update an installation."""

from typing import Any

from django.core.management.base import BaseCommand

from townline.site import preparing


class Command(BaseCommand):
    """Brings the secret key, the tables and the static files up to date; run it after every upgrade."""

    help = __doc__
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, and say what comes next."""
        preparing.prepare()
        self.stdout.write("Townline is set up. Describe the municipality: townline apply PACK. Then: townline serve")
