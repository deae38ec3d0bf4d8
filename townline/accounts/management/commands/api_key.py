"""`townline api-key`: a key with which another system signs in to the API."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from townline.accounts.models import ApiKey, User


class Command(BaseCommand):
    """Makes a key for one member of staff, whose rights it has, and prints it once."""

    help = "Print a new key for the API. It can do what this member of staff may do."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose rights, and what for."""
        parser.add_argument("address", help="the sign-in address of the member of staff")
        parser.add_argument("name", help="what the key is for, as the list of keys shows it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the key; nobody can read it again."""
        user = User.objects.filter(email=options["address"].lower(), kind=User.Kind.STAFF, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no member of staff with the address {options['address']}.")
        self.stdout.write(ApiKey.issue(user, options["name"]))
