"""The profile, the reporting line, queues, times on roads and phrases: changed at the desk, exported exactly."""

import pytest

from townline.accounts.models import Department, Municipality, Position
from townline.catalogue.models import RoadStandard
from townline.conduct.models import SupportivePhrase
from townline.packs.export import export
from townline.packs.plan import plan
from townline.packs.reading import read
from townline.routing.models import Queue
from townline.setup.models import Edition
from townline.setup.tests.pack_town import PackTown
from townline.setup.tests.typing import typed
from townline.timeline.models import Event

pytestmark = pytest.mark.django_db

SETUP = "/desk/setup"
PROFILE = f"{SETUP}/municipality/amherstburg/"


@pytest.fixture
def town(db):
    """A whole municipality out of a pack, so that everything is checked as in earnest."""
    return PackTown()


@pytest.fixture
def dana(as_member, town):
    """The Deputy Clerk at her desk."""
    return as_member("dana")


def send(browser, address, **other):
    """Open the page of a row and send its form, with some of it typed over."""
    return browser.post(address, typed(browser.get(address), "seen", **other))


def both(name, text):
    """A text in both languages."""
    return {f"{name}_en": text, f"{name}_fr": f"{text} (fr)"}


def test_what_is_changed_is_an_event_with_its_history_and_is_exported_exactly(dana, town, tmp_path, client):
    points = len(Municipality.objects.get().contact_points)
    head, road = Position.objects.get(level="cao"), RoadStandard.objects.order_by("pk").first()
    works = Department.objects.exclude(is_front=True).first()
    new = {f"point_{points}_kind": "phone", f"point_{points}_value": "519-555-0123"}

    answers = [
        send(dana, PROFILE, phone="519-555-0100", **new, **both(f"point_{points}_label", "Night line")),
        send(
            dana, f"{SETUP}/positions/new/", **both("title", "Coordinator of Samples"), department=works.code,
            reports_to=head.code,
        ),
        send(dana, f"{SETUP}/queues/new/", **both("name", "Samples"), department=works.code, deal="round_robin"),
        send(dana, f"{SETUP}/road_standards/{road.code}/", classes__5__amount="36", classes__5__unit="hours"),
        send(dana, f"{SETUP}/supportive_language/new/", **both("moment", "On the phone"), **both("text", "I listen.")),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [302] * 5
    municipality = Municipality.objects.get()
    assert (municipality.phone, municipality.contact_points[-1]["label"]["en"]) == ("519-555-0100", "Night line")
    assert "519-555-0123" in client.get("/").content.decode()
    assert Position.objects.get(code="coordinator-of-samples").reports_to == head
    assert not Queue.objects.get(code="samples").is_default
    assert RoadStandard.objects.get(pk=road.pk).classes["5"]["amount"] == 36
    assert SupportivePhrase.objects.get(code="on-the-phone").text["fr"] == "I listen. (fr)"
    assert set(Event.objects.filter(by=town.dana).values_list("name", flat=True)) == {
        "municipality.changed", "position.added", "queue.added", "roadstandard.changed", "supportivephrase.added",
    }  # fmt: skip
    assert Edition.objects.filter(kind="municipality").count() == 2
    export(tmp_path)
    assert plan(read(tmp_path)).is_empty


def test_a_wrong_way_to_reach_a_person_is_refused_beside_it_and_nothing_is_lost(dana):
    page = dana.get(PROFILE)

    response = dana.post(PROFILE, typed(page, "seen", point_0_kind="phone", point_0_value="call us", email="a@b.ca"))

    assert response.context["form"].errors["point_0_value"] == ["“call us” is not a phone number."]
    assert 'value="a@b.ca"' in response.content.decode()
    assert dana.get(f"{SETUP}/municipality/new/").status_code == 403
    assert "brand__colour" in send(dana, PROFILE, brand__colour="#ffff00").context["form"].errors


def test_a_loop_or_a_gap_in_the_reporting_line_is_refused_with_the_names(dana):
    chair = Position.objects.filter(reports_to__reports_to__isnull=False, reports__isnull=True).first()
    above = chair.reports_to

    loop = send(dana, f"{SETUP}/positions/{above.code}/", reports_to=chair.code, level=chair.level)
    gap = dana.post(f"{SETUP}/positions/{above.code}/retire/")

    said = str(loop.context["form"].errors)
    assert "The reporting line goes round: " in said
    assert f"{above.title} → {chair.title}" in said or f"{chair.title} → {above.title}" in said
    assert gap.status_code == 409
    assert f"{chair.title} reports to “{above.code}”, which is no longer a position" in gap.content.decode()
    assert Position.objects.get(pk=above.pk).is_active


def test_a_queue_is_taken_out_of_use_and_a_default_one_stays(dana):
    front = Department.objects.get(is_front=True).code
    send(dana, f"{SETUP}/queues/new/", **both("name", "Extra"), department=front, deal="off")
    extra, default = Queue.objects.get(code="extra"), Queue.objects.filter(is_default=True).first()

    assert "department" not in typed(dana.get(f"{SETUP}/queues/extra/"), "seen")
    assert dana.post(f"{SETUP}/queues/{default.code}/retire/").status_code == 409
    assert dana.post(f"{SETUP}/queues/extra/retire/").status_code == 302
    assert not Queue.objects.get(pk=extra.pk).is_active
