from datetime import UTC, datetime

import pytest
import time_machine

from townline.catalogue.models import RoadStandard
from townline.core.refusals import NotPossible

URL = "/desk/cases/{0.reference}/classify/"


@pytest.fixture
def case(town):
    RoadStandard.objects.create(
        code="pothole", name={"en": "Pothole mended", "fr": "Réparé"}, service=town.pothole,
        classes={"3": {"threshold": {"en": "1000 cm²", "fr": "1000 cm²"}, "amount": 7, "unit": "calendar_days"}},
    )  # fmt: skip
    with time_machine.travel(datetime(2027, 3, 12, 15, tzinfo=UTC), tick=False):
        yield town.case(assignee=town.ada)


def test_the_class_of_the_road_shows_staff_the_times_that_go_with_it(as_member, town, case):
    before = as_member("ada").get(case.get_absolute_url()).content.decode()

    case.classify(by=town.ada, road_class="3")

    after = as_member("ada").get(case.get_absolute_url()).content.decode()
    assert "Say of which class the road is" in before
    assert "Friday 19 March 2027, 11:59 p.m." in after
    assert "1000 cm²" in after
    assert "verify" in after
    assert town.events(case).get(name="case.classified").details == {"road_class": "3"}


def test_no_promise_changes_and_no_customer_is_told(client, town, case):
    before = list(case.clocks.values_list("due_at", flat=True))

    case.classify(by=town.ada, road_class="3")

    assert list(case.clocks.values_list("due_at", flat=True)) == before
    assert "Pothole mended" not in client.get("/services/pothole/").content.decode()


def test_the_same_class_again_and_a_service_without_times_are_refused(town, case):
    case.classify(by=town.ada, road_class="3")
    with pytest.raises(NotPossible, match="class 3 already"):
        case.classify(by=town.ada, road_class="3")
    RoadStandard.objects.all().delete()

    with pytest.raises(NotPossible, match="No times by class"):
        case.classify(by=town.ada, road_class="4")


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 302), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_say_of_which_class_the_road_is(as_member, case, who, status):
    assert as_member(who).post(URL.format(case), {"road_class": "4"}).status_code == status


def test_the_page_asks_again_when_no_class_is_chosen(as_member, case):
    assert "Of which class is the road?" in as_member("ada").post(URL.format(case), {}).content.decode()


def test_classifying_by_the_interface(call, case):
    assert call("ada", f"cases/{case.reference}/classify", road_class="2").status_code == 200
    assert call("ada", f"cases/{case.reference}/classify", road_class="2").status_code == 409
