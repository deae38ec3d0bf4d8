"""Who has the case."""

from typing import Any

from django.utils.translation import gettext as _

from townline.cases.models.moves import Moving
from townline.cases.models.states import Status
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class Handling(Moving):
    """Taking a case, and giving it to somebody."""

    class Meta:
        abstract = True

    @verb
    def take(self, *, by: Any) -> None:
        """Become the assignee of a case that nobody has, or whose assignee has left."""
        self._must_be_open()
        if self.assignee and self.assignee.is_active:
            raise NotPossible(_("%(name)s already has this case.") % {"name": self.assignee})
        self._give_to(by)
        self.record("taken", by=by)

    @verb
    def assign(self, *, by: Any, to: Any) -> None:
        """Give the case to somebody who works in its department."""
        self._must_be_open()
        if self.assignee_id == to.pk:
            raise NotPossible(_("%(name)s already has this case.") % {"name": to})
        if not to.holds("case.work") or self.department_id not in to.department_ids:
            raise NotPossible(
                _("%(name)s does not handle cases of %(department)s.") % {"name": to, "department": self.department}
            )
        before = self.assignee_id
        self._give_to(to)
        self.record("assigned", by=by, to=to.pk, before=before)

    def _give_to(self, user: Any) -> None:
        if self.status == Status.NEW:
            self._move_to(Status.OPEN)
            self.expect_first_step()
        self.assignee = user
        self.why_here = ""
        self.save()
