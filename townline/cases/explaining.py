"""What a promise says of itself to staff: from when it counts, by what, what it stood still for, who was told."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from townline.cases.beside import as_moment, stands_beside
from townline.cases.models import Case, Clock
from townline.cases.models import Wait as Waited
from townline.catalogue.models import Priority, Reason, Standard, within
from townline.channels.models import Channel
from townline.core.promise import Wait
from townline.ui.moments import day, moment, span

MOST = 50


@stands_beside("waits", reason="reason", began_at="began_at", ended_at="ended_at")
def _waits(case: Case, user: Any) -> "QuerySet[Any]":
    """What the case has waited for."""
    return Waited.objects.filter(case=case.pk)


def waits_of(rows: Iterable[dict[str, Any]]) -> list[Wait]:
    """The waits as they stand beside a case, in order."""
    found = [
        Wait(row["reason"], as_moment(row["began_at"]), as_moment(row["ended_at"]) if row["ended_at"] else None)
        for row in rows
    ]
    return sorted(found, key=lambda wait: wait.began_at)


def explained(clock: Clock, case: Case, waits: list[Wait]) -> list[str]:
    """The whole reckoning of one promise, a sentence each."""
    said = [*_given(clock, case), *_stood_still(clock, waits), *_told(clock), *_ended(clock)]
    return [sentence[:-1] if sentence.endswith("..") else sentence for sentence in said]


def _given(clock: Clock, case: Case) -> Iterator[str]:
    yield _("Promised from %(when)s: %(within)s.") % {
        "when": moment(clock.started_at), "within": within(clock.amount, clock.unit),
    }  # fmt: skip
    if clock.weather:
        over = clock.weather.ended_at
        yield (
            _("It counts from %(when)s, when the declared weather event was over.") % {"when": moment(over)}
            if over
            else _("Its time begins when the declared weather event is declared over.")
        )
    if clock.standard:
        yield _("The standard is “%(name)s”, %(for_what)s.") % {
            "name": clock.standard.name, "for_what": particular(clock.standard, case),
        }  # fmt: skip
    version = clock.calendar_version
    yield _("Reckoned by the calendar “%(name)s” as it was on %(day)s, also if it has changed since.") % {
        "name": version.calendar.name, "day": day(version.began_at),
    }  # fmt: skip


def particular(standard: Standard, case: Case) -> str:
    """What the standard is for, which is why it holds and no more general one does."""
    found = [_("for everything")]
    if standard.service_id:
        found = [_("for the service “%(service)s”") % {"service": case.service.name}]
    elif standard.kind:
        found = [_("for this kind of case")]
    if standard.priority:
        found += [_("for the priority “%(priority)s”") % {"priority": Priority(standard.priority).label}]
    if standard.channel in Channel.values:
        found += [_("for the channel “%(channel)s”") % {"channel": Channel(standard.channel).label}]
    return ", ".join(found)


def _stood_still(clock: Clock, waits: list[Wait]) -> Iterator[str]:
    if clock.is_legal:
        yield _("It never pauses: the time is set from outside the municipality.")
        return
    reading = clock.reading(waits, max(timezone.now(), clock.started_at))
    for reason, began_at, ended_at in reading.waits[:MOST]:
        said = {"reason": Reason(reason).label, "from": moment(began_at), "to": moment(ended_at) if ended_at else ""}
        yield (
            _("It stood still from %(from)s to %(to)s. %(reason)s.") % said
            if ended_at
            else _("It stands still since %(from)s. %(reason)s.") % said
        )


def _told(clock: Clock) -> Iterator[str]:
    stages = (
        (Clock.Told.SOON, clock.soon_at, _("Staff were told that it is soon due, on %(when)s.")),
        (Clock.Told.LATE, clock.late_at, _("Staff were told that it is overdue, on %(when)s.")),
        (Clock.Told.LATER, clock.later_at, _("Staff were told that it is still overdue, on %(when)s.")),
    )
    for stage, at, sentence in stages:
        if at and clock.told >= stage:
            yield sentence % {"when": moment(at)}
    if clock.next_at:
        yield _("Staff are told next on %(when)s.") % {"when": moment(clock.next_at)}


def _ended(clock: Clock) -> Iterator[str]:
    if clock.ended_at is None:
        return
    if clock.ending == Clock.Ending.REPLACED:
        yield _("On %(when)s another promise took its place.") % {"when": moment(clock.ended_at)}
    elif clock.ending == Clock.Ending.DROPPED:
        yield _("Since %(when)s it is not called for any more.") % {"when": moment(clock.ended_at)}
    elif clock.is_kept or clock.due_at is None:
        yield _("Fulfilled on %(when)s, in time.") % {"when": moment(clock.ended_at)}
    else:
        late = {"when": moment(clock.ended_at), "span": span(clock.ended_at - clock.due_at)}
        yield _("Fulfilled on %(when)s, %(span)s late.") % late
