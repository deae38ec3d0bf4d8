"""Who may do what with a safe itself; who may open one is asked of its keeper (`grounds.py`)."""

from django.db.models import Q

from townline.core.access import Policy, policy
from townline.vault.models import Safe


@policy(Safe)
class SafePolicy(Policy):
    """Nobody lists safes, whatever their role: they are reached from the matter they belong to, through the door."""

    def scope(self) -> Q:
        """None."""
        return self.NOTHING

    def shred(self, safe: Safe) -> bool:
        """Only the disposition under a retention schedule, which Townline itself carries out."""
        return bool(self.user.kind == self.user.Kind.SYSTEM)
