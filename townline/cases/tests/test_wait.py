from datetime import timedelta

import pytest
from django.utils import timezone

from townline.cases.models import NEVER, Status
from townline.core.refusals import NotPossible


@pytest.fixture
def next_week():
    return timezone.localdate() + timedelta(days=7)


def test_an_answered_case_that_waits_has_nothing_due(town, next_week):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.message(by=town.ada, text="The contractor comes next week.")

    case.wait(by=town.ada, reason="contractor", until_on=next_week)

    case.refresh_from_db()
    assert case.status == Status.WAITING
    assert case.due_at == NEVER
    assert town.events(case).get(name="case.waiting").details == {
        "reason": "contractor",
        "until": next_week.isoformat(),
    }


def test_a_case_cannot_wait_for_a_day_that_is_past(town):
    case = town.case("Broken street lamp", assignee=town.ada)

    with pytest.raises(NotPossible, match="already past"):
        case.wait(by=town.ada, reason="customer", until_on=timezone.localdate() - timedelta(days=1))


def test_a_case_that_waits_cannot_wait_again(town, next_week):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.wait(by=town.ada, reason="customer", until_on=next_week)

    with pytest.raises(NotPossible, match="cannot become"):
        case.wait(by=town.ada, reason="weather", until_on=next_week)


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 403), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_let_a_case_wait(as_member, town, next_week, who, status):
    case = town.case("Broken street lamp", assignee=town.ada)
    until = {"until_on_day": next_week.day, "until_on_month": next_week.month, "until_on_year": next_week.year}

    response = as_member(who).post(f"/desk/cases/{case.reference}/wait/", {"reason": "weather", **until})

    assert response.status_code == status


def test_a_day_that_does_not_exist_comes_back_as_it_was_typed(as_member, town):
    case = town.case("Broken street lamp", assignee=town.ada)
    typed = {"reason": "weather", "until_on_day": "31", "until_on_month": "2", "until_on_year": "2027"}

    response = as_member("ada").post(f"/desk/cases/{case.reference}/wait/", typed)

    assert response.status_code == 200
    assert 'value="31"' in response.content.decode()


def test_waiting_by_the_interface(call, town, next_week):
    case = town.case("Broken street lamp", assignee=town.ada)
    body = {"reason": "customer", "until_on": next_week.isoformat()}

    response = call("ada", f"cases/{case.reference}/wait", **body)

    assert response.json()["status"] == "waiting"
    assert response.json()["due_at"] is None
    assert call("ada", f"cases/{case.reference}/wait", **body).status_code == 409
