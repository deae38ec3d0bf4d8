"""Records classes, holds, dispositions: how long what we hold is kept, and how it goes."""

from townline.records.models.classes import RecordsClass
from townline.records.models.consents import EarlyConsent
from townline.records.models.disposition import Disposition, Item
from townline.records.models.holds import Hold

__all__ = ["Disposition", "EarlyConsent", "Hold", "Item", "RecordsClass"]
