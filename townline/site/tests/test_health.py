import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from townline.jobs.models import Job
from townline.site.health import healthz, readyz


def test_a_living_process_says_so_without_touching_the_database(rf):
    response = healthz(rf.get("/healthz"))

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_an_installation_that_lacks_nothing_is_ready(rf):
    response = readyz(rf.get("/readyz"))

    assert response.status_code == 200
    assert set(json.loads(response.content).values()) == {"ok"}


@pytest.mark.django_db
def test_a_job_that_nobody_takes_makes_it_not_ready(rf):
    Job.objects.create(task="townline.test", due_at=timezone.now() - timedelta(minutes=10))

    response = readyz(rf.get("/readyz"))

    assert response.status_code == 503
    assert json.loads(response.content)["queue"] == "a job has been waiting for 10 minutes"


@pytest.mark.django_db
def test_a_change_to_the_tables_that_was_not_made_makes_it_not_ready(rf):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")

    response = readyz(rf.get("/readyz"))

    assert response.status_code == 503
    assert "are waiting" in json.loads(response.content)["migrations"]
