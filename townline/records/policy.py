"""Who looks after the records: whoever holds one of the two grants, and never about a complaint about themselves."""

from typing import Any

from django.db.models import Q

from townline.core.access import Policy, policy
from townline.records.knowing import hidden_complaints
from townline.records.models import (
    AccessRequest,
    Assessment,
    Breach,
    Correction,
    Disclosed,
    Disposition,
    EarlyConsent,
    Hold,
    Item,
    RecordsClass,
    ThirdParty,
)


class RecordsPolicy(Policy):
    """Staff with the grant."""

    def _holds(self, *grants: str) -> bool:
        if self.user.is_anonymous or not getattr(self.user, "is_employee", False):
            return False
        return any(self.user.holds(grant) for grant in grants)

    def _disposes(self, record: Any = None) -> bool:
        return self._holds("records.dispose")

    def _answers(self, record: Any = None) -> bool:
        return self._holds("records.access")


@policy(RecordsClass)
class RecordsClassPolicy(RecordsPolicy):
    """The schedule is known to whoever looks after records."""

    def scope(self) -> Q:
        """All of it."""
        return self.EVERYTHING if self._holds("records.dispose", "records.access") else self.NOTHING

    def propose(self, one: RecordsClass) -> bool:
        """Whoever disposes."""
        return self._disposes()


@policy(Hold)
class HoldPolicy(RecordsPolicy):
    """Holds are known to whoever looks after records; one on a complaint about them is not."""

    def scope(self) -> Q:
        """All but those."""
        if not self._holds("records.dispose", "records.access"):
            return self.NOTHING
        return ~Q(case__in=hidden_complaints(self.user)) | Q(case=None)

    def lift(self, hold: Hold) -> bool:
        """Whoever disposes."""
        return self._disposes()


@policy(EarlyConsent)
class EarlyConsentPolicy(RecordsPolicy):
    """Consents to an earlier disposal."""

    def scope(self) -> Q:
        """All of them."""
        return self.EVERYTHING if self._disposes() else self.NOTHING

    def withdraw(self, consent: EarlyConsent) -> bool:
        """Whoever disposes."""
        return self._disposes()


@policy(Disposition)
class DispositionPolicy(RecordsPolicy):
    """A list is known to whoever disposes, unless a complaint about them stands on it."""

    def scope(self) -> Q:
        """All but those."""
        if not self._disposes():
            return self.NOTHING
        secret = Item.objects.filter(case__in=hidden_complaints(self.user)).values("disposition_id")
        return ~Q(pk__in=secret)

    def approve(self, disposition: Disposition) -> bool:
        """Whoever disposes; the verb sees to it that two different people do."""
        return self._disposes()

    def withdraw(self, disposition: Disposition) -> bool:
        """Whoever disposes."""
        return self._disposes()

    def finish(self, disposition: Disposition) -> bool:
        """Nobody by hand."""
        return False


@policy(AccessRequest)
class AccessRequestPolicy(RecordsPolicy):
    """Access requests are answered by whoever holds the grant, whatever the department of the case."""

    def scope(self) -> Q:
        """All of them."""
        return self.EVERYTHING if self._answers() else self.NOTHING

    def extend(self, asked: AccessRequest) -> bool:
        """The coordinator."""
        return self._answers()

    notify = gather = redact = restore = decide = extend


@policy(ThirdParty)
class ThirdPartyPolicy(RecordsPolicy):
    """Third parties are known to whoever answers the request."""

    def scope(self) -> Q:
        """All of them."""
        return self.EVERYTHING if self._answers() else self.NOTHING

    def respond(self, one: ThirdParty) -> bool:
        """The coordinator."""
        return self._answers()


@policy(Correction)
class CorrectionPolicy(RecordsPolicy):
    """Requests for correction."""

    def scope(self) -> Q:
        """All of them."""
        return self.EVERYTHING if self._answers() else self.NOTHING

    def decide(self, one: Correction) -> bool:
        """The coordinator."""
        return self._answers()

    disagree = decide


@policy(Breach)
class BreachPolicy(RecordsPolicy):
    """The register of breaches."""

    def scope(self) -> Q:
        """All of it."""
        return self.EVERYTHING if self._answers() else self.NOTHING

    def contain(self, breach: Breach) -> bool:
        """The coordinator."""
        return self._answers()

    assess = report = tell = close = contain


@policy(Disclosed)
class DisclosedPolicy(RecordsPolicy):
    """The disclosure log."""

    def scope(self) -> Q:
        """All of it."""
        return self.EVERYTHING if self._answers() else self.NOTHING

    def end(self, one: Disclosed) -> bool:
        """The coordinator."""
        return self._answers()


@policy(Assessment)
class AssessmentPolicy(RecordsPolicy):
    """Privacy assessments are read by whoever sees how the house is set up, and written by the coordinator."""

    def scope(self) -> Q:
        """All of them."""
        return self.EVERYTHING if self._holds("records.access", "setup.read") else self.NOTHING

    def review(self, one: Assessment) -> bool:
        """The coordinator."""
        return self._answers()
