"""Who may know of a saved view, and who may change it."""

from django.db.models import Q

from townline.core.access import Policy, policy
from townline.desk.models import BulkAction, SavedView


@policy(SavedView)
class SavedViewPolicy(Policy):
    """One's own, and those that are shared with one's department or with everybody.

    To know of a view is to know a question. What it answers, the policy of the cases says.
    """

    def scope(self) -> Q:
        """Staff only; what is retired, only its owner."""
        if self.user.is_anonymous or not self.user.is_employee or not self.user.is_active:
            return self.NOTHING
        everybody = Q(sharing=SavedView.Sharing.EVERYBODY)
        department = Q(sharing=SavedView.Sharing.DEPARTMENT, shared_with__in=self.user.department_ids)
        return Q(owner=self.user) | Q(everybody | department, retired_at=None)

    def rename(self, view: SavedView) -> bool:
        """Its owner."""
        return self._owns(view)

    def share(self, view: SavedView) -> bool:
        """Its owner."""
        return self._owns(view)

    def retire(self, view: SavedView) -> bool:
        """Its owner; a supervisor tidies up what is shared with their department."""
        return self._owns(view) or (
            view.shared_with_id in self.user.department_ids and bool(self.user.holds("case.supervise"))
        )

    def restore(self, view: SavedView) -> bool:
        """Its owner."""
        return self._owns(view)

    def put_first(self, view: SavedView) -> bool:
        """Whoever sees it, for themselves."""
        return True

    def put_back(self, view: SavedView) -> bool:
        """Whoever sees it, for themselves."""
        return True

    def _owns(self, view: SavedView) -> bool:
        return bool(view.owner_id == self.user.pk)


@policy(BulkAction)
class BulkActionPolicy(Policy):
    """What somebody did with several cases is known to them; what became of each case, to whoever sees the case."""

    def scope(self) -> Q:
        """One's own."""
        if self.user.is_anonymous or not self.user.is_employee:
            return self.NOTHING
        return Q(by=self.user)

    def stop(self, asked: BulkAction) -> bool:
        """Whoever began it."""
        return bool(asked.by_id == self.user.pk)

    def undo(self, asked: BulkAction) -> bool:
        """Whoever began it; each case is asked again."""
        return bool(asked.by_id == self.user.pk)

    def finish(self, asked: BulkAction) -> bool:
        """Townline itself does this, never a person."""
        return False
