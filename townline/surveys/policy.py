"""Who may see what questionnaires say: figures only, and never one answer."""

from typing import Any

from django.db.models import Q

from townline.core.access import Policy, policy
from townline.surveys.models import Survey


@policy(Survey)
class SurveyPolicy(Policy):
    """Staff who look after the whole see figures; a customer answers by the link in the mail."""

    def scope(self) -> Q:
        """All of them, to be counted."""
        return self.EVERYTHING if self._counts() else self.NOTHING

    def read(self, survey: Any) -> bool:
        """The figures."""
        return self._counts()

    def answer(self, survey: Any) -> bool:
        """Never staff; whoever has the link does, without an account."""
        return False

    def stop_asking(self, survey: Any) -> bool:
        """The same."""
        return False

    def _counts(self) -> bool:
        if not getattr(self.user, "is_employee", False):
            return False
        return any(self.user.holds(grant) for grant in ("case.supervise", "catalogue.edit", "setup.read"))
