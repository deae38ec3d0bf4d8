"""`townline invite`: the first administrator of a fresh installation, or anybody else, without a mail server."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from townline.accounts.invitations import VALID_FOR, invite
from townline.accounts.models import Department, Role, User
from townline.core.refusals import NotPossible


class Command(BaseCommand):
    """Makes an invitation and prints its link, which nobody else gets."""

    help = "Invite somebody to become staff and print the link, which works once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and as what."""
        parser.add_argument("address", help="the e-mail address at work, with which they will sign in")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", action="append", required=True, help="the code of a role; may be repeated")
        parser.add_argument("--department", action="append", default=[], help="the code of a department")
        parser.add_argument("--language", choices=["en", "fr"], default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite, and print."""
        try:
            invitation = invite(
                by=User.objects.system(),
                address=options["address"],
                name=options["name"],
                roles=_named(Role, options["role"]),
                departments=_named(Department, options["department"]),
                language=options["language"],
                by_mail=False,
            )
        except NotPossible as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(invitation.renew(by=User.objects.system()))
        self.stdout.write(f"Open this page within {VALID_FOR.days} days. It works once.")


def _named(model: Any, codes: list[str]) -> list[Any]:
    found = {one.code: one for one in model.objects.all()}
    for code in codes:
        if code not in found:
            known = ", ".join(sorted(found)) or "none yet: apply the pack first"
            raise CommandError(f"There is no {model._meta.verbose_name} “{code}”. There are: {known}.")
    return [found[code] for code in codes]
