"""The proof that nothing is missing: every record has its file, and it is what it was."""

from collections.abc import Iterator

from townline.documents import store
from townline.documents.models import Attachment


def faults() -> Iterator[str]:
    """A sentence for each record whose file is missing or not what it was."""
    rows = Attachment.objects.order_by("pk").values_list("pk", "file", "sha256", "size")
    for pk, name, sha256, size in rows.iterator(chunk_size=500):
        try:
            found = store.digest(name)
        except OSError:
            yield f"Attachment {pk}: its file is not there."
            continue
        if found != (sha256, size):
            yield f"Attachment {pk}: its file is not what it was."
