"""Whoever is stopped is led to another door, and whoever comes out of hours is told what to do."""

from datetime import UTC, datetime

import pytest
import time_machine

from townline.accounts.models import Calendar
from townline.cases.models import Case
from townline.catalogue.models import Service
from townline.portal.tests.walking import STOPPING, answer_everything, begin, text_of
from townline.questions.definition import Definition
from townline.questions.lint import lint
from townline.questions.models import FormVersion
from townline.questions.testing import page, question, written

NIGHT = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
WORDS = {"en": "Come back tomorrow.", "fr": "Revenez demain."}


@pytest.fixture
def stopped(client, town):
    """The page of somebody who said that there is danger now."""
    definition = written(page("safety", STOPPING), code="pothole")
    town.pothole.questions = FormVersion.objects.create(code="pothole", version=1, definition=definition)
    town.pothole.save()
    at = begin(client, town.pothole)
    client.post(f"{at}/where/", {"label": "12 Main Street"})
    return lambda: text_of(client.post(f"{at}/q-safety/", {"q-danger": "now"}))


def test_an_answer_that_stops_leads_to_9_1_1_to_a_number_and_to_another_service(stopped):
    shown = stopped()

    assert 'href="tel:911"' in shown
    assert 'href="tel:905-555-0111"' in shown
    assert 'href="/services/noise/"' in shown
    assert not Case.objects.exists()


def test_a_service_that_is_no_longer_offered_is_not_led_to(stopped, town):
    Service.objects.filter(code="noise").update(is_public=False)

    assert "/services/noise/" not in stopped()


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ({"instead": {"emergency": True}}, "for whoever is stopped"),
        ({"stop": {"en": "No.", "fr": "Non."}, "instead": {}}, "leads nowhere"),
    ],
)
def test_another_door_without_a_stop_or_to_nowhere_is_not_published(option, said):
    asked = question("a", "one_choice", options=[{"code": "b", "label": {"en": "B", "fr": "B"}} | option])

    found = lint(Definition.model_validate(written(page("p", asked))))

    assert [said in finding.what for finding in found] == [True]


def test_out_of_hours_the_page_says_what_to_do_and_when_somebody_is_there_again(client, town):
    Calendar.objects.update(after_hours=WORDS)

    with time_machine.travel(NIGHT, tick=False):
        at_night, in_french = text_of(client.get("/services/pothole/")), text_of(client.get("/fr/services/pothole/"))
    with time_machine.travel(NOON, tick=False):
        at_noon = text_of(client.get("/services/pothole/"))

    assert "Come back tomorrow." in at_night
    assert "8:30 a.m." in at_night
    assert "Revenez demain." in in_french
    assert "Come back tomorrow." not in at_noon


def test_a_service_has_words_of_its_own(client, town):
    Calendar.objects.update(after_hours=WORDS)
    Service.objects.filter(code="pothole").update(after_hours={"en": "Call the crew.", "fr": "Appelez l’équipe."})

    with time_machine.travel(NIGHT, tick=False):
        shown = text_of(client.get("/services/pothole/"))

    assert "Call the crew." in shown
    assert "Come back tomorrow." not in shown


def test_who_sends_something_at_night_reads_it_again_at_the_end(client, pothole):
    Calendar.objects.update(after_hours=WORDS)

    with time_machine.travel(NIGHT, tick=False):
        at = begin(client, pothole)
        answer_everything(client, at)
        client.post(f"{at}/check/")
        shown = text_of(client.get(f"{at}/done/"))

    assert "Come back tomorrow." in shown
