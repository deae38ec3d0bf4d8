"""Who may run macros, and who may change which."""

from typing import Any

from django.db.models import Q

from townline.core.access import Policy, policy
from townline.macros.models import Macro


@policy(Macro)
class MacroPolicy(Policy):
    """Whoever works on cases sees and runs them; each effect asks its own verb's rule.

    The catalogue's editors change all of them; who supervises a department, those of the department.
    """

    def scope(self) -> Q:
        """All of them, for those who may look."""
        if self.user.is_anonymous or not self.user.is_employee:
            return self.NOTHING
        looks = any(self.user.holds(grant) for grant in ("case.work", "case.read", "catalogue.edit", "setup.read"))
        return self.EVERYTHING if looks else self.NOTHING

    def read(self, macro: Any) -> bool:
        """The list is for those who may change some of them, or see how things are set up."""
        return any(self.user.holds(grant) for grant in ("catalogue.edit", "case.supervise", "setup.read"))

    def run(self, macro: Macro) -> bool:
        """Whoever works on cases; what it does asks again."""
        return bool(self.user.holds("case.work"))

    def create(self, macro: Macro) -> bool:
        """For a department of their own, or for anybody."""
        return self._looks_after(macro)

    def change(self, macro: Macro) -> bool:
        """The editors of the catalogue, and who supervises the department that owns it."""
        return self._looks_after(macro)

    def retire(self, macro: Macro) -> bool:
        """Who may change it."""
        return self._looks_after(macro)

    def restore(self, macro: Macro) -> bool:
        """Who may change it."""
        return self._looks_after(macro)

    def _looks_after(self, macro: Any) -> bool:
        if not getattr(self.user, "is_employee", False):
            return False
        if self.user.holds("catalogue.edit"):
            return True
        return bool(self.user.holds("case.supervise") and macro.department_id in self.user.department_ids)
