"""What every trait of a case may lean on: the state machine and the stamp of a change."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.models.states import MOVES, Status
from townline.core.access import may
from townline.core.refusals import NotAllowed, NotPossible
from townline.routing.models import Queue


def not_in_future(received_at: datetime | None) -> datetime:
    """When something reached us; now, when nothing else is said."""
    now = timezone.now()
    if received_at and received_at > now:
        raise NotPossible(_("It cannot have been received in the future."))
    return received_at or now


class Moving(models.Model):
    """The private step that changes the status; the table `MOVES` is the whole workflow."""

    if TYPE_CHECKING:
        status: Any
        assignee: Any
        customer: Any
        contact_point: Any
        assignee_id: Any
        department: Any
        department_id: Any
        queue: Any
        queue_id: Any
        stage: Any
        route: Any
        why_here: Any
        place_label: Any
        received_at: Any
        _give_to: Any
        service: Any
        language: Any
        is_confidential: Any
        outcome: Any
        changed_at: Any
        closed_at: Any
        due_at: Any
        due_kind: Any
        clocks: Any
        interactions: Any
        messages: Any
        notes: Any
        enclosures: Any
        unsent: Any
        waits: Any
        get_status_display: Any
        record: Any
        keep: Any
        drop_steps: Any
        keep_replies: Any
        promise_anew: Any
        priority: Any
        road_class: Any
        channel: Any
        reckon: Any
        parent: Any
        parent_id: Any
        parts: Any
        hidings: Any
        disposed_at: Any
        survivor: Any
        survivor_id: Any
        followers: Any
        links: Any
        events: Any
        customer_id: Any
        disputes: Any
        is_long_over: Any
        follow_up: Any
        keep_contact: Any
        beginning: Any
        _begin_again: Any
        _show_nearest: Any
        _must_not_leave_parts: Any
        _tell_the_whole: Any
        start_clocks: Any
        _end: Any
        _clock: Any
        _waited: Any
        steps: Any
        drafts: Any
        merged: Any
        reference: Any
        subject: Any
        is_public: Any
        latitude: Any
        longitude: Any
        source_number: Any
        kind: Any
        service_id: Any
        form_version: Any
        answers: Any
        refilings: Any
        redirections: Any
        close: Any
        get_kind_display: Any
        _say: Any
        _enclose: Any
        _end_drafts: Any
        _stop_waiting: Any
        _tell: Any
        keep_step: Any
        drop_step: Any
        start_step_clock: Any
        expect_first_step: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stamp the change; what is not in a queue yet goes into the one of its department, so that nothing floats."""
        self.changed_at = timezone.now()
        if self.queue_id is None:
            self.queue = Queue.objects.default_of(self.department)
        super().save(*args, **kwargs)

    def _put_into_department(self, department: Any) -> None:
        """Into another department's own queue; what sent it elsewhere before says nothing any more."""
        self.department, self.queue, self.route = department, Queue.objects.default_of(department), {}

    def _move_to(self, status: Status) -> None:
        if status not in MOVES[Status(self.status)]:
            raise NotPossible(
                _("A case that is “%(now)s” cannot become “%(next)s”.")
                % {"now": self.get_status_display(), "next": status.label}
            )
        self.status = status

    def _must_still_be_for(self, by: Any, verb: str) -> None:
        """The page asked before the lock was taken; where having the case is the right, ask the fresh row again."""
        if by.kind != by.Kind.SYSTEM and not may(by, verb, self):
            raise NotAllowed(_("This case is somebody else’s now."))

    def _must_be_open(self) -> None:
        if self.status == Status.CLOSED:
            raise NotPossible(_("This case is closed. Reopen it first."))
