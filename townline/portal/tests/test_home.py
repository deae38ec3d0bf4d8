"""The front page: the doors, and how to reach a person now."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from townline.accounts.models import Municipality
from townline.portal.templatetags.portal import tel
from townline.portal.tests.walking import text_of

FRIDAY_NOON = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
FRIDAY_NIGHT = datetime(2026, 11, 27, 23, 0, tzinfo=UTC)
TUESDAY_DAWN = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


def test_the_front_page_offers_the_doors_and_a_person(client, town):
    page = text_of(client.get("/"))

    assert "Report a problem" in page
    assert "Check on a request" in page
    assert "For staff: sign in" in page


def test_the_front_page_speaks_french(client, town):
    assert '<html lang="fr">' in text_of(client.get("/fr/"))


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (FRIDAY_NOON, "Open now</span>, until 4:30 p.m."),
        (FRIDAY_NIGHT, "Closed now</span>, opens Monday, 8:30 a.m."),
        (TUESDAY_DAWN, "Closed now</span>, opens today, 8:30 a.m."),
    ],
    ids=["open", "over the weekend", "before opening"],
)
def test_it_says_whether_somebody_is_there_now(client, town, now, said):
    with time_machine.travel(now, tick=False):
        assert said in text_of(client.get("/"))


def test_it_says_why_it_is_closed_all_day(client, town):
    town.calendar.closures.create(on=date(2026, 11, 27), name={"en": "Founders’ Day", "fr": "Jour des fondateurs"})

    with time_machine.travel(FRIDAY_NOON, tick=False):
        page = text_of(client.get("/"))

    assert "Closed today (Founders’ Day)</span>, opens Monday, 8:30 a.m." in page


def test_hours_that_never_open_say_nothing(client, town):
    type(town.calendar).objects.update(hours={})

    page = text_of(client.get("/"))

    assert "Open now" not in page
    assert "Closed" not in page


def test_the_ways_to_reach_a_person_stand_by_kind(client, town):
    label = {"en": "Write to us", "fr": "Nous écrire"}
    points = [
        {"kind": "phone", "value": "905-555-0100 ext. 12", "label": {"en": "Call us", "fr": "Appelez"}},
        {"kind": "email", "value": "service@testville.example", "label": label},
    ]
    Municipality.objects.update(contact_points=points)

    page = text_of(client.get("/"))

    assert 'href="tel:905-555-0100;ext=12"' in page
    assert 'href="mailto:service@testville.example"' in page


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("905-623-3379", "905-623-3379"),
        ("(905) 623-3379 ext. 2105", "905-623-3379;ext=2105"),
        ("905 623-3379, poste 2", "905-623-3379;ext=2"),
        ("+1 905.623.3379 x7", "+1-905-623-3379;ext=7"),
    ],
)
def test_a_number_is_written_as_a_phone_dials_it(written, dialled):
    assert tel(written) == dialled


def test_a_page_that_is_not_there_leads_home_in_its_language(client, town):
    response = client.get("/fr/nothing/")

    assert response.status_code == 404
    assert 'href="/fr/"' in text_of(response)
