"""Everything a customer had to do with us: in one order, of what may be seen, in twelve queries, page by page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from townline.cases.models import Case
from townline.channels.models import Interaction

BOUNDARIES = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


def counted(browser, address):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return [one["sql"] for one in asked.captured_queries if not one["sql"].startswith(BOUNDARIES)]


def a_great_deal_happens(town, times):
    for number in range(times):
        case = town.case(f"Lamp {number}", assignee=town.ada)
        case.message(by=town.ada, text=f"Message {number}")
        town.rivera.accommodate(by=town.rita, kind="other", what_helps=f"Chair {times}-{number}")


@pytest.mark.parametrize("who", ["rita", "ada", "lea"])
def test_the_page_asks_at_most_twelve_questions_whatever_there_is(as_member, town, who):
    a_great_deal_happens(town, 1)
    browser = as_member(who)
    before = counted(browser, f"/desk/customers/{town.rivera.pk}/")

    a_great_deal_happens(town, 9)
    after = counted(browser, f"/desk/customers/{town.rivera.pk}/")

    assert len(after) <= 12, "\n".join(sql[:150] for sql in after)
    assert len(after) == len(before)


def test_it_goes_on_where_it_stopped_and_loses_and_repeats_nothing(as_member, town):
    same = timezone.now() - timedelta(days=1)
    for _number in range(130):
        Interaction.objects.create(
            channel="phone", customer=town.rivera, outcome="answered", received_at=same, entered_by=town.rita
        )
    case = town.case("Lamp", received_at=same)
    rita, address = as_member("rita"), f"/desk/customers/{town.rivera.pk}/"

    first = rita.get(address).context
    second = rita.get(address + first["next_url"]).context
    third = rita.get(address + second["next_url"]).context

    seen = [item.place for page in (first, second, third) for item in page["items"]]
    assert third["next_url"] == ""
    assert len(seen) == len(set(seen)) == 132
    assert f"0~{Case.objects.get(pk=case.pk).received_at.isoformat()}_{case.pk}" in seen


def test_a_confidential_case_and_what_was_said_is_not_there_at_all(as_member, town):
    case = town.case("Lamp", assignee=town.ada)
    case.message(by=town.ada, text="A secret answer.")
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    Interaction.objects.update(is_confidential=True)

    page = as_member("rita").get(f"/desk/customers/{town.rivera.pk}/").content.decode()

    assert case.reference not in page
    assert "A secret answer." not in page


def test_nonsense_in_the_address_shows_the_newest(as_member, town):
    case = town.case("Lamp")

    for nonsense in ("7~x_1", "0~2026-01-01_1", "~", "0~9999-99-99T00:00:00Z_5"):
        page = as_member("rita").get(f"/desk/customers/{town.rivera.pk}/", {"after": nonsense})
        assert case.reference in page.content.decode()
