"""Following a request without an account: a stranger learns nothing, and may not guess for long."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from townline.cases.intake import Contact
from townline.cases.models import Case, Outcome, Wait
from townline.cases.tracking import link_token
from townline.channels.models import Channel, Mail
from townline.core.references import make
from townline.portal.tests.walking import answer_everything, begin, text_of

NOT_FOUND = "We find no request with this reference"


def try_proof(client, reference, proof="other@example.org"):
    return client.post("/track/", {"reference": reference, "proof": proof})


def test_a_reference_with_the_right_address_shows_the_case(client, town):
    case = town.case("Broken lamp")

    response = client.post("/track/", {"reference": case.reference, "proof": "Elena.Rivera@example.org"}, follow=True)

    assert case.reference in text_of(response)
    assert response.redirect_chain[-1][0] == f"/track/{case.reference}/"


@pytest.mark.parametrize("typed", ["l1c3a6", "L1C 3A6", " 40 Temperance Street, L1C-3A6 "])
def test_the_postal_code_does_too(client, town, typed):
    case = town.case(contact=Contact(name="Ana", address="40 Temperance Street\nBowmanville ON  L1C 3A6"))

    response = try_proof(client, case.reference.lower().replace("-", " "), typed)

    assert response["Location"] == f"/track/{case.reference}/"


def test_a_stranger_learns_nothing_from_the_answer(client, town):
    case = town.case("Broken lamp")

    wrong, unknown = try_proof(client, case.reference), try_proof(client, make("TV"))

    assert NOT_FOUND in text_of(wrong)
    assert NOT_FOUND in text_of(unknown)


def test_the_same_is_asked_of_the_database_whether_or_not_there_is_such_a_case(client, town):
    case = town.case("Broken lamp")
    try_proof(client, make("TV"))

    with CaptureQueriesContext(connection) as known:
        try_proof(client, case.reference)
    with CaptureQueriesContext(connection) as unknown:
        try_proof(client, make("TV"))

    assert len(known) == len(unknown)


def test_a_misread_reference_is_noticed_before_anything_is_looked_up(client, town):
    reference = make("TV")
    wrong = reference[:-1] + ("0" if reference[-1] != "0" else "1")

    response = try_proof(client, wrong)

    assert "This is not quite a reference of ours." in text_of(response)


def test_ten_wrong_tries_are_enough_for_ten_minutes(client, town):
    case = town.case("Broken lamp")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        answers = [try_proof(client, make("TV")).status_code for _ in range(11)]
        refused = try_proof(client, case.reference, "elena.rivera@example.org")
        clock.shift(timedelta(minutes=10, seconds=1))
        allowed = try_proof(client, case.reference, "elena.rivera@example.org")

    assert answers == [200] * 10 + [429]
    assert refused.status_code == 429
    assert "Wait ten minutes" in text_of(refused)
    assert case.reference in text_of(refused)
    assert allowed.status_code == 302


def test_another_address_and_session_may_still_try(client, town):
    case = town.case("Broken lamp")
    for _ in range(11):
        try_proof(client, make("TV"))

    response = try_proof(Client(REMOTE_ADDR="192.0.2.7"), case.reference, "elena.rivera@example.org")

    assert response.status_code == 302


def test_right_and_misread_ones_are_not_counted(client, town):
    case = town.case("Broken lamp")

    answers = [try_proof(client, case.reference, "elena.rivera@example.org").status_code for _ in range(12)]
    answers += [try_proof(client, "TV-1").status_code for _ in range(12)]

    assert answers == [302] * 12 + [200] * 12


def test_the_link_in_our_mail_opens_the_case_and_leaves_the_address(client, town, work):
    case = town.case("Broken lamp")
    work()
    link = next(word for word in Mail.objects.get().body.split() if "/track/l/" in word)

    response = client.get(link.split("8000")[1])

    assert response["Location"] == f"/track/{case.reference}/"
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert client.get(response["Location"]).status_code == 200


def test_a_mail_scanner_that_opens_the_link_changes_nothing(client, town):
    case = town.case("Broken lamp")
    link = f"/track/l/{link_token(case)}/"
    before = town.events(case).count()

    for scanner in (Client(), Client()):
        scanner.head(link)
        scanner.get(link, follow=True)

    assert town.events(case).count() == before
    assert client.get(link).status_code == 302


@pytest.mark.parametrize("token", ["nothing", "x:y:z"])
def test_a_broken_link_leads_to_the_form_with_a_word(client, town, token):
    response = client.get(f"/track/l/{token}/", follow=True)

    assert response.redirect_chain[-1][0] == "/track/"
    assert "This link is not complete" in text_of(response)


def test_a_link_ends_after_a_year(client, town):
    case = town.case("Broken lamp")
    link = f"/track/l/{link_token(case)}/"

    with time_machine.travel(timezone.now() + timedelta(days=366)):
        response = client.get(link)

    assert response["Location"] == "/track/"


def test_whoever_has_not_proved_anything_is_asked_whether_or_not_there_is_such_a_case(client, town):
    known, unknown = town.case("Broken lamp").reference, make("TV")

    assert client.get(f"/track/{known}/")["Location"] == f"/track/?reference={known}"
    assert client.get(f"/track/{unknown}/")["Location"] == f"/track/?reference={unknown}"
    assert known in text_of(client.get(f"/track/?reference={known}"))


def test_a_confidential_case_cannot_be_tracked(client, town):
    case = town.case("Broken lamp", is_confidential=True)

    proved = try_proof(client, case.reference, "elena.rivera@example.org")
    linked = client.get(f"/track/l/{link_token(case)}/")

    assert NOT_FOUND in text_of(proved)
    assert linked["Location"] == "/track/"
    assert client.get(f"/track/{case.reference}/").status_code == 302


def test_what_was_sent_from_this_browser_can_be_followed_in_it_alone(client, pothole):
    at = begin(client, pothole)
    answer_everything(client, at)
    client.post(f"{at}/check/")
    case = Case.objects.get()

    mine = client.get(f"/track/{case.reference}/")
    theirs = Client().get(f"/track/{case.reference}/")

    assert mine.status_code == 200
    assert theirs.status_code == 302


@pytest.fixture
def story(client, town):
    """The page of a case for its customer, read anew each time."""

    def read(case):
        try_proof(client, case.reference, "elena.rivera@example.org")
        return text_of(client.get(f"/track/{case.reference}/"))

    return read


def test_the_story_is_told_in_words_for_the_customer(story, town):
    case = town.case("Broken lamp", assignee=town.ada)
    case.note(by=town.ada, text="Between us.")
    case.message(by=town.ada, text="We look at it on Thursday.")
    case.wait(by=town.ada, reason=Wait.Reason.CUSTOMER, until_on=timezone.localdate() + timedelta(days=9))

    page = story(case)

    assert "We received your request" in page
    assert "By phone" in page
    assert page.count("Somebody began to work on it") == 1
    assert "We look at it on Thursday." in page
    assert "We need something from you before we can go on." in page
    assert "The time stands still while we wait." in page
    assert "Between us." not in page
    assert "Ada" not in page


def test_the_page_says_how_it_ended_once(story, town):
    case = town.case("Broken lamp", assignee=town.ada)
    case.close(by=town.ada, outcome=Outcome.UNABLE, words="It stands on private land.")

    page = story(case)

    assert "Unable to act" in page
    assert page.count("It stands on private land.") == 1


def test_a_promise_says_whether_it_was_kept(story, town):
    case = town.case("Broken lamp", assignee=town.ada)
    case.message(by=town.ada, text="We look at it on Thursday.")

    in_time = story(case)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        late = story(case)
        case.close(by=town.ada, outcome=Outcome.DONE, words="Done.")
        missed = story(case)

    assert in_time.count("kept in time") == 2
    assert "It will be done or decided by" in in_time
    assert "days late" in late
    assert "It was done or decided." in missed
    assert "days late" in missed


def test_a_second_contact_is_told_without_what_we_wrote_down(story, town):
    case = town.case("Broken lamp")
    case.contact(by=town.rita, channel=Channel.COUNTER, text="She was upset.")

    page = story(case)

    assert "We heard from you again" in page
    assert "At a counter" in page
    assert "She was upset." not in page


def test_a_promise_to_the_end_of_a_day_names_the_day_alone(town):
    case = town.case("Broken lamp")
    clock = case.clocks.get(promise="outcome")
    clock.due_at = datetime(2026, 12, 4, 4, 59, 59, tzinfo=UTC)

    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC)):
        assert clock.in_words == "It will be done or decided by Thursday 3 December."
