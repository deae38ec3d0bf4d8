"""Reports of the same thing are found by the index that was made for them, among thousands, on either database."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from townline.cases.intake import Place
from townline.cases.models import Case
from townline.cases.near import near
from townline.cases.tracking import Passerby
from townline.catalogue.models import Service
from townline.site.bench.plans import asked, plan

HERE = (43.9128, -78.6879)
MAIN = Place("12 Main Street")
ON_THE_MAP = Place("", *HERE)


@pytest.fixture
def busy_town(town):
    Service.objects.filter(pk=town.pothole.pk).update(shares="place")
    town.pothole.refresh_from_db()
    cases = [
        Case(
            reference=f"TV-{number:08d}", kind="service_request", service=town.pothole, subject="Pothole",
            department=town.roads,
            queue=town.queues[town.roads.pk], customer=town.rivera, channel="web",
            is_public=True,
            received_at=timezone.now() - timedelta(minutes=number), changed_at=timezone.now(),
            place_label=f"{number % 900} Main Street", latitude=HERE[0] + number % 90 / 500,
            longitude=HERE[1] + number % 70 / 500,
        )
        for number in range(6_000)
    ]  # fmt: skip
    for case in cases:
        case.locate()
    Case.objects.bulk_create(cases, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return town


@pytest.mark.parametrize("who", ["rita", "passer-by"])
@pytest.mark.parametrize(("place", "index"), [(MAIN, "case_near_by_words"), (ON_THE_MAP, "case_near_on_map")])
def test_what_is_near_is_found_by_its_index(busy_town, who, place, index):
    reader = Passerby() if who == "passer-by" else busy_town.rita

    queries = asked(lambda: near(busy_town.pothole, place, timezone.now(), reader))

    (sql,) = [one for one in queries if one[0].startswith("SELECT") and " place_" in one[0].replace('"', " ")]
    planned = plan(*sql)
    assert index in planned, planned
