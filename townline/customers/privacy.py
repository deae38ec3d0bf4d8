"""Which personal information stands in this part.

`merge_changes` holds what a merge changed, a name perhaps, until it is undone.
"""

from townline.customers.models import Accommodation, Consent, ContactPoint, Customer

PERSONAL = {
    Customer: ["name", "sort_key", "merge_changes"],
    ContactPoint: ["value", "key"],
    Accommodation: ["what_helps"],
    Consent: ["to_whom", "what", "proof"],
}
