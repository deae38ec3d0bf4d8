"""A case that goes into other hands: another queue, back to the common one, on to the next step."""

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from townline.cases.models.moves import Moving
from townline.cases.ways import asked_of
from townline.core.refusals import NotPossible
from townline.core.verbs import verb
from townline.routing.models import Queue, Step
from townline.routing.rules import NEXT
from townline.routing.sending import Sent, send

SHORT = 200


class HandingOver(Moving):
    """Handing over, giving back, sending on."""

    class Meta:
        abstract = True

    @verb
    def hand_over(self, *, by: Any, queue: Queue, reason: str) -> None:
        """Give the case to another department, or to another queue of the same one, and say why."""
        self._must_still_be_for(by, "hand_over")
        self._must_be_open()
        if queue.pk == self.queue_id:
            raise NotPossible(_("The case is in this queue already."))
        if not queue.is_active or not queue.department.is_active:
            raise NotPossible(_("%(queue)s is not in use any more.") % {"queue": queue})
        before, was = self.queue_id, self.department_id
        note = self._explain(by, reason)
        self._put_into(queue)
        self.assignee = None
        self.route = {}
        self.save()
        self.record(
            "handed_over", by=by, queue=queue.pk, before=before, department=self.department_id, was=was, note=note
        )

    @verb
    def give_back(self, *, by: Any, reason: str) -> None:
        """Put the case back into its queue for a colleague to take, and say why."""
        self._must_still_be_for(by, "give_back")
        self._must_be_open()
        if self.assignee_id is None:
            raise NotPossible(_("Nobody has this case."))
        before = self.assignee_id
        note = self._explain(by, reason)
        self.assignee = None
        self.save()
        self.record("given_back", by=by, before=before, note=note)

    @verb
    def send_on(self, *, by: Any) -> None:
        """This step is done: the case goes to whoever does the next one, by the routing rules."""
        self._must_still_be_for(by, "send_on")
        self._must_be_open()
        sent, before = self.next_way(), self.queue_id
        self.stage = sent.step
        self.route = sent.decision
        if sent.queue.pk != before:
            self._put_into(sent.queue)
            self.assignee = None
        self.why_here = ""
        self.save()
        rule = sent.rule.code if sent.rule else ""
        self.record(
            "sent_on", by=by, step=self.stage, queue=self.queue_id, before=before, department=self.department_id,
            version=sent.version, rule=rule,
        )  # fmt: skip

    def next_way(self) -> Sent:
        """Where the case goes for its next step, and why; refuses when there is none."""
        step = NEXT.get(Step(self.stage))
        if step is None:
            raise NotPossible(_("There is no further step: the work is being done."))
        return send(asked_of(self), step)

    def _put_into(self, queue: Queue) -> None:
        self.queue = queue
        self.department = queue.department

    def _explain(self, by: Any, reason: str) -> int:
        """The reason as a note, and shortened on the case, so that a list can say it."""
        self.why_here = Truncator(" ".join(reason.split())).chars(SHORT)
        return int(self.notes.create(by=by, text=reason).pk)
