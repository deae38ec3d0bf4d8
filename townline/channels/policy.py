"""Who may know of contacts and of outgoing mail."""

from django.db.models import Q

from townline.channels.models import Interaction, Mail
from townline.core.access import Policy, policy


@policy(Interaction)
class InteractionPolicy(Policy):
    """Staff who take contacts in see them; what belongs to a confidential case, nobody here."""

    def scope(self) -> Q:
        """All of them, for those who may look."""
        if self.user.is_anonymous:
            return self.NOTHING
        return Q(is_confidential=False) if self.user.holds("intake.take") else self.NOTHING

    def dispose(self, interaction: Interaction) -> bool:
        """Nobody by hand: a disposition that two people approved does it."""
        return False


@policy(Mail)
class MailPolicy(Policy):
    """Whoever looks after the mail sees it, but never that of a confidential case.

    A case shows its own mail to those who see the case.
    """

    def scope(self) -> Q:
        """All of them, for those who may look."""
        if self.user.is_anonymous:
            return self.NOTHING
        return Q(is_confidential=False) if self.user.holds("mail.supervise") else self.NOTHING

    def resend(self, mail: Mail) -> bool:
        """Whoever looks after the mail."""
        return bool(self.user.holds("mail.supervise"))

    def redirect(self, mail: Mail) -> bool:
        """Whoever looks after the mail; on a case, the case's own verb asks."""
        return bool(self.user.holds("mail.supervise"))

    def bounce(self, mail: Mail) -> bool:
        """Whoever looks after the mail."""
        return bool(self.user.holds("mail.supervise"))

    def arrive(self, mail: Mail) -> bool:
        """Townline itself does this, never a person."""
        return False

    def defer(self, mail: Mail) -> bool:
        """Townline itself does this, never a person."""
        return False

    def fail(self, mail: Mail) -> bool:
        """Townline itself does this, never a person."""
        return False

    def seal(self, mail: Mail) -> bool:
        """Nobody by itself: it happens with the case that becomes confidential."""
        return False
