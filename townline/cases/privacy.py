"""Which personal information stands in this part: what people typed, never who they are.

A draft holds contact details until it is submitted or 30 days old; on
submission they move to `customers` and leave the draft. What staff have begun to
write is kept as long as its case, like the notes and messages it would become.
"""

from townline.cases.models import Case, CaseStep, CaseWords, Draft, Hiding, Message, Note, Refiling, Unsent

PERSONAL = {
    Case: ["subject", "answers", "place_label", "latitude", "longitude", "why_here", "place_key"],
    CaseStep: ["note", "number"],
    CaseWords: ["text"],
    Hiding: ["words"],
    Note: ["text"],
    Refiling: ["answers"],
    Message: ["text"],
    Unsent: ["typed"],
    Draft: ["answers", "place", "contact"],
}
