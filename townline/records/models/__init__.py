"""Records: how long what we hold is kept and how it goes, and who asks to see or correct it."""

from townline.records.models.access import AccessRequest, AccessRule, Piece, Redaction, ThirdParty
from townline.records.models.assessments import Assessment
from townline.records.models.breaches import Breach
from townline.records.models.classes import RecordsClass
from townline.records.models.consents import EarlyConsent
from townline.records.models.corrections import Correction, Export
from townline.records.models.disclosures import Disclosed
from townline.records.models.disposition import ContactItem, Disposition, Item
from townline.records.models.holds import Hold

__all__ = [
    "AccessRequest",
    "AccessRule",
    "Assessment",
    "Breach",
    "ContactItem",
    "Correction",
    "Disclosed",
    "Disposition",
    "EarlyConsent",
    "Export",
    "Hold",
    "Item",
    "Piece",
    "RecordsClass",
    "Redaction",
    "ThirdParty",
]
