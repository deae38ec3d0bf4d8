"""Pages of the desk that only some roles may open."""

from typing import Any

from django.utils.translation import gettext as _

from townline.core.refusals import NotAllowed


def demand(user: Any, *grants: str) -> None:
    """Refuse whoever holds none of these grants."""
    if not any(user.holds(grant) for grant in grants):
        raise NotAllowed(_("You do not have permission to do this."))
