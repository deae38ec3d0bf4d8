"""Who may know of conduct. Staff see before contact what holds; why it does needs a grant of its own."""

from typing import Any

from django.db.models import Q

from townline.accounts.policy import SetUpPolicy
from townline.conduct.models import Behaviour, Intervention, Restriction, SupportivePhrase
from townline.conduct.models.deciding import is_approver
from townline.core.access import Policy, policy


class ConductPolicy(Policy):
    """Never a customer, whoever they are; staff by their grants."""

    def _holds(self, *grants: str) -> bool:
        return bool(not self.user.is_anonymous and any(self.user.holds(grant) for grant in grants))


@policy(Behaviour)
class BehaviourPolicy(ConductPolicy):
    """What was said and done is read by those with the grant, and by who wrote it down."""

    def scope(self) -> Q:
        """All, or their own."""
        if self._holds("conduct.read"):
            return self.EVERYTHING
        return Q(recorded_by=self.user) if self._holds("conduct.record") else self.NOTHING

    def open(self, behaviour: Behaviour) -> bool:
        """Whoever may read it."""
        return self._holds("conduct.read") or behaviour.recorded_by_id == self.user.pk

    def withdraw(self, behaviour: Behaviour) -> bool:
        """Who wrote it down, and whoever decides on restrictions."""
        return self._holds("conduct.restrict") or behaviour.recorded_by_id == self.user.pk


@policy(Intervention)
class InterventionPolicy(ConductPolicy):
    """What is done for safety is known to everybody who may meet the customer."""

    def scope(self) -> Q:
        """All of them, for those who serve the public."""
        return self.EVERYTHING if self._holds("customer.read", "conduct.read") else self.NOTHING

    def review(self, intervention: Intervention) -> bool:
        """Whoever may plan one."""
        return self._holds("conduct.record")

    def end(self, intervention: Intervention) -> bool:
        """Whoever may plan one."""
        return self._holds("conduct.record")


@policy(Restriction)
class RestrictionPolicy(ConductPolicy):
    """The terms are known to everybody who may meet the customer; reason and evidence need the grant."""

    def scope(self) -> Q:
        """All of them, for those who serve the public."""
        return self.EVERYTHING if self._holds("customer.read", "conduct.read") else self.NOTHING

    def open(self, restriction: Restriction) -> bool:
        """Whoever may read conduct records."""
        return self._holds("conduct.read")

    def approve(self, restriction: Restriction) -> bool:
        """A director or higher, above who asked in the reporting line."""
        return self._decides(restriction)

    def decline(self, restriction: Restriction) -> bool:
        """A director or higher, above who asked in the reporting line."""
        return self._decides(restriction)

    def decide_appeal(self, restriction: Restriction) -> bool:
        """A director or higher, above who asked in the reporting line."""
        return self._decides(restriction)

    def review(self, restriction: Restriction) -> bool:
        """Whoever works with restrictions."""
        return self._holds("conduct.restrict")

    def lift(self, restriction: Restriction) -> bool:
        """Whoever works with restrictions."""
        return self._holds("conduct.restrict")

    def appeal(self, restriction: Restriction) -> bool:
        """Whoever takes the customer's words in."""
        return self._holds("conduct.restrict", "conduct.record")

    def notify(self, restriction: Restriction) -> bool:
        """Whoever works with restrictions."""
        return self._holds("conduct.restrict")

    def expire(self, restriction: Restriction) -> bool:
        """Townline itself does this, never a person."""
        return False

    def _decides(self, restriction: Any) -> bool:
        return self._holds("conduct.restrict") and is_approver(self.user, restriction.requested_by)


policy(SupportivePhrase)(SetUpPolicy)
