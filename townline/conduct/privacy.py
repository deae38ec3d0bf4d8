"""Which personal information stands in this part: what was said and done, and what was decided about somebody.

None of it is in a search index; opening a record of behaviour or a restriction
leaves an event.
"""

from townline.conduct.models import Behaviour, Intervention, Restriction

PERSONAL = {
    Behaviour: ["what", "impact"],
    Intervention: ["what", "place", "why", "how_it_went"],
    Restriction: ["terms", "reason", "notice", "why_ended", "appeal_text", "appeal_words"],
}
