"""Which personal information stands in this part.

What is written on many cases at once is kept with the action.
A view may be named after a person, and may ask for the cases at one address.
"""

from townline.desk.models import BulkAction, SavedView

PERSONAL = {SavedView: ["name", "sort_key", "filters"], BulkAction: ["text"]}
