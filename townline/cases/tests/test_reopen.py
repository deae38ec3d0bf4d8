import pytest

from townline.cases.models import NEVER, Status
from townline.core.refusals import NotPossible


@pytest.fixture
def closed(town):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.close(by=town.ada, outcome="done", words="Done.")
    return case


def test_a_reopened_case_has_a_fresh_promise_of_its_outcome(town, closed):
    closed.reopen(by=town.ben)

    closed.refresh_from_db()
    assert closed.status == Status.OPEN
    assert closed.outcome == ""
    assert closed.closed_at is None
    assert closed.due_kind == "outcome"
    assert closed.due_at < NEVER
    assert town.events(closed).get(name="case.reopened").details == {"outcome": "done"}


def test_a_case_that_is_open_cannot_be_reopened(town):
    case = town.case("Broken street lamp", assignee=town.ada)

    with pytest.raises(NotPossible):
        case.reopen(by=town.ada)

    assert not town.events(case).filter(name="case.reopened").exists()


def test_a_new_case_cannot_be_reopened(town):
    case = town.case("Broken street lamp")

    with pytest.raises(NotPossible):
        case.reopen(by=town.ada)


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 302), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_reopen(as_member, closed, who, status):
    response = as_member(who).post(f"/desk/cases/{closed.reference}/reopen/")

    assert response.status_code == status


def test_the_page_of_a_closed_case_offers_only_what_is_possible(as_member, closed):
    page = as_member("ada").get(f"/desk/cases/{closed.reference}/").content.decode()

    assert f'action="/desk/cases/{closed.reference}/reopen/"' in page
    assert f"/desk/cases/{closed.reference}/close/" not in page


def test_reopening_by_the_interface(call, closed):
    assert call("ada", f"cases/{closed.reference}/reopen").json()["outcome"] is None
    assert call("ada", f"cases/{closed.reference}/reopen").status_code == 409
