"""From the front desk to who decides, and to who does the work: by the rules, or by the service."""

import pytest

from townline.cases.models import Case
from townline.core.refusals import NotPossible
from townline.routing.models import RuleSet, Step

AT_THE_FRONT = {
    "code": "front-first", "step": "intake",
    "when": [{"about": "service", "is": ["pothole"]}], "to": {"department": "front"},
}  # fmt: skip
WORK = {
    "code": "crew", "step": "fulfilment",
    "when": [{"about": "decision", "is": ["decentralised"]}], "to": {"department": "bylaw"},
}  # fmt: skip


@pytest.fixture
def rules(town):
    return RuleSet.objects.put_in_force([AT_THE_FRONT, WORK], by=town.system)


@pytest.fixture
def at_the_front(town, rules):
    return town.case("Broken street lamp", assignee=town.rita)


def test_the_front_desk_has_it_first_and_sends_it_on_to_who_decides(town, at_the_front):
    case = at_the_front
    assert (case.department, case.stage) == (town.front, Step.INTAKE)

    case.send_on(by=town.rita)

    assert (case.department, case.stage, case.assignee) == (town.roads, Step.DECISION, None)
    event = town.events(case).get(name="case.sent_on")
    assert event.details == {
        "step": "decision", "queue": case.queue_id, "before": town.queues[town.front.pk].pk,
        "department": town.roads.pk, "version": 1, "rule": "",
    }  # fmt: skip


def test_how_a_step_is_done_decides_who_does_the_work(town, rules):
    town.pothole.centralisation = {"decision": {"mode": "decentralised", "reason": {"en": "Officers."}}}
    town.pothole.save()
    case = town.case("Broken street lamp", assignee=town.rita)
    case.send_on(by=town.rita)
    case.take(by=town.ada)

    case.send_on(by=town.ada)

    assert (case.department, case.stage) == (town.bylaw, Step.FULFILMENT)
    assert case.route["rule"] == "crew"


def test_who_goes_on_with_the_next_step_keeps_the_case(town):
    case = town.case("Broken street lamp", assignee=town.ada)

    case.send_on(by=town.ada)

    assert (case.stage, case.assignee) == (Step.FULFILMENT, town.ada)


def test_after_the_work_there_is_no_further_step(town):
    case = town.case("Broken street lamp", assignee=town.ada, stage=Step.FULFILMENT)

    with pytest.raises(NotPossible, match="no further step"):
        case.send_on(by=town.ada)


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 403), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_send_on(as_member, town, who, status):
    case = town.case("Broken street lamp", assignee=town.ada)

    assert as_member(who).post(f"/desk/cases/{case.reference}/send_on/").status_code == status


def test_the_page_says_beforehand_where_it_goes(as_member, town, at_the_front):
    page = as_member("rita").get(f"/desk/cases/{at_the_front.reference}/send_on/").content.decode()

    assert "Roads" in page
    assert "Decision" in page
    assert Case.objects.get().stage == Step.INTAKE


def test_passing_on_by_the_interface(call, town, at_the_front):
    response = call("rita", f"cases/{at_the_front.reference}/send_on")

    assert response.status_code == 200
    assert response.json()["department"] == "roads"
