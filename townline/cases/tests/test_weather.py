"""A declared weather event: winter promises given meanwhile begin when it is over, and customers are told plainly."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from townline.cases.models import Case, Weather
from townline.cases.weather import declare
from townline.catalogue.models import Standard
from townline.channels.models import Mail
from townline.core.localized import Localized
from townline.core.refusals import NotPossible

MONDAY = datetime(2027, 2, 1, 14, tzinfo=UTC)
URL = "/desk/weather/"
WORDS = Localized(en="Crews are out day and night.", fr="Les équipes sont au travail jour et nuit.")


@pytest.fixture
def stopped():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def winter(stopped, town):
    """Ploughing: an outcome within 48 hours."""
    service = town.service("ploughing", "Ploughing", "service_request", town.roads)
    Standard.objects.create(
        code="ploughing", name={"en": "Cleared"}, promise="outcome", service=service, amount=48, unit="hours",
        is_winter=True,
    )  # fmt: skip
    return service


@pytest.fixture
def storm(winter, town):
    return declare(by=town.lea, words=WORDS)


def outcome(case):
    return case.clocks.get(promise="outcome")


def test_a_winter_promise_given_during_it_begins_when_it_is_declared_over(stopped, town, winter, storm, work):
    case = town.case(service=winter)
    assert (outcome(case).due_at, outcome(case).begun_at) == (None, None)
    assert case.due_kind == "answer"
    stopped.shift(timedelta(days=2))

    storm.end(by=town.lea)
    work()

    assert outcome(case).due_at == MONDAY + timedelta(days=4)
    assert town.events(case).get(name="case.begun").details == {"weather": storm.pk}


def test_what_was_promised_before_or_for_other_seasons_stays(stopped, town, winter, work):
    before = town.case(service=winter)
    stopped.shift(timedelta(hours=1))
    storm = declare(by=town.lea, words=WORDS)
    other = town.case()
    dues = [outcome(case).due_at for case in (before, other)]

    storm.end(by=town.lea)
    work()

    assert [outcome(case).due_at for case in (before, other)] == dues
    assert dues[0] == MONDAY + timedelta(hours=48)


def test_a_letter_from_during_it_that_is_entered_afterwards_counts_from_its_end(stopped, town, winter, storm):
    stopped.shift(timedelta(hours=5))
    storm.end(by=town.lea)
    stopped.shift(timedelta(days=1))

    case = town.case(service=winter, received_at=MONDAY + timedelta(hours=1))

    assert outcome(case).due_at == MONDAY + timedelta(hours=5 + 48)


def test_a_case_that_is_closed_before_it_is_over_has_kept_its_promise(town, winter, storm, work):
    case = town.case(service=winter, assignee=town.ada)
    case.close(by=town.ada, outcome="done", words="Ploughed all the same.")

    storm.end(by=town.lea)
    work()

    assert outcome(case).is_kept
    assert not town.events(case).filter(name="case.begun").exists()


def test_there_is_one_at_a_time_and_it_ends_once(town, storm):
    with pytest.raises(NotPossible, match="declared already"):
        declare(by=town.lea, words=WORDS)
    storm.end(by=town.lea)

    with pytest.raises(NotPossible, match="over already"):
        storm.end(by=town.lea)


def test_it_is_declared_reworded_and_ended_at_the_desk_and_everybody_there_sees_it(as_member, town, winter):
    lea = as_member("lea")
    lea.post(f"{URL}declare/", {"en": "Snow.", "fr": "Neige."})
    assert "A significant weather event is declared (since" in as_member("otto").get("/desk/").content.decode()
    lea.post(f"{URL}reword/", {"en": "Much snow.", "fr": "Beaucoup de neige."})
    assert "Much snow." in lea.get(URL).content.decode()

    page = lea.post(f"{URL}end/", follow=True).content.decode()

    assert "The weather event is over." in page
    assert Weather.objects.get().is_over
    assert "is declared (since" not in as_member("otto").get("/desk/").content.decode()


def test_words_in_both_languages_are_needed_and_nothing_typed_is_lost(as_member, town):
    page = as_member("lea").post(f"{URL}declare/", {"en": "Much snow.", "fr": ""}).content.decode()

    assert "Much snow." in page
    assert not Weather.objects.exists()


def test_customers_read_the_municipalitys_own_words(client, town, winter, storm, work):
    assert "Crews are out day and night." in client.get("/services/ploughing/").content.decode()
    assert "jour et nuit" in client.get("/fr/services/ploughing/").content.decode()
    assert "Crews are out" not in client.get("/services/pothole/").content.decode()
    town.case(service=winter)
    work()

    mail = Mail.objects.get(purpose="acknowledgement")
    assert "Crews are out day and night." in mail.body
    assert "the law" not in mail.body


def test_the_case_says_that_its_time_has_not_begun(as_member, town, winter, storm):
    case = town.case(service=winter, assignee=town.ada)

    page = as_member("ada").get(case.get_absolute_url()).content.decode()

    assert "begins when the weather event is over" in page
    assert "Its time begins when the declared weather event is declared over." in page


def test_many_cases_begin_some_at_a_time(town, winter, storm, work, monkeypatch):
    monkeypatch.setattr("townline.cases.weather.AT_ONCE", 2)
    cases = [town.case(service=winter) for _ in range(5)]

    storm.end(by=town.lea)
    work()

    assert {outcome(case).due_at for case in Case.objects.filter(pk__in=[c.pk for c in cases])} == {
        MONDAY + timedelta(hours=48)
    }
