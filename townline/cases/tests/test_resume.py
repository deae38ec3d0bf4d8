from datetime import timedelta

import pytest
from django.utils import timezone

from townline.cases.models import NEVER, Status
from townline.core.refusals import NotPossible


@pytest.fixture
def waiting(town):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.wait(by=town.ada, reason="customer", until_on=timezone.localdate() + timedelta(days=7))
    return case


def test_a_case_that_goes_on_has_its_promises_back(town, waiting):
    waiting.resume(by=town.ada)

    waiting.refresh_from_db()
    assert waiting.status == Status.OPEN
    assert waiting.due_at < NEVER
    assert not waiting.waits.filter(ended_at=None).exists()
    assert town.events(waiting).filter(name="case.resumed").count() == 1


def test_the_promises_move_by_the_days_that_were_waited(town, waiting):
    wait = waiting.waits.get()
    before = waiting.clocks.get(promise="outcome").started_at
    waiting.waits.filter(pk=wait.pk).update(began_at=before + timedelta(hours=1))
    plain = town.case("Another lamp", received_at=before).clocks.get(promise="outcome").due_at
    waiting.waits.filter(pk=wait.pk).update(began_at=before - timedelta(days=20))

    waiting.resume(by=town.ada)

    assert waiting.clocks.get(promise="outcome").due_at >= plain


def test_a_case_that_does_not_wait_cannot_go_on(town):
    case = town.case("Broken street lamp", assignee=town.ada)

    with pytest.raises(NotPossible, match="not waiting"):
        case.resume(by=town.ada)


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 403), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_let_a_case_go_on(as_member, waiting, who, status):
    response = as_member(who).post(f"/desk/cases/{waiting.reference}/resume/")

    assert response.status_code == status


def test_the_page_of_a_waiting_case_offers_to_go_on(as_member, waiting):
    page = as_member("ada").get(f"/desk/cases/{waiting.reference}/").content.decode()

    assert f'action="/desk/cases/{waiting.reference}/resume/"' in page
    assert "paused while the case is on hold" in page


def test_going_on_by_the_interface(call, waiting):
    assert call("ada", f"cases/{waiting.reference}/resume").json()["status"] == "open"
    assert call("ada", f"cases/{waiting.reference}/resume").status_code == 409
