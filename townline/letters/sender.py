"""The head of a letter: the municipality, in the language of the moment."""

from townline.accounts.models import Municipality
from townline.letters.document import Sender


def our_sender() -> Sender:
    """Name, address, telephone and e-mail, as the municipality gives them."""
    found = Municipality.objects.first()
    if found is None:
        return Sender("Townline")
    return Sender(str(found.name), "\n".join(one for one in (found.address, found.phone, found.email) if one))
