"""Who may change where cases go."""

from django.db.models import Q

from townline.accounts.policy import SetUpPolicy
from townline.core.access import Policy, policy
from townline.routing.models import Queue, RuleSet

EDITS = "routing.edit"


class _Setup(Policy):
    """Seen by whoever sees the set-up; changed with a grant of its own."""

    def scope(self) -> Q:
        """Everything, or nothing."""
        return self.EVERYTHING if self._sees() else self.NOTHING

    def _sees(self) -> bool:
        return bool(not self.user.is_anonymous and (self.user.holds("setup.read") or self._edits()))

    def _edits(self) -> bool:
        return bool(not self.user.is_anonymous and self.user.holds(EDITS))


@policy(RuleSet)
class RuleSetPolicy(_Setup):
    """The rules in force are no secret among those who set up; a draft is edited by whoever holds the grant."""

    def read(self, rules: RuleSet) -> bool:
        """Whoever sees the set-up."""
        return self._sees()

    def begin(self, rules: RuleSet) -> bool:
        """Whoever may edit the rules."""
        return self._edits()

    def add(self, rules: RuleSet) -> bool:
        """Whoever may edit the rules."""
        return self._edits()

    def change(self, rules: RuleSet) -> bool:
        """Whoever may edit the rules."""
        return self._edits()

    def move(self, rules: RuleSet) -> bool:
        """Whoever may edit the rules."""
        return self._edits()

    def switch(self, rules: RuleSet) -> bool:
        """Whoever may edit the rules."""
        return self._edits()

    def remove(self, rules: RuleSet) -> bool:
        """Whoever may edit the rules."""
        return self._edits()

    def publish(self, rules: RuleSet) -> bool:
        """Whoever may edit the rules."""
        return self._edits()

    def discard(self, rules: RuleSet) -> bool:
        """Whoever may edit the rules."""
        return self._edits()


@policy(Queue)
class QueuePolicy(SetUpPolicy):
    """Queues are seen with the rules; how their work is given out is set with the same grant."""

    EDITS = EDITS

    def give_out(self, queue: Queue) -> bool:
        """Whoever may edit the rules."""
        return self._edits()
