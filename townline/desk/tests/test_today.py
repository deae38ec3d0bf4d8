"""The list of an officer who is out: what is due today on one's own cases, nearest first."""

from datetime import date, timedelta

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from townline.cases.models import Case, CaseAccess
from townline.catalogue.models import Step
from townline.desk.today import errands

MONDAY = "2026-11-23T15:00:00Z"


def due(case, **ago):
    """Make this case due so long from now."""
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() + timedelta(**ago))
    return case


def test_ones_own_cases_that_are_late_or_due_today_are_there_the_nearest_first(as_member, town):
    with time_machine.travel(MONDAY):
        second = due(town.case("Second", assignee=town.ada), hours=1)
        first = due(town.case("First", assignee=town.ada), hours=-5)
        due(town.case("Next week", assignee=town.ada), days=7)
        due(town.case("Of Ben", assignee=town.ben), hours=-5)

        found, is_more = errands(town.ada)

    assert [one.case for one in found] == [first, second]
    assert not is_more


def test_a_case_with_a_step_due_today_says_which(town):
    town.officer_steps()
    with time_machine.travel("2026-12-10T15:00:00Z"):
        case = town.case("Fallen fence", assignee=town.ada)
        case.step(by=town.ada, step=Step.objects.get(code="order"), on=date(2026, 12, 10), note="At once.")
    with time_machine.travel("2026-12-14T14:00:00Z"):
        found, _is_more = errands(town.ada)

    assert [one.step for one in found] == ["Re-inspection"]


def test_the_page_leads_to_the_map_and_to_what_is_done_on_the_spot(as_member, town):
    case = due(town.case("Fallen fence", assignee=town.ada), hours=-1)
    Case.objects.filter(pk=case.pk).update(place_label="12 Main Street & Co", customer=town.rivera)
    other = due(town.case("Hole", assignee=town.ada), hours=-1)
    Case.objects.filter(pk=other.pk).update(latitude=43.91, longitude=-78.68)

    page = as_member("ada").get("/desk/today/").content.decode()

    assert 'href="geo:0,0?q=12%20Main%20Street%20%26%20Co"' in page
    assert 'href="geo:43.91,-78.68?q=43.91,-78.68"' in page
    assert f"/desk/cases/{case.reference}/step/" in page
    assert f"/desk/cases/{case.reference}/attach/" in page
    assert "Elena Rivera" not in page


def test_a_day_without_anything_says_so(as_member, town):
    assert "Nothing is due today" in as_member("ada").get("/desk/today/").content.decode()


def test_a_confidential_case_without_access_is_not_there(town):
    case = due(town.case("Fallen fence", assignee=town.ada, is_confidential=True), hours=-1)
    assert errands(town.ada)[0] == []

    CaseAccess.objects.create(case=case, user=town.ada)
    assert [one.case for one in errands(town.ada)[0]] == [case]


def test_the_page_asks_no_more_for_many_cases(as_member, town):
    ada = as_member("ada")
    due(town.case("One", assignee=town.ada), hours=-1)
    with CaptureQueriesContext(connection) as few:
        ada.get("/desk/today/")
    for number in range(5):
        due(town.case(f"Another {number}", assignee=town.ada), hours=-1)
    with CaptureQueriesContext(connection) as many:
        ada.get("/desk/today/")

    assert len(many) == len(few) <= 12
