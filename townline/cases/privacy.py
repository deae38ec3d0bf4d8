"""Which personal information stands in this part: what people typed, never who they are.

A draft holds contact details until it is submitted or 30 days old; on
submission they move to `customers` and leave the draft.
"""

from townline.cases.models import Case, Draft, Message, Note

PERSONAL = {
    Case: ["subject", "answers", "place_label", "latitude", "longitude"],
    Note: ["text"],
    Message: ["text"],
    Draft: ["answers", "place", "contact"],
}
