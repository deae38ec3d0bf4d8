"""A case: one matter from intake to outcome, and what belongs to it.

Each trait is one screen, named by the activity; `Case` puts them together.
"""

from townline.cases.models.access import CaseAccess
from townline.cases.models.case import Case
from townline.cases.models.clocks import Clock
from townline.cases.models.drafts import Draft
from townline.cases.models.enclosures import Enclosure
from townline.cases.models.filing import Redirection, Refiling
from townline.cases.models.followers import Follower
from townline.cases.models.hiding import Hiding
from townline.cases.models.links import Link
from townline.cases.models.merges import Merge
from townline.cases.models.moves import not_in_future
from townline.cases.models.notifications import Notification
from townline.cases.models.presence import Presence
from townline.cases.models.said import CaseWords, WordsGathered
from townline.cases.models.states import AFTER_ALL, MOVES, NEVER, Outcome, Status
from townline.cases.models.steps import CaseStep
from townline.cases.models.talk import Message, Note
from townline.cases.models.unsent import Unsent
from townline.cases.models.voices import FormalWish, Passing, Reading
from townline.cases.models.waits import Wait
from townline.cases.models.weather import Weather

__all__ = [
    "AFTER_ALL",
    "MOVES",
    "NEVER",
    "Case",
    "CaseAccess",
    "CaseStep",
    "CaseWords",
    "Clock",
    "Draft",
    "Enclosure",
    "Follower",
    "FormalWish",
    "Hiding",
    "Link",
    "Merge",
    "Message",
    "Note",
    "Notification",
    "Outcome",
    "Passing",
    "Presence",
    "Reading",
    "Redirection",
    "Refiling",
    "Status",
    "Unsent",
    "Wait",
    "Weather",
    "WordsGathered",
    "not_in_future",
]
