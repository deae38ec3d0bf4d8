import pytest

from townline.cases.models import Status
from townline.core.refusals import NotPossible


def test_taking_a_case_makes_one_its_assignee(town):
    case = town.case("Broken street lamp")

    case.take(by=town.ada)

    case.refresh_from_db()
    assert case.assignee == town.ada
    assert case.status == Status.OPEN
    event = town.events(case).get(name="case.taken")
    assert event.by == town.ada
    assert event.details == {}


def test_a_case_that_somebody_has_cannot_be_taken(town):
    case = town.case("Broken street lamp", assignee=town.ada)

    with pytest.raises(NotPossible, match="Ada Bell already has this case"):
        case.take(by=town.ben)

    case.refresh_from_db()
    assert case.assignee == town.ada


def test_a_closed_case_cannot_be_taken(town):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.close(by=town.ada, outcome="done", words="Done.")

    with pytest.raises(NotPossible, match="Reopen it first"):
        case.take(by=town.ben)


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 302), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_take(as_member, town, who, status):
    case = town.case("Broken street lamp")

    response = as_member(who).post(f"/desk/cases/{case.reference}/take/")

    assert response.status_code == status


def test_the_page_of_a_case_offers_to_take_it(as_member, town):
    case = town.case("Broken street lamp")

    page = as_member("ada").get(f"/desk/cases/{case.reference}/").content.decode()

    assert f'action="/desk/cases/{case.reference}/take/"' in page


def test_taking_by_the_interface(call, town):
    case = town.case("Broken street lamp")

    response = call("ada", f"cases/{case.reference}/take")

    assert response.status_code == 200
    assert response.json()["status"] == "open"
    assert call("ben", f"cases/{case.reference}/take").status_code == 409
