"""Starting, keeping and reckoning the clocks of a case, and the nearest of them on the case."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from townline.accounts.models import Calendar, CalendarVersion
from townline.cases.models.clocks import RECKONED, Clock
from townline.cases.models.merged_clocks import waits_by_clock
from townline.cases.models.moves import Moving
from townline.cases.models.states import NEVER, Status
from townline.cases.models.weather import Weather
from townline.catalogue.models import Standard
from townline.core.promise import Terms, Wait, anew_from, due_of
from townline.core.refusals import NotPossible
from townline.core.verbs import verb

REPLY = "reply-"
"""How the steps begin by which somebody beside the customer is promised a reply."""


class Promised(Moving):
    """The promises of a case."""

    class Meta:
        abstract = True

    def start_clocks(
        self, started_at: datetime, *, only: Iterable[str] = Standard.Promise.values, kept: Iterable[str] = ()
    ) -> None:
        """Begin the promises that the catalogue makes for this case; `kept` ones are fulfilled at once.

        A new case is saved here, once, with the nearest of them.
        """
        clocks = [] if self.pk is None else list(self.clocks.filter(ended_at=None))
        version_of = versions()
        standards = Standard.objects.promised_for(self.service, priority=self.priority, channel=self.channel)
        for standard in standards:
            if standard.promise in only:
                clock = self._clock(standard, started_at, version_of(standard.calendar or self.department.calendar))
                if standard.promise in kept:
                    clock.end(started_at, Clock.Ending.KEPT, [])
                clocks.append(clock)
        self._show_nearest(clocks)
        if self.pk is None:
            self.save()
        Clock.objects.bulk_create([clock for clock in clocks if clock.pk is None])

    def start_step_clock(
        self,
        step: str,
        *,
        label: Any = "",
        amount: int | None = None,
        unit: str = Standard.Unit.BUSINESS_DAYS,
        calendar: Calendar | None = None,
        is_legal: bool = False,
        started_at: datetime | None = None,
    ) -> Clock | None:
        """Begin the promise of one step; without an amount, the one that the standards make for it, if any.

        Called from a verb that holds the case; the verb saves it. A legal one
        never pauses. `label` is what staff and customers read, in both languages.
        """
        started_at = started_at or timezone.now()
        if self.clocks.filter(step=step, ended_at=None).exists():
            raise NotPossible(_("The clock of this step is running already."))
        promised = (
            Standard.objects.promised_step(self.service, step, priority=self.priority, channel=self.channel)
            if amount is None
            else Standard(promise="step", amount=amount, unit=unit, calendar=calendar, is_legal=is_legal)
        )
        if promised is None:
            return None
        version = CalendarVersion.of(promised.calendar or self.department.calendar)
        clock = self._clock(promised, started_at, version)
        clock.step, clock.step_label = step, label or promised.name
        clock.reckon(self._waited())
        clock.save()
        self._show_nearest()
        return clock

    def keep_step(self, step: str) -> bool:
        """This step is done: its clock stops, if one is running; whether one was."""
        return self._end(Clock.Ending.KEPT, step=step)

    def drop_step(self, step: str) -> bool:
        """This step is not called for any more: its clock stops and counts neither as kept nor as late."""
        return self._end(Clock.Ending.DROPPED, step=step)

    def keep(self, *promises: str) -> None:
        """These promises are fulfilled now; their clocks stop."""
        self._end(Clock.Ending.KEPT, promise__in=promises)

    def keep_replies(self) -> None:
        """Whoever was promised a reply of their own hears of the end."""
        self._end(Clock.Ending.KEPT, step__startswith=REPLY)

    def drop_steps(self) -> None:
        """Whatever steps are still to be done are not called for any more."""
        self._end(Clock.Ending.DROPPED, promise=Standard.Promise.STEP)

    def reckon(self) -> None:
        """Work out every running clock again from the waits."""
        running = self._running()
        waits = waits_by_clock(self, running, self._waited())
        for clock in running:
            clock.reckon(waits[clock.pk])
        Clock.objects.bulk_update(running, RECKONED)
        self._show_nearest(running)

    def promise_anew(self) -> list[str]:
        """Promise what the standards say for the case as it is now; the promises that changed.

        The clock of a promise that changes ends as replaced, and a new one runs.
        What was kept already is not promised again, and what no standard speaks
        of any more stays as it was promised.
        """
        now, waits = timezone.now(), self._waited()
        running = {(clock.promise, clock.step): clock for clock in self._running()}
        had = set(self.clocks.values_list("promise", flat=True))
        version_of = versions()
        changed = []
        for standard in self._standards(running.values()):
            version = version_of(standard.calendar or self.department.calendar)
            clock = running.get((standard.promise, standard.step))
            fresh = self._anew(clock, standard, version, now, waits) if clock else None
            if clock is None and standard.promise not in had:
                fresh = self._clock(standard, now, version)
            if fresh:
                fresh.reckon(waits)
                changed.append(fresh)
        Clock.objects.bulk_update(
            [clock for clock in running.values() if clock.ended_at], [*RECKONED, "ended_at", "ending"]
        )
        Clock.objects.bulk_create(changed)
        self._show_nearest()
        return [clock.step or clock.promise for clock in changed]

    def _standards(self, running: Iterable[Clock]) -> list[Standard]:
        """What is promised now; of steps, those that are running by a standard."""
        now_promised = Standard.objects.promised_for(self.service, priority=self.priority, channel=self.channel)
        for clock in running:
            if clock.step and clock.standard_id:
                step = Standard.objects.promised_step(
                    self.service, clock.step, priority=self.priority, channel=self.channel
                )
                now_promised += [step] if step else []
        return now_promised

    def _anew(
        self, clock: Clock, standard: Standard, version: CalendarVersion, now: datetime, waits: list[Wait]
    ) -> Clock | None:
        """The clock that takes this one's place, which ends; None when the promise stays."""
        if clock.standard_id == standard.pk:
            return None
        terms = Terms(standard.amount, standard.unit, version.opening_hours, frozenset(standard.paused_by))
        old_due_at = due_of(clock.terms, clock.begun_at, waits, ended_at=now)
        start: datetime | None = clock.started_at
        if old_due_at and clock.begun_at:
            start = anew_from(now, old_due_at, clock.begun_at, terms, waits)
        if start is None:
            return None
        start = clock.started_at if start == clock.begun_at else start
        clock.end(now, Clock.Ending.REPLACED, waits)
        fresh = self._clock(standard, start, version)
        fresh.step, fresh.step_label = clock.step, clock.step_label
        return fresh

    @verb
    def begin(self, *, by: Any, weather: Weather) -> None:
        """The weather event is over that held promises of this case: their time has begun with its end."""
        self.reckon()
        self.save()
        self.record("begun", by=by, weather=weather.pk)

    @verb
    def reckon_anew(self, *, by: Any) -> None:
        """Store again what follows from the history of the promises, where something else was stored."""
        self.reckon()
        self.save()
        self.record("reckoned", by=by)

    def _clock(self, standard: Standard, started_at: datetime, version: CalendarVersion) -> Clock:
        clock = Clock(
            case=cast("Any", self),
            promise=standard.promise,
            standard=standard if standard.pk else None,
            amount=standard.amount,
            unit=standard.unit,
            calendar_version=version,
            is_legal=standard.is_legal,
            pauses_for=standard.paused_by,
            started_at=started_at,
            weather=Weather.objects.covering(started_at).first() if standard.is_winter else None,
        )
        clock.reckon([])
        return clock

    def _end(self, ending: str, **which: Any) -> bool:
        now = timezone.now()
        ended = list(self.clocks.filter(ended_at=None, **which).select_related("calendar_version", "weather"))
        still = [clock for clock in ended if clock.due_at is None]
        waits = waits_by_clock(self, still, self._waited()) if still else {}
        for clock in ended:
            clock.end(now, ending, waits.get(clock.pk, []))
        Clock.objects.bulk_update(ended, [*RECKONED, "ended_at", "ending"])
        self._show_nearest()
        return bool(ended)

    def _running(self) -> list[Clock]:
        return list(self.clocks.filter(ended_at=None).select_related("calendar_version", "weather"))

    def _waited(self) -> list[Wait]:
        return [Wait(*row) for row in self.waits.order_by("began_at").values_list("reason", "began_at", "ended_at")]

    def _show_nearest(self, running: list[Clock] | None = None) -> None:
        if self.status == Status.CLOSED:
            return
        clocks = self.clocks.filter(ended_at=None) if running is None else running
        dues = sorted((clock.due_at, clock.promise) for clock in clocks if clock.is_running and clock.due_at)
        self.due_at, self.due_kind = dues[0] if dues else (NEVER, "")


def versions() -> Callable[[Calendar], CalendarVersion]:
    """The version of each calendar that is asked for, each looked for once."""
    known: dict[int, CalendarVersion] = {}

    def version_of(calendar: Calendar) -> CalendarVersion:
        if calendar.pk not in known:
            known[calendar.pk] = CalendarVersion.of(calendar)
        return known[calendar.pk]

    return version_of
