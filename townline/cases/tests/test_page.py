"""The page of one case: what it shows to whom, in twelve queries, however much has happened."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from townline.cases.models import CaseAccess
from townline.catalogue.models import Definition
from townline.core.localized import Localized

BOUNDARIES = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


def counted(browser, case):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(case.get_absolute_url()).status_code == 200
    return [one["sql"] for one in asked.captured_queries if not one["sql"].startswith(BOUNDARIES)]


def a_great_deal_happens(town, case, times):
    for number in range(times):
        case.note(by=town.ada, text=f"Note {number}")
        case.message(by=town.lea, text=f"Message {number}")
        case.contact(by=town.rita, channel="phone", text=f"Call {number}")
        case.assign(by=town.lea, to=town.ben)
        case.assign(by=town.lea, to=town.ada)


@pytest.mark.parametrize("who", ["ada", "lea", "rita", "dana"])
def test_the_page_asks_at_most_twelve_questions_however_much_has_happened(as_member, town, work, who):
    Definition.objects.create(code="abusive", term={"en": "Abusive behaviour"}, text={"en": "Threats."})
    case = town.case("Lamp", assignee=town.ada)
    a_great_deal_happens(town, case, 1)
    work()
    browser = as_member(who)
    before = counted(browser, case)

    a_great_deal_happens(town, case, 8)
    work()
    after = counted(browser, case)

    assert len(after) <= 12, "\n".join(sql[:120] for sql in after)
    assert len(after) == len(before)


def test_a_long_timeline_goes_on_where_it_stopped(as_member, town):
    case = town.case("Lamp", assignee=town.ada)
    for number in range(55):
        case.note(by=town.ada, text=f"Note number {number}.")
    ada = as_member("ada")

    first = ada.get(case.get_absolute_url())
    second = ada.get(case.get_absolute_url(), {"before": first.context["older"]})

    assert len(first.context["entries"]) == 50
    assert "Note number 54." in first.content.decode()
    assert "Note number 0." in second.content.decode()
    assert second.context["older"] is None


def test_the_timeline_can_show_only_what_was_said(as_member, town):
    case = town.case("Lamp", assignee=town.ada)
    case.note(by=town.ada, text="A note.")

    titles = [item["title"] for item in as_member("ada").get(case.get_absolute_url() + "?only=talk").context["entries"]]

    assert titles == ["Note", "Received: Phone"]


def test_a_wait_says_for_what_and_until_when(as_member, town):
    case = town.case("Lamp", assignee=town.ada)
    case.wait(by=town.ada, reason="weather", until_on=timezone.localdate() + timedelta(days=3))

    page = as_member("ada").get(case.get_absolute_url()).content.decode()

    assert "Waiting: For the weather or the season, until" in page


@pytest.mark.parametrize(("who", "knows"), [("ada", True), ("rita", True), ("dana", False)])
def test_who_the_customer_is_is_for_those_who_may_know(as_member, town, who, knows):
    case = town.case("Lamp")

    page = as_member(who).get(case.get_absolute_url()).content.decode()

    assert ("Elena Rivera" in page) == knows
    assert ("elena.rivera@example.org" in page) == knows


def test_what_our_policy_calls_abusive_is_at_hand(as_member, town):
    Definition.objects.create(
        code="abusive-behaviour",
        term=Localized(en="Abusive behaviour"),
        text=Localized(en="Threats and insults."),
        use=Localized(en="Say once that you will end the call."),
        clause="4.1",
        policy="Customer Service Policy",
        provenance={"mark": "T", "source": "A document"},
    )
    case = town.case("Lamp")

    page = as_member("ada").get(case.get_absolute_url()).content.decode()

    assert "Abusive behaviour" in page
    assert "Say once that you will end the call." in page
    assert "clause 4.1" in page
    assert "A document" not in page


def test_a_confidential_case_is_seen_with_access_only(as_member, town):
    case = town.case("Quiet matter", is_confidential=True)

    assert as_member("ada").get(case.get_absolute_url()).status_code == 404
    assert as_member("rita").get(case.get_absolute_url()).status_code == 404
    CaseAccess.objects.create(case=case, user=town.ada)
    assert as_member("ada").get(case.get_absolute_url()).status_code == 200


def test_the_reference_can_be_read_out(as_member, town):
    case = town.case("Lamp")

    assert "Tango Victor, " in as_member("ada").get(case.get_absolute_url()).content.decode()


@pytest.mark.parametrize("asked", ["?before=x", "?before=-1", "?before=" + "9" * 40, "?only=nothing"])
def test_an_address_with_nonsense_shows_the_case(as_member, town, asked):
    case = town.case("Lamp")

    assert as_member("ada").get(case.get_absolute_url() + asked).status_code == 200
