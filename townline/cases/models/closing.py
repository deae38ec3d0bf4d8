"""How a case ends, and how it begins again."""

from typing import Any

from django.utils import timezone

from townline.cases.models.moves import Moving
from townline.cases.models.states import AFTER_ALL, Outcome, Status
from townline.core.verbs import verb


class Closing(Moving):
    """Closing with an outcome and words for the customer; reopening."""

    class Meta:
        abstract = True

    @verb
    def close(self, *, by: Any, outcome: str, words: str) -> None:
        """Finish the case with an outcome, and tell the customer in plain words what was done or why not."""
        was_waiting = self.status == Status.WAITING
        self._move_to(Status.CLOSED)
        if was_waiting:
            self._stop_waiting()
        message = self._say(by=by, text=words)
        self.keep("acknowledge", by=by)
        self.keep("answer", by=by)
        self.keep("outcome", by=by)
        self.outcome = Outcome(outcome)
        self.closed_at = timezone.now()
        self.due_at = AFTER_ALL
        self.due_kind = ""
        self.save()
        self.record("closed", by=by, outcome=self.outcome, message=message.pk)

    @verb
    def reopen(self, *, by: Any) -> None:
        """Go on with a case that was closed; a fresh promise of the outcome begins."""
        self._move_to(Status.OPEN)
        before = self.outcome
        self.outcome = ""
        self.closed_at = None
        self.start_clocks(timezone.now(), only=("outcome",))
        self.save()
        self.record("reopened", by=by, outcome=before)
