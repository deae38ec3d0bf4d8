"""Who knows of calls that are owed, and who makes them."""

from typing import Any

from django.db.models import Q

from townline.callbacks.models import Callback
from townline.cases.models import Case
from townline.core.access import Policy, policy, seen_by


def calls_back(user: Any) -> bool:
    """Is making calls that are owed any of this person's work?"""
    return bool(user.holds("case.work") or user.holds("intake.take"))


@policy(Callback)
class CallbackPolicy(Policy):
    """Known in the department that owes the call, and to whoever takes contacts in.

    One about a case is known with the case; of a confidential one nobody knows any.
    """

    def scope(self) -> Q:
        """Those they may make."""
        if not getattr(self.user, "is_employee", False) or not calls_back(self.user):
            return self.NOTHING
        theirs = Q() if self.user.holds("intake.take") else Q(department__in=self.user.department_ids)
        with_case = seen_by(self.user, Case, "case") & Q(case__is_confidential=False)
        return theirs & (Q(case=None) | with_case)

    def attempt(self, callback: Callback) -> bool:
        """Whoever works in its department, and whoever takes contacts in."""
        works = self.user.holds("case.work") and callback.department_id in self.user.department_ids
        return bool(works or self.user.holds("intake.take"))

    def give_up(self, callback: Callback) -> bool:
        """Whoever may call."""
        return self.attempt(callback)

    def withdraw(self, callback: Callback) -> bool:
        """Whoever may call."""
        return self.attempt(callback)

    def move(self, callback: Callback) -> bool:
        """Nobody by itself: it follows its case."""
        return False

    def remind(self, callback: Callback) -> bool:
        """Townline itself does this, never a person."""
        return False

    def seal(self, callback: Callback) -> bool:
        """Nobody by itself: it follows when the case becomes a formal complaint."""
        return False
