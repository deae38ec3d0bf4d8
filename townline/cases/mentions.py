"""Colleagues who are named in a note with an @: who they are, and telling them.

A mention never opens a case: whoever may not see it is not told, and the one
who wrote the note learns that.
"""

from django.utils.translation import gettext as _

from townline.accounts.models import User
from townline.cases.models import Case, Notification
from townline.cases.notifying import notify
from townline.core.access import visible

SIGN = "@"


def colleagues() -> "list[User]":
    """Everybody who can be mentioned, by name."""
    return list(User.objects.filter(kind=User.Kind.STAFF, is_active=True).exclude(name="").order_by("name"))


def mentioned_in(text: str) -> list[User]:
    """The colleagues whose whole name stands behind an @."""
    if SIGN not in text:
        return []
    said = text.casefold()
    return [one for one in colleagues() if _stands_in(f"{SIGN}{one.name}".casefold(), said)]


def _stands_in(mention: str, said: str) -> bool:
    """“@Jo Li” is not in “@Jo Linden”."""
    at = said.find(mention)
    while at >= 0:
        if not said[at + len(mention) : at + len(mention) + 1].isalpha():
            return True
        at = said.find(mention, at + 1)
    return False


def sees(user: User, case: Case) -> bool:
    """May this colleague know of the case?"""
    return visible(user, Case.objects.filter(pk=case.pk)).exists()


def tell_mentioned(text: str, case: Case, *, note: int, by: User) -> None:
    """Tell those who are mentioned and may see the case; each once for a note."""
    told = [one for one in mentioned_in(text) if sees(one, case)]
    notify(told, case, Notification.Kind.MENTIONED, key=f"note:{note}", by=by)


def said_of_missed(text: str, case: Case) -> str:
    """A sentence about those who were mentioned and may not see the case; empty when everybody may."""
    missed = [one.name for one in mentioned_in(text) if not sees(one, case)]
    if not missed:
        return ""
    return _("Not told, because they may not see this case: %(names)s.") % {"names": ", ".join(missed)}
