from datetime import timedelta

import pytest
from django.utils import timezone

from townline.channels.models import Interaction
from townline.core.refusals import NotPossible


def test_a_customer_who_calls_again_is_heard_on_the_same_case(town):
    case = town.case("Broken street lamp", assignee=town.ada)

    interaction = case.contact(by=town.rita, channel="phone", text="It flickers too.")

    assert interaction.outcome == Interaction.Outcome.ADDED
    assert interaction.entered_by == town.rita
    assert list(interaction.cases.all()) == [case]
    event = town.events(case).get(name="case.contacted")
    assert event.details == {"channel": "phone", "interaction": interaction.pk}


def test_a_closed_case_stays_closed_when_the_customer_calls(town):
    case = town.case("Broken street lamp", assignee=town.ada)
    case.close(by=town.ada, outcome="done", words="Done.")

    case.contact(by=town.rita, channel="phone", text="Thank you.")

    case.refresh_from_db()
    assert case.is_closed


def test_a_letter_counts_from_its_date_stamp_and_never_from_the_future(town):
    case = town.case("Broken street lamp")
    yesterday = timezone.now() - timedelta(days=1)

    case.contact(by=town.rita, channel="letter", text="A letter.", received_at=yesterday)

    assert town.events(case).get(name="case.contacted").happened_at == yesterday
    with pytest.raises(NotPossible, match="future"):
        case.contact(by=town.rita, channel="letter", text="No.", received_at=timezone.now() + timedelta(days=1))


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 302), ("lea", 302), ("otto", 404), ("rita", 302), ("dana", 403), ("ines", 404)],
)
def test_who_may_keep_what_a_customer_said(as_member, town, who, status):
    case = town.case("Broken street lamp")
    typed = {"channel": "phone", "text": "It flickers too."}

    response = as_member(who).post(f"/desk/cases/{case.reference}/contact/", typed)

    assert response.status_code == status


def test_what_was_said_stands_in_the_timeline(as_member, town):
    case = town.case("Broken street lamp")
    case.contact(by=town.rita, channel="counter", text="It flickers too.")

    page = as_member("ada").get(f"/desk/cases/{case.reference}/").content.decode()

    assert "Interaction: Counter" in page
    assert "It flickers too." in page


def test_keeping_it_by_the_interface(call, town):
    case = town.case("Broken street lamp")

    response = call("rita", f"cases/{case.reference}/contact", channel="phone", text="It flickers too.")

    assert response.status_code == 200
    assert call("rita", f"cases/{case.reference}/contact", channel="pigeon", text="Coo.").status_code == 422
    assert case.interactions.count() == 2
