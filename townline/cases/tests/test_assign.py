import pytest

from townline.cases.models import Status
from townline.core.refusals import NotPossible


def test_assigning_gives_the_case_to_a_colleague(town):
    case = town.case("Broken street lamp")

    case.assign(by=town.lea, to=town.ben)

    case.refresh_from_db()
    assert case.assignee == town.ben
    assert case.status == Status.OPEN
    event = town.events(case).get(name="case.assigned")
    assert event.by == town.lea
    assert event.details == {"to": town.ben.pk, "before": None}


def test_a_case_can_pass_from_one_to_another(town):
    case = town.case("Broken street lamp", assignee=town.ada)

    case.assign(by=town.lea, to=town.ben)

    assert town.events(case).get(name="case.assigned").details["before"] == town.ada.pk


def test_a_case_is_not_assigned_to_whoever_has_it(town):
    case = town.case("Broken street lamp", assignee=town.ada)

    with pytest.raises(NotPossible, match="already has this case"):
        case.assign(by=town.lea, to=town.ada)


def test_a_case_is_assigned_only_to_who_handles_cases_of_its_department(town):
    case = town.case("Broken street lamp")

    with pytest.raises(NotPossible, match="Otto Frey does not handle cases of Roads"):
        case.assign(by=town.lea, to=town.otto)


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 403), ("ben", 403), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_assign(as_member, town, who, status):
    case = town.case("Broken street lamp")

    response = as_member(who).post(f"/desk/cases/{case.reference}/assign/", {"to": town.ben.pk})

    assert response.status_code == status


def test_the_page_offers_the_people_of_the_department_and_nobody_else(as_member, town):
    case = town.case("Broken street lamp")

    page = as_member("lea").get(f"/desk/cases/{case.reference}/assign/").content.decode()

    assert "Ada Bell" in page
    assert "Otto Frey" not in page


def test_assigning_by_the_interface(call, town):
    case = town.case("Broken street lamp")

    response = call("lea", f"cases/{case.reference}/assign", to=town.ben.email)

    assert response.status_code == 200
    assert call("lea", f"cases/{case.reference}/assign", to="nobody@townline.example").status_code == 409
    assert call("ada", f"cases/{case.reference}/assign", to=town.ada.email).status_code == 403
