"""A confidential case as the parts above lead it: who has it, what is promised, how it ends.

What is said on such a case lies in the vault, so the ordinary verbs, which keep words in plain columns, are not for it.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.models import CalendarVersion
from townline.cases.models.access import CaseAccess
from townline.cases.models.clocks import Clock
from townline.cases.models.moves import Moving
from townline.cases.models.states import AFTER_ALL, NEVER, Outcome, Status
from townline.catalogue.models import Standard
from townline.core.refusals import NotPossible
from townline.core.verbs import verb


class Confiding(Moving):
    """Entrusting, promising and settling a confidential case; the verbs of the part above have asked who may."""

    class Meta:
        abstract = True

    @verb
    def entrust(self, *, by: Any, to: Any) -> None:
        """Give the case to one person; whoever had it before loses sight of it at once."""
        self._must_be_confidential()
        now = timezone.now()
        CaseAccess.objects.filter(case=self.pk).exclude(user=to).live(now).update(until=now)
        if not CaseAccess.objects.filter(case=self.pk, user=to).live(now).exists():
            CaseAccess.objects.create(case_id=self.pk, user=to)
        if self.status == Status.NEW:
            self._move_to(Status.OPEN)
        self.assignee = to
        self.save()
        self.record("entrusted", by=by, to=to.pk)

    @verb
    def promise(self, *, by: Any, promises: Iterable[tuple[str, int, str]], step: str = "", label: Any = "") -> None:
        """Give fresh promises, (promise, amount, unit) each, instead of those that run; one that is late stays late.

        The promise of a step says which step it is, and what it is called.
        """
        self._must_be_confidential()
        self._must_be_open()
        now = timezone.now()
        self._end(Clock.Ending.KEPT, due_at__lt=now)
        self._end(Clock.Ending.REPLACED)
        version = CalendarVersion.of(self.department.calendar)
        fresh = [
            self._clock(Standard(promise=promise, amount=amount, unit=unit), now, version)
            for promise, amount, unit in promises
        ]
        for clock in (one for one in fresh if one.promise == Standard.Promise.STEP):
            clock.step, clock.step_label = step, label
        Clock.objects.bulk_create(fresh)
        self._show_nearest()
        self.save()
        self.record("promised", by=by, promises=[clock.promise for clock in fresh])

    @verb
    def fulfil(self, *promises: str, by: Any) -> None:
        """Keep these promises: their clocks stop."""
        self._must_be_confidential()
        self.keep(*promises)
        self.save()
        self.record("fulfilled", by=by, promises=list(promises))

    @verb
    def lengthen(self, *, by: Any, promise: str, amount: int) -> None:
        """Make a running promise longer, counted from its own beginning."""
        self._must_be_confidential()
        clock = self.clocks.filter(promise=promise, ended_at=None).select_related("calendar_version").first()
        if clock is None:
            raise NotPossible(_("No promise is running."))
        clock.amount += amount
        clock.reckon(self._waited())
        clock.save()
        self._show_nearest()
        self.save()
        self.record("lengthened", by=by, promise=promise, until=clock.due_at.isoformat() if clock.due_at else "")

    @verb
    def settle(self, *, by: Any, outcome: str) -> None:
        """End a confidential case; what was decided is said in its letter."""
        self._must_be_confidential()
        self._move_to(Status.CLOSED)
        self.drop_steps()
        self.keep(*Standard.Promise.values)
        self.outcome = Outcome(outcome)
        self.closed_at = timezone.now()
        self.due_at = AFTER_ALL
        self.due_kind = ""
        self.save()
        self.record("settled", by=by, outcome=self.outcome)

    @verb
    def revive(self, *, by: Any) -> None:
        """Open an ended confidential case again."""
        self._must_be_confidential()
        self._move_to(Status.OPEN)
        self.outcome, self.closed_at, self.due_at = "", None, NEVER
        self.save()
        self.record("revived", by=by)

    def _must_be_confidential(self) -> None:
        if not self.is_confidential:
            raise NotPossible(_("This case is not confidential."))
