"""The nouns of this part: people who act, and the organization they act in."""

from townline.accounts.absences import Absence
from townline.accounts.calendar_versions import CalendarVersion
from townline.accounts.identities import Identity
from townline.accounts.invitations import Invitation
from townline.accounts.keys import ApiKey
from townline.accounts.limits import Count
from townline.accounts.organization import (
    Calendar,
    Closure,
    Counter,
    Department,
    Municipality,
    Position,
    Role,
)
from townline.accounts.users import User, UserManager

__all__ = [
    "Absence",
    "ApiKey",
    "Calendar",
    "CalendarVersion",
    "Closure",
    "Count",
    "Counter",
    "Department",
    "Identity",
    "Invitation",
    "Municipality",
    "Position",
    "Role",
    "User",
    "UserManager",
]
