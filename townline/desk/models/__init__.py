"""What the desk keeps for the people who work at it."""

from townline.desk.models.bulk import BulkAction, BulkStep
from townline.desk.models.saved import FirstView, SavedView, SavedViewQuerySet

__all__ = ["BulkAction", "BulkStep", "FirstView", "SavedView", "SavedViewQuerySet"]
