"""A worker that is killed in the middle of a disposition: nothing is half gone, and the next one goes on."""

from typing import Any

import pytest

from townline.cases.models import Case
from townline.jobs.tests.conftest import apart  # noqa: F401
from townline.records.choosing import propose
from townline.records.models import Disposition, Item
from townline.records.tests.doings import fay, over, schedule
from townline.timeline.models import Event

CASES = 30


def gone() -> int:
    return Item.objects.using("apart").filter(state=Item.State.GONE).count()


@pytest.mark.django_db(transaction=True)
def test_a_disposition_survives_a_kill(town: Any, request: pytest.FixtureRequest) -> None:
    for _ in range(CASES):
        over(town)
    made = propose(schedule(town), by=town.dana)
    made.approve(by=fay(town))
    made.approve(by=town.dana)
    house = request.getfixturevalue("apart")

    first = house.worker()
    house.wait_until(lambda: gone() >= 3)
    house.kill(first)
    half = gone()
    assert Case.objects.using("apart").exclude(disposed_at=None).count() == half
    house.worker()
    house.wait_until(lambda: Disposition.objects.using("apart").get(pk=made.pk).state == "done", 60)

    assert half < CASES
    assert Disposition.objects.using("apart").get(pk=made.pk).gone == CASES
    assert Event.objects.using("apart").filter(name="case.disposed").count() == CASES
    assert Event.objects.using("apart").filter(name="disposition.finished").count() == 1
