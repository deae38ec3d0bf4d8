"""What comes too fast from one place waits a little; what was typed stays, and nobody else waits."""

import pytest
from django.test import Client

from townline.cases.models import Draft, Follower
from townline.catalogue.models import Service
from townline.channels.models import Mail
from townline.complaints.testing import a_line, a_procedure
from townline.portal import pace
from townline.portal.tests.walking import begin, text_of

WAITS = "Wait ten minutes and try again"


@pytest.fixture(autouse=True)
def one_each(settings, monkeypatch):
    """One of each, then it waits."""
    settings.HOLD_AFTER = 5
    monkeypatch.setattr(pace, "MOST", dict.fromkeys(pace.MOST, 1))


@pytest.fixture
def case(town):
    return town.case("Lamp", assignee=town.ada)


def let_in(client, case):
    client.post("/track/", {"reference": case.reference, "proof": "elena.rivera@example.org"})
    return client


def at(case, step):
    return f"/track/{case.reference}/{step}/"


def test_more_words_wait_and_stay_where_they_were_typed(client, case):
    let_in(client, case).post(at(case, "add"), {"text": "First."})

    slowed = client.post(at(case, "add"), {"text": "Second lamp."})

    assert slowed.status_code == 429
    assert WAITS in text_of(slowed)
    assert "Second lamp.</textarea>" in text_of(slowed)
    assert case.messages.count() == 1


def test_words_that_are_missing_do_not_count(client, case):
    let_in(client, case).post(at(case, "add"), {"text": ""})

    assert client.post(at(case, "add"), {"text": "First."}).status_code == 302


def test_whoever_is_elsewhere_or_signed_in_does_not_wait(client, case, rivera):
    let_in(client, case).post(at(case, "add"), {"text": "First."})
    elsewhere, signed_in = Client(REMOTE_ADDR="203.0.113.7"), Client()
    signed_in.force_login(rivera, backend="django.contrib.auth.backends.ModelBackend")

    assert let_in(elsewhere, case).post(at(case, "add"), {"text": "Mine."}).status_code == 302
    assert signed_in.post(at(case, "add"), {"text": "Mine too."}).status_code == 302


def test_ten_minutes_later_it_goes_on(client, case, monkeypatch):
    let_in(client, case).post(at(case, "add"), {"text": "First."})
    later = pace.time.time() + pace.SECONDS + 1
    monkeypatch.setattr("townline.portal.pace.time.time", lambda: later)

    assert client.post(at(case, "add"), {"text": "Second."}).status_code == 302


def test_where_nothing_is_held_nothing_is_counted(client, case, settings):
    settings.HOLD_AFTER = 0
    let_in(client, case).post(at(case, "add"), {"text": "First."})

    assert client.post(at(case, "add"), {"text": "Second."}).status_code == 302


def test_that_it_is_not_solved_waits_and_stays(client, case, town):
    case.close(by=town.ada, outcome="done", words="Done.")
    let_in(client, case).post(at(case, "not-solved"), {"text": "Still dark."})
    case.refresh_from_db()
    case.close(by=town.ada, outcome="done", words="Done again.")

    slowed = client.post(at(case, "not-solved"), {"text": "Dark as ever."})

    assert slowed.status_code == 429
    assert "Dark as ever.</textarea>" in text_of(slowed)
    case.refresh_from_db()
    assert case.is_closed


def test_following_waits_and_stays(client, pothole, town):
    Service.objects.filter(pk=pothole.pk).update(shares="place")
    case = town.case("Hole", service=Service.objects.get(pk=pothole.pk))
    typed = {"words": "Deeper now.", "email": "second@example.org"}
    drafts = [begin(client, pothole) for _ in range(2)]
    Draft.objects.update(follows=case)

    went, slowed = [client.post(f"{draft}/follow/", typed) for draft in drafts]

    assert (went.status_code, slowed.status_code) == (302, 429)
    assert WAITS in text_of(slowed)
    assert "Deeper now." in text_of(slowed)
    assert Follower.objects.count() == 1


def test_a_copy_waits_and_says_so(client, case, town):
    let_in(client, case).post(at(case, "copy"))
    case.message(by=town.ada, text="News.")

    slowed = client.post(at(case, "copy"), follow=True)

    assert WAITS in text_of(slowed)
    assert Mail.objects.filter(purpose="copy").count() == 1


def test_a_complaint_begins_once_and_then_waits_where_it_is_explained(client, town):
    a_line(town)
    a_procedure(town)
    begun = client.post("/complaint/start/")

    slowed = client.post("/complaint/start/", follow=True)

    assert "/about/" in begun["Location"]
    assert slowed.redirect_chain == [("/complaint/", 302)]
    assert WAITS in text_of(slowed)
