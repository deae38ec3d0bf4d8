import pytest

from townline.accounts.models import Department
from townline.cases.models import Notification
from townline.core.refusals import NotPossible
from townline.routing.models import Queue


@pytest.fixture
def bylaw(town):
    return Queue.objects.default_of(town.bylaw)


def test_handing_over_moves_the_case_and_says_why(town, bylaw):
    case = town.case("Broken street lamp", assignee=town.ada)

    case.hand_over(by=town.ada, queue=bylaw, reason="The lamp stands on private land.")

    case.refresh_from_db()
    assert (case.department, case.queue, case.assignee) == (town.bylaw, bylaw, None)
    assert case.why_here == "The lamp stands on private land."
    event = town.events(case).get(name="case.handed_over")
    assert event.details == {
        "queue": bylaw.pk, "before": town.queues[town.roads.pk].pk, "department": town.bylaw.pk,
        "was": town.roads.pk, "note": case.notes.get().pk,
    }  # fmt: skip
    assert case.clocks.filter(ended_at=None).exists()


def test_who_takes_it_next_is_not_told_why_for_ever(town, bylaw):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.hand_over(by=town.ada, queue=bylaw, reason="Private land.")

    case.take(by=town.otto)

    assert case.why_here == ""


def test_it_can_go_to_another_queue_of_the_same_department(town):
    winter = Queue.objects.create(code="winter", department=town.roads, name={"en": "Winter"}, sort_key="winter")
    case = town.case("Snow", assignee=town.ada)

    case.hand_over(by=town.ada, queue=winter, reason="Snow.")

    assert case.department == town.roads
    assert case.queue == winter


def test_it_is_not_handed_to_where_it_is_or_to_what_has_ended(town, bylaw):
    case = town.case("Broken street lamp", assignee=town.ada)

    with pytest.raises(NotPossible, match="in this queue already"):
        case.hand_over(by=town.ada, queue=case.queue, reason="Why not.")
    Department.objects.filter(pk=town.bylaw.pk).update(is_active=False)
    with pytest.raises(NotPossible, match="not in use any more"):
        case.hand_over(by=town.ada, queue=Queue.objects.get(pk=bylaw.pk), reason="Why not.")


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 302), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_hand_over(as_member, town, bylaw, who, status):
    case = town.case("Broken street lamp", assignee=town.ada)

    response = as_member(who).post(
        f"/desk/cases/{case.reference}/hand_over/", {"queue": bylaw.pk, "reason": "Private land."}
    )

    assert response.status_code == status


def test_whoever_hands_it_over_is_led_to_their_work_when_they_see_it_no_more(as_member, town, bylaw):
    case = town.case("Broken street lamp", assignee=town.ada)

    response = as_member("ada").post(
        f"/desk/cases/{case.reference}/hand_over/", {"queue": bylaw.pk, "reason": "Private land."}, follow=True
    )

    assert response.status_code == 200
    assert f"Case {case.reference} is handed over to By-law." in response.content.decode()


def test_the_list_of_the_other_department_says_why(as_member, town, bylaw):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.hand_over(by=town.ada, queue=bylaw, reason="The lamp stands on private land.")

    assert (
        "The lamp stands on private land."
        in as_member("rita").get("/desk/work/department/bylaw/open/").content.decode()
    )
    assert "The lamp stands on private land." in as_member("rita").get(case.get_absolute_url()).content.decode()


def test_who_supervises_the_other_department_is_told(town, bylaw, work):
    town.lea.departments.add(town.bylaw)
    case = town.case("Broken street lamp", assignee=town.ada)

    case.hand_over(by=town.ada, queue=bylaw, reason="Private land.")
    work()

    told = Notification.objects.get(kind="handed_over")
    assert (told.user, told.case) == (town.lea, case)


def test_handing_over_by_the_interface(call, town, bylaw):
    case = town.case("Broken street lamp", assignee=town.ada)

    response = call("ada", f"cases/{case.reference}/hand_over", queue="bylaw", reason="Private land.")

    assert response.status_code == 200
    assert response.json()["department"] == "bylaw"
    assert response.json()["queue"] == "bylaw"
    assert call("lea", f"cases/{case.reference}/hand_over", queue="nowhere", reason="x").status_code in (404, 409)
