"""Who looks at what waits on the doorstep."""

from dataclasses import dataclass, field

from django.db.models import Q

from townline.core.access import Policy, policy
from townline.doorstep.models import Held


@dataclass(frozen=True)
class Waiter:
    """Somebody who sent a report from this browser, or proved to know it."""

    drafter: str = ""
    held_ids: frozenset[int] = field(default_factory=frozenset)
    is_anonymous: bool = True
    is_employee: bool = False


@policy(Held)
class HeldPolicy(Policy):
    """Whoever takes contacts in or supervises; and whoever sent it, who sees only that it waits."""

    def scope(self) -> Q:
        """All of them for those staff; for a browser what it sent."""
        if isinstance(self.user, Waiter):
            known = Q(pk__in=self.user.held_ids)
            return known | Q(draft__session_key=self.user.drafter) if self.user.drafter else known
        return self.EVERYTHING if self._looks() else self.NOTHING

    def track(self, held: Held) -> bool:
        """See that it waits."""
        return isinstance(self.user, Waiter)

    def release(self, held: Held) -> bool:
        """Who looks at them."""
        return self._looks()

    def discard(self, held: Held) -> bool:
        """Who looks at them."""
        return self._looks()

    def _looks(self) -> bool:
        if not getattr(self.user, "is_employee", False):
            return False
        return bool(self.user.holds("intake.take") or self.user.holds("case.supervise"))
