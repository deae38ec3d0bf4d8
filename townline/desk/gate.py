"""Pages of the desk that only some roles may open."""

from typing import Any

from django.utils.translation import gettext as _

from townline.core.refusals import NotAllowed


def demand(user: Any, grant: str) -> None:
    """Refuse whoever does not hold this grant."""
    if not user.holds(grant):
        raise NotAllowed(_("You do not have permission to do this."))
