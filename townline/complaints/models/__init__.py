"""A formal complaint, its ladder, and who may know of it.

Each trait is one screen, named by the activity; `Complaint` puts them together.
"""

from townline.complaints.models.attaching import Evidence, Given
from townline.complaints.models.complaint import Complaint
from townline.complaints.models.deciding import Decision, FollowUp
from townline.complaints.models.drafts import ComplaintDraft
from townline.complaints.models.escalating import Why
from townline.complaints.models.lettering import Letter, LettersBy
from townline.complaints.models.packaging import Package
from townline.complaints.models.people import (
    Assignment,
    Disclosure,
    EmergencyAccess,
    Exchange,
    Offer,
    RecordedRequest,
    Subject,
)
from townline.complaints.models.procedure import LadderLevel, OutsideOffice, Procedure
from townline.complaints.models.relieving import Witness
from townline.complaints.models.states import Finding, Remedy, Stage

__all__ = [
    "Assignment",
    "Complaint",
    "ComplaintDraft",
    "Decision",
    "Disclosure",
    "EmergencyAccess",
    "Evidence",
    "Exchange",
    "Finding",
    "FollowUp",
    "Given",
    "LadderLevel",
    "Letter",
    "LettersBy",
    "Offer",
    "OutsideOffice",
    "Package",
    "Procedure",
    "RecordedRequest",
    "Remedy",
    "Stage",
    "Subject",
    "Why",
    "Witness",
]
