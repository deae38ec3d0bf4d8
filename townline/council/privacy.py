"""Which personal information stands in this part: what members of Council were told.

Constituents stand in `customers`.
"""

from townline.council.models import Member, Reply

PERSONAL = {
    Member: ["person", "email", "phone"],
    Reply: ["text"],
}
