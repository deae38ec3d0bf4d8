"""Who may read templates, and who may change which."""

from typing import Any

from django.db.models import Q

from townline.core.access import Policy, policy
from townline.wording.models import Template


@policy(Template)
class TemplatePolicy(Policy):
    """Whoever reads cases or looks after the catalogue sees them.

    The catalogue's editors change all of them; who supervises a department, those of the department.
    """

    def scope(self) -> Q:
        """All of them, for those who may look."""
        if self.user.is_anonymous or not self.user.is_employee:
            return self.NOTHING
        looks = self.user.holds("case.read") or self.user.holds("catalogue.edit") or self.user.holds("setup.read")
        return self.EVERYTHING if looks else self.NOTHING

    def read(self, template: Any) -> bool:
        """The list is for those who may change some of them, or see how things are set up."""
        return any(self.user.holds(grant) for grant in ("catalogue.edit", "case.supervise", "setup.read"))

    def create(self, template: Template) -> bool:
        """For a department of their own, or for anybody."""
        return self._looks_after(template)

    def change(self, template: Template) -> bool:
        """The editors of the catalogue, and who supervises the department that owns it."""
        return self._looks_after(template)

    def retire(self, template: Template) -> bool:
        """Who may change it."""
        return self._looks_after(template)

    def restore(self, template: Template) -> bool:
        """Who may change it."""
        return self._looks_after(template)

    def _looks_after(self, template: Template) -> bool:
        if not getattr(self.user, "is_employee", False):
            return False
        if self.user.holds("catalogue.edit"):
            return True
        return bool(self.user.holds("case.supervise") and template.department_id in self.user.department_ids)
