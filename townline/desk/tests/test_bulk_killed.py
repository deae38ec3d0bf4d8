"""The worker is killed while it closes many cases: each is closed once, and none is left out."""

import os
import subprocess
import sys

import pytest

from townline.cases.models import Case
from townline.channels.models import Mail
from townline.desk.models import BulkAction, BulkStep
from townline.jobs.tests.conftest import apart as apart
from townline.timeline.models import Event

CASES = 120
AN_AFTERNOON = f"""
import django
django.setup()
from townline.desk import bulk
from townline.desk.tests.test_bulk import many_like
from townline.jobs.models import Job
from townline.site.town import Town
town = Town()
made = many_like(town.case("Lamp"), {CASES})
Job.objects.all().delete()
bulk.begin([case.pk for case in made], by=town.lea, verb="close", text="Done.", outcome="done")
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_again_and_again_closes_each_case_once_and_tells_each_customer_once(apart):
    env = {**os.environ, "DATABASE_URL": apart.url, "DJANGO_SETTINGS_MODULE": "townline.site.test_settings"}
    subprocess.run([sys.executable, "-c", AN_AFTERNOON], env=env, check=True)
    done = BulkStep.objects.using("apart").filter(state=BulkStep.State.DONE)
    closed = Event.objects.using("apart").filter(name="case.closed")
    mails = Mail.objects.using("apart").filter(purpose="message")

    worker = apart.worker()
    apart.wait_until(lambda: done.count() >= 10)
    apart.kill(worker)
    worker = apart.worker()
    apart.wait_until(lambda: done.count() >= 60)
    apart.kill(worker)
    apart.worker()
    apart.wait_until(lambda: BulkAction.objects.using("apart").get().ended_at is not None)
    apart.wait_until(lambda: mails.count() == CASES)

    assert (done.count(), closed.count()) == (CASES, CASES)
    assert closed.values("case_id").distinct().count() == CASES
    assert mails.values("case_id").distinct().count() == CASES
    assert not Case.objects.using("apart").filter(pk__in=done.values("case_id")).exclude(status="closed").exists()
    names = (
        Event.objects.using("apart")
        .filter(name__startswith="bulkaction.")
        .order_by("id")
        .values_list("name", flat=True)
    )
    assert list(names) == ["bulkaction.begun", "bulkaction.finished"]
