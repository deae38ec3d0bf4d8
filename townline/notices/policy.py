"""Who reads notices, and who writes them."""

from typing import Any

from django.db.models import Q

from townline.core.access import Policy, policy
from townline.notices.models import Notice


@policy(Notice)
class NoticePolicy(Policy):
    """Everybody who works here reads all of them; the editors of the catalogue and supervisors write them.

    A watermain breaks at night: whoever supervises may say so without waiting for the clerk.
    """

    def scope(self) -> Q:
        """All of them for staff; the public reads what is published through `shown`."""
        return self.EVERYTHING if getattr(self.user, "is_employee", False) else self.NOTHING

    def create(self, notice: Any) -> bool:
        """Who writes them."""
        return self._writes()

    def change(self, notice: Any) -> bool:
        """Who writes them."""
        return self._writes()

    def publish(self, notice: Any) -> bool:
        """Who writes them."""
        return self._writes()

    def extend(self, notice: Any) -> bool:
        """Who writes them."""
        return self._writes()

    def end(self, notice: Any) -> bool:
        """Who writes them."""
        return self._writes()

    def gather(self, notice: Any) -> bool:
        """Whoever works on cases, for a case that they see."""
        return bool(self.user.holds("case.work"))

    def release(self, notice: Any) -> bool:
        """Whoever works on cases, for a case that they see."""
        return bool(self.user.holds("case.work"))

    def _writes(self) -> bool:
        if not getattr(self.user, "is_employee", False):
            return False
        return bool(self.user.holds("catalogue.edit") or self.user.holds("case.supervise"))
