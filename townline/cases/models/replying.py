"""Replies that are owed to somebody beside the customer: the parts above know to whom."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from townline.cases.models.promises import REPLY, Promised
from townline.catalogue.models import Standard
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class Replying(Promised):
    """Owing a reply, and having given it."""

    class Meta:
        abstract = True

    @verb
    def promise_reply(self, *, by: Any, step: str, standard: Standard, started_at: datetime) -> None:
        """A reply is owed within this standard's time, beside what the customer was promised."""
        if not step.startswith(REPLY):
            raise NotPossible(_("This is not a reply."))
        self._must_be_open()
        self.start_step_clock(
            step, label=standard.name, amount=standard.amount, unit=standard.unit, calendar=standard.calendar,
            started_at=started_at,
        )  # fmt: skip
        self.save()
        self.record("reply_promised", by=by, step=step, standard=standard.pk)

    @verb
    def keep_reply(self, *, by: Any, step: str) -> None:
        """The reply was given; where its clock has stopped already, nothing changes."""
        if self.keep_step(step):
            self.save()
            self.record("reply_kept", by=by, step=step)
