"""Who sees the jobs that failed, and decides on them."""

from django.db.models import Q

from townline.core.access import Policy, policy
from townline.jobs.models import Job


@policy(Job)
class JobPolicy(Policy):
    """Whoever holds `jobs.supervise` sees every job, and retries or discards those that were given up."""

    def scope(self) -> Q:
        """Every job, or none."""
        return self.EVERYTHING if self._supervises() else self.NOTHING

    def retry(self, job: Job) -> bool:
        """Whoever supervises background work."""
        return self._supervises()

    def discard(self, job: Job) -> bool:
        """Whoever supervises background work."""
        return self._supervises()

    def _supervises(self) -> bool:
        return bool(self.user.is_authenticated and self.user.holds("jobs.supervise"))
