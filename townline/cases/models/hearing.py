"""What the customer says of their own accord: more about the case, that it is not solved, or long after its end."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.models import Municipality
from townline.cases.models.links import Link
from townline.cases.models.moves import Moving
from townline.cases.models.states import Outcome, Status
from townline.cases.models.talk import Message
from townline.cases.models.waits import Wait
from townline.core.refusals import NotPossible
from townline.core.verbs import verb

MOST_DISPUTES = 2
"""So often a customer may say that it is not solved; afterwards a person has to speak with them."""


class Hearing(Moving):
    """Hearing from the customer on the page where they track their case."""

    class Meta:
        abstract = True

    @verb
    def add(self, *, by: Any, text: str) -> Any:
        """The customer adds something; what waited for them goes on, and a case long over is followed by a new one.

        The case that holds it now is returned: this one, the one it goes on in, or the new one.
        """
        if self.survivor_id:
            return self.survivor.add(by=by, text=text)
        if self.is_long_over:
            return self.follow_up(by=by, text=text, channel="web", received_at=timezone.now())
        message = self._hear(by, text)
        waited = (
            self.status == Status.WAITING and self.waits.filter(ended_at=None, reason=Wait.Reason.CUSTOMER).exists()
        )
        if waited:
            self._move_to(Status.OPEN)
            self._stop_waiting()
        self.save()
        self.record("added", by=by, message=message.pk, resumed=waited)
        return self

    @verb
    def dispute(self, *, by: Any, text: str) -> None:
        """The customer says that it is not solved: as the municipality decides, it is opened again or looked at."""
        why_not = self.why_no_dispute
        if why_not:
            raise NotPossible(why_not)
        message = self._hear(by, text)
        before, policy = self.outcome, _municipality().not_solved
        self.disputes += 1
        if policy == Municipality.NotSolved.REOPEN:
            self._begin_again()
        self.save()
        self.record("disputed", by=by, message=message.pk, policy=str(policy), outcome=before, time=self.disputes)

    @property
    def why_no_dispute(self) -> str:
        """Why the customer cannot say now that it is not solved; empty when they can."""
        if self.status != Status.CLOSED or self.outcome == Outcome.MERGED:
            return _("This request is still open. Write to us on its page instead.")
        if self.is_long_over:
            return _("This request ended too long ago. Write to us on its page: we then begin a new one about it.")
        if self.disputes >= MOST_DISPUTES:
            return _("You have told us so already. Call us, so that somebody speaks with you about it.")
        return ""

    @property
    def grace_until(self) -> datetime | None:
        """Until when what is said about an ended case still belongs to it."""
        return self.closed_at + timedelta(days=_municipality().grace_days) if self.closed_at else None

    @property
    def is_long_over(self) -> bool:
        """Did it end so long ago that what is said now is a matter of its own?"""
        until = self.grace_until
        return self.status == Status.CLOSED and until is not None and until < timezone.now()

    def follow_up(self, *, by: Any, text: str, channel: str, received_at: datetime, customer: Any = None) -> Any:
        """A new case about the same thing, tied to this one, which ended long ago: with promises of its own."""
        whose = customer or self.customer
        point = self.contact_point if whose == self.customer else whose.contact_points.order_by("id").first()
        new = self.beginning(
            self.service.department, channel=channel, received_at=received_at, customer=whose,
            contact_point=point,
        )  # fmt: skip
        told = ("acknowledge",) if channel in ("web", "phone", "counter") else ()
        new.start_clocks(received_at, kept=told)
        Link.objects.create(case_id=self.pk, other=new, kind=Link.Kind.FOLLOW_UP, by=by)
        contact = new.keep_contact(by=by, channel=channel, text=text, customer=new.customer, received_at=received_at)
        new.record(
            "received", by=by, happened_at=received_at, channel=str(channel), service=self.service.pk,
            department=new.department_id, interaction=contact.pk, after=self.pk,
        )  # fmt: skip
        self.record("followed_up", by=by, other=new.pk)
        return new

    def _hear(self, by: Any, text: str) -> Message:
        message: Message = self.messages.create(
            by=by, text=text, language=self.language, direction=Message.Direction.IN
        )
        return message


def _municipality() -> Municipality:
    return Municipality.objects.first() or Municipality()
