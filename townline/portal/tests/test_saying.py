"""What a customer says on the page of their case: more, or that it is not solved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.accounts.models import Municipality
from townline.cases.models import Case, Link, Notification, Status
from townline.portal.tests.walking import text_of


@pytest.fixture
def case(town):
    return town.case("Lamp", assignee=town.ada)


@pytest.fixture
def rivera_tracks(client, case):
    client.post("/track/", {"reference": case.reference, "proof": "elena.rivera@example.org"})
    return client


def at(case, step=""):
    return f"/track/{case.reference}/{step}"


def fresh(case):
    return Case.objects.get(pk=case.pk)


def close(town, case, days_ago=0):
    case.close(by=town.ada, outcome="done", words="Done.")
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now() - timedelta(days=days_ago))


def test_a_customer_adds_something_and_the_assignee_is_told(rivera_tracks, case, town, work):
    response = rivera_tracks.post(at(case, "add/"), {"text": "It is the second lamp."})
    work()

    assert "It is the second lamp." in text_of(rivera_tracks.get(response["Location"]))
    assert case.messages.get().direction == "in"
    assert Notification.objects.get(kind="heard").user == town.ada


def test_what_waited_for_the_customer_goes_on(rivera_tracks, case, town):
    case.wait(by=town.ada, reason="customer", until_on=timezone.localdate() + timedelta(days=5))

    rivera_tracks.post(at(case, "add/"), {"text": "Here is the number."})

    assert fresh(case).status == Status.OPEN
    assert not case.waits.filter(ended_at=None).exists()


def test_what_waits_for_the_weather_goes_on_waiting(rivera_tracks, case, town):
    case.wait(by=town.ada, reason="weather", until_on=timezone.localdate() + timedelta(days=5))

    rivera_tracks.post(at(case, "add/"), {"text": "Hello."})

    assert fresh(case).status == Status.WAITING


@pytest.mark.parametrize("text", ["", "x" * 4001], ids=["empty", "too long"])
def test_what_cannot_be_kept_is_shown_again_with_a_sentence(rivera_tracks, case, text):
    page = text_of(rivera_tracks.post(at(case, "add/"), {"text": text}))

    assert "There is a problem" in page
    assert text in page
    assert not case.messages.exists()


@pytest.mark.parametrize("step", ["add/", "not-solved/", "unfollow/"])
def test_strangers_say_nothing(client, case, step):
    assert client.post(at(case, step), {"text": "Hello."})["Location"] == "/track/"
    assert not case.messages.exists()


def test_within_the_grace_it_goes_on_the_closed_case(rivera_tracks, case, town):
    close(town, case, days_ago=29)

    rivera_tracks.post(at(case, "add/"), {"text": "Thank you."})

    assert case.messages.filter(direction="in").count() == 1
    assert Case.objects.count() == 1
    assert fresh(case).is_closed


def test_long_after_the_end_it_begins_a_new_request(rivera_tracks, case, town, work):
    close(town, case, days_ago=31)
    assert "begins a new request" in text_of(rivera_tracks.get(at(case)))

    response = rivera_tracks.post(at(case, "add/"), {"text": "It is dark again."})
    work()

    new = Case.objects.exclude(pk=case.pk).get()
    assert response["Location"] == at(new)
    assert rivera_tracks.get(at(new)).status_code == 200
    assert Link.objects.get(case=case).other == new
    assert new.customer == case.customer
    assert new.interactions.get().summary == "It is dark again."
    assert new.due_at < timezone.now() + timedelta(days=60)


def test_a_call_long_after_the_end_begins_a_new_case_too(case, town):
    close(town, case, days_ago=31)

    interaction = case.contact(by=town.rita, channel="phone", text="Dark again.", customer=town.rivera)

    (new,) = interaction.cases.all()
    assert new != case
    assert town.events(case).get(name="case.followed_up").details == {"other": new.pk}


def test_what_is_not_solved_is_open_again_with_the_reason(rivera_tracks, case, town, work):
    close(town, case)
    assert "We then open it again." in text_of(rivera_tracks.get(at(case)))

    rivera_tracks.post(at(case, "not-solved/"), {"text": "It is still dark."})
    work()

    assert fresh(case).status == Status.OPEN
    assert fresh(case).disputes == 1
    assert "It is still dark." in text_of(rivera_tracks.get(at(case)))
    assert Notification.objects.get(kind="not_solved").user == town.ada


def test_where_the_municipality_only_looks_again_it_stays_closed(rivera_tracks, case, town):
    Municipality.objects.update(not_solved="flag")
    close(town, case)

    rivera_tracks.post(at(case, "not-solved/"), {"text": "It is still dark."})

    assert fresh(case).is_closed
    assert fresh(case).disputes == 1


def test_it_can_be_said_twice_and_then_somebody_calls(rivera_tracks, case, town):
    for _time in range(2):
        fresh(case).close(by=town.ada, outcome="done", words="Done.")
        rivera_tracks.post(at(case, "not-solved/"), {"text": "Dark."})
    fresh(case).close(by=town.ada, outcome="done", words="Done.")

    response = rivera_tracks.post(at(case, "not-solved/"), {"text": "Dark."})

    assert response.status_code == 409
    assert "Call us" in text_of(response)
    assert fresh(case).disputes == 2


@pytest.mark.parametrize("days_ago", [31, None], ids=["long ago", "still open"])
def test_when_it_cannot_be_said_the_page_says_why(rivera_tracks, case, town, days_ago):
    if days_ago:
        close(town, case, days_ago=days_ago)

    page = text_of(rivera_tracks.get(at(case, "not-solved/")))

    assert ("ended too long ago" if days_ago else "still open") in page


def test_a_merged_case_leads_to_the_one_it_goes_on_in(rivera_tracks, case, town):
    other = town.case("The same lamp")
    case.merge_into(by=town.rita, other=other)

    response = rivera_tracks.get(at(case))

    assert response["Location"] == at(other)
    page = text_of(rivera_tracks.get(at(other)))
    assert "goes on together with this one" in page


def test_what_is_said_to_a_merged_case_lands_where_it_goes_on(rivera_tracks, case, town):
    other = town.case("The same lamp")
    case.merge_into(by=town.rita, other=other)

    response = rivera_tracks.post(at(case, "add/"), {"text": "Hello."})

    assert response["Location"] == at(other)
    assert other.messages.get().text == "Hello."
