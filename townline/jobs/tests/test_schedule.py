"""Periodic jobs: each slot once, also where the clocks change."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from townline.jobs import schedule
from townline.jobs.models import Job, State
from townline.jobs.schedule import Periodic, enqueue_slots, periodic
from townline.jobs.tests import work
from townline.jobs.worker import run_due

HOURLY = Periodic(work.note, timedelta(hours=1), ())


def nightly(at: str) -> Periodic:
    return Periodic(work.note, None, (time.fromisoformat(at),))


def slots(one: Periodic, start: datetime, hours: int) -> list[str]:
    """The slots that a worker sees which looks every five minutes, in order and without repeats."""
    moments = [start + timedelta(minutes=5 * step) for step in range(hours * 12)]
    return list(dict.fromkeys(one.slot(now).partition("@")[2] for now in moments))


@pytest.fixture
def only_hourly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(schedule, "_periodic", {work.note.module_path: HOURLY})
    return


def test_an_interval_begins_anew_at_each_full_span() -> None:
    seen = slots(HOURLY, datetime(2027, 2, 1, 12, 30, tzinfo=UTC), hours=2)

    assert seen == [f"2027-02-01T{hour}:00:00+00:00" for hour in (12, 13, 14)]


@pytest.mark.parametrize(
    ("at", "start"),
    [("02:30", datetime(2027, 3, 13, 12, tzinfo=UTC)), ("01:30", datetime(2027, 11, 6, 12, tzinfo=UTC))],
    ids=["the hour that is left out in spring", "the hour that comes twice in autumn"],
)
def test_a_time_of_day_comes_once_on_each_date(at: str, start: datetime) -> None:
    seen = slots(nightly(at), start, hours=72)

    dates = [(start - timedelta(hours=12) + timedelta(days=day)).date().isoformat() for day in range(4)]
    assert seen == [f"{date}T{at}" for date in dates]


@pytest.mark.django_db
def test_two_workers_queue_a_slot_once(only_hourly: None) -> None:
    now = timezone.now()

    assert enqueue_slots(now, {}) == 1
    assert enqueue_slots(now, {}) == 0
    Job.objects.update(state=State.DONE, finished_at=now)
    assert enqueue_slots(now, {}) == 0


@pytest.mark.django_db
def test_what_was_missed_while_no_worker_ran_is_made_up_for_once(only_hourly: None) -> None:
    with time_machine.travel("2027-02-01 12:10 +0000", tick=False) as clock:
        enqueue_slots(timezone.now(), {})
        Job.objects.update(state=State.DONE, finished_at=timezone.now())
        clock.shift(timedelta(days=3))

        assert enqueue_slots(timezone.now(), {}) == 1
        assert Job.objects.live().get().slot.endswith("@2027-02-04T12:00:00+00:00")


@pytest.mark.django_db
def test_a_slot_waits_for_the_one_before_it(only_hourly: None) -> None:
    with time_machine.travel("2027-02-01 12:10 +0000", tick=False) as clock:
        seen: dict[str, str] = {}
        enqueue_slots(timezone.now(), seen)
        clock.shift(timedelta(hours=1))
        assert enqueue_slots(timezone.now(), seen) == 0

        Job.objects.update(state=State.DONE, finished_at=timezone.now())

        assert enqueue_slots(timezone.now(), seen) == 1


def test_a_periodic_job_has_an_interval_or_times() -> None:
    with pytest.raises(ValueError, match="either"):
        periodic()
    with pytest.raises(ValueError, match="either"):
        periodic(every=timedelta(hours=1), at=["02:30"])


@pytest.mark.django_db
def test_what_is_done_is_forgotten_after_a_week() -> None:
    now = timezone.now()
    long_ago = now - timedelta(days=8)
    Job.objects.create(task="old", state=State.DONE, finished_at=long_ago)
    Job.objects.create(task="discarded", state=State.DISCARDED, finished_at=long_ago)
    Job.objects.create(task="recent", state=State.DONE, finished_at=now)
    Job.objects.create(task="dead", state=State.DEAD, finished_at=long_ago)
    Job.objects.create(task="latest slot", slot=schedule.periodic_jobs()[0].slot(now), state=State.DONE,
                       finished_at=long_ago)  # fmt: skip

    schedule.trim.enqueue()
    run_due()

    kept = Job.objects.exclude(task=schedule.trim.module_path).values_list("task", flat=True)
    assert sorted(kept) == ["dead", "latest slot", "recent"]
