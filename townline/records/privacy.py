"""Which personal information stands in this part.

Of holds, lists and breaches staff's own words, asked to name nobody. An access request
keeps copies of what it gathered as long as it is kept itself.
"""

from townline.records.models import (
    AccessRequest,
    Breach,
    Correction,
    Disclosed,
    Disposition,
    Hold,
    Piece,
    Redaction,
    ThirdParty,
)

PERSONAL = {
    Hold: ["reason", "why_lifted"],
    Disposition: ["what_review_found"],
    AccessRequest: ["words_extended", "why_decided"],
    ThirdParty: ["name", "about", "words"],
    Piece: ["text"],
    Redaction: ["words"],
    Correction: ["what", "reasons", "disagreement"],
    Breach: ["what", "how_contained", "why_so", "how_told", "remedy"],
    Disclosed: ["to_whom", "what"],
}
