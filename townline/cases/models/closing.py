"""How a case ends, and how it begins again."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.models.moves import Moving
from townline.cases.models.states import AFTER_ALL, Outcome, Status
from townline.cases.models.talk import Drafts
from townline.catalogue.models import Standard
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class Closing(Moving):
    """Closing with an outcome and words for the customer; reopening."""

    class Meta:
        abstract = True

    @verb
    def close(
        self,
        *,
        by: Any,
        outcome: str,
        words: str,
        language: str = "",
        to: Any = None,
        template: Any = None,
        drafts: Drafts = (),
    ) -> None:
        """Finish the case with an outcome, and tell the customer in plain words what was done or why not."""
        self._must_still_be_for(by, "close")
        was_waiting = self.status == Status.WAITING
        self._move_to(Status.CLOSED)
        if was_waiting:
            self._stop_waiting()
        message = self._say(by=by, text=words, language=language, to=to, template=template)
        self._end_drafts(drafts)
        self.keep(Standard.Promise.ACKNOWLEDGE, Standard.Promise.ANSWER, Standard.Promise.OUTCOME)
        self.drop_steps()
        self.outcome = Outcome(outcome)
        self.closed_at = timezone.now()
        self.due_at = AFTER_ALL
        self.due_kind = ""
        self.save()
        self.record("closed", by=by, outcome=self.outcome, message=message.pk)

    @verb
    def reopen(self, *, by: Any) -> None:
        """Go on with a case that was closed; a fresh promise of the outcome begins."""
        if self.status != Status.CLOSED:
            raise NotPossible(_("This case is not closed."))
        self._move_to(Status.OPEN)
        before = self.outcome
        self.outcome = ""
        self.closed_at = None
        self.start_clocks(timezone.now(), only=("outcome",))
        self.save()
        self.record("reopened", by=by, outcome=before)
