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
from townline.ui.moments import moment


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
        for_followers: bool = False,
        over_parts: bool = False,
    ) -> None:
        """Finish the case with an outcome, and tell the customer in plain words what was done or why not.

        Followers hear that it has ended, and the words only when they are meant for them too.
        """
        self._must_not_be_closed_already()
        self._must_still_be_for(by, "close")
        self._must_not_leave_parts(over_parts)
        was_waiting = self.status == Status.WAITING
        self._move_to(Status.CLOSED)
        if was_waiting:
            self._stop_waiting()
        message = self._say(by=by, text=words, language=language, to=to, template=template, for_followers=for_followers)
        self._end_drafts(drafts)
        self.keep(Standard.Promise.ACKNOWLEDGE, Standard.Promise.ANSWER, Standard.Promise.OUTCOME)
        self.keep_replies()
        self.drop_steps()
        self.outcome = Outcome(outcome)
        self.closed_at = timezone.now()
        self.due_at = AFTER_ALL
        self.due_kind = ""
        self.save()
        self.record("closed", by=by, outcome=self.outcome, message=message.pk)
        self._tell_the_whole(by)

    @verb
    def reopen(self, *, by: Any) -> None:
        """Go on with a case that was closed; a fresh promise of the outcome begins."""
        if self.status != Status.CLOSED:
            raise NotPossible(_("This case is not closed."))
        if self.survivor_id:
            raise NotPossible(_("This case goes on in another. Take it out of that one first."))
        before = self.outcome
        self._begin_again()
        self.save()
        self.record("reopened", by=by, outcome=before)

    def _begin_again(self) -> None:
        self._move_to(Status.OPEN)
        self.outcome = ""
        self.closed_at = None
        self.start_clocks(timezone.now(), only=("outcome",))

    def _must_not_be_closed_already(self) -> None:
        """Of two who close it at once, the second learns who was first."""
        if self.status != Status.CLOSED:
            return
        ended = self.events.filter(name="case.closed").select_related("by").order_by("-id").first()
        if ended is None:
            raise NotPossible(_("This case is closed already."))
        said = {"name": ended.by, "when": moment(ended.at)}
        raise NotPossible(_("%(name)s closed this case before you (%(when)s). Nothing of yours was sent.") % said)
