"""What may be done with a file; who may have it, the record that holds it decides."""

from townline.core.access import Policy, policy
from townline.documents.models import Attachment


@policy(Attachment)
class AttachmentPolicy(Policy):
    """Nobody gets a file by itself: it is asked for through the case or the draft that holds it."""

    def prepare(self, attachment: Attachment) -> bool:
        """Townline itself does this, never a person."""
        return False

    def judge(self, attachment: Attachment) -> bool:
        """Townline itself does this, never a person."""
        return False
