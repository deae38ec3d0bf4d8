"""Calls that are owed: each is made until somebody is reached, and nobody is forgotten."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from townline.callbacks.asking import Wanted
from townline.callbacks.models import Callback
from townline.callbacks.schedule import remind_of_callbacks
from townline.callbacks.tests.doings import NUMBER, about_a_case, owed
from townline.cases.models import Notification
from townline.channels.models import Interaction
from townline.core.refusals import NotPossible
from townline.records.exporting import everything_about
from townline.timeline.models import Event

ZONE = ZoneInfo("America/Toronto")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


# --- Asking -----------------------------------------------------------------


@time_machine.travel(MONDAY, tick=False)
def test_it_is_owed_by_the_end_of_the_next_business_day(town):
    one = owed(town)

    assert one.due_at == datetime(2026, 11, 24, 16, 30, tzinfo=ZONE)
    assert one.remind_at == datetime(2026, 11, 25, 8, 30, tzinfo=ZONE)
    assert (one.department, one.contact_point.value, one.customer.name) == (town.roads, NUMBER, "Elena Rivera")
    assert one.interaction.outcome == Interaction.Outcome.CALL_BACK
    details = Event.objects.get(name="callback.asked").details
    assert details == {"interaction": one.interaction_id, "department": town.roads.pk, "due_at": one.due_at.isoformat()}


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        (Wanted(end=time(12)), None, datetime(2026, 11, 23, 12, tzinfo=ZONE)),
        (
            Wanted(MONDAY.date() + timedelta(days=3), time(13), time(14, 30)),
            datetime(2026, 11, 26, 13, tzinfo=ZONE),
            datetime(2026, 11, 26, 14, 30, tzinfo=ZONE),
        ),
        (
            Wanted(start=time(18)),
            datetime(2026, 11, 23, 18, tzinfo=ZONE),
            datetime(2026, 11, 23, 23, 59, tzinfo=ZONE),
        ),
    ],
    ids=["until noon today", "on Thursday after one", "in the evening"],
)
def test_their_own_word_counts(town, wanted, start, end):
    one = owed(town, wanted=wanted)

    assert (one.from_at, one.due_at) == (start, end)


def test_the_same_draft_is_one_call(town):
    assert owed(town) == owed(town)
    assert (Callback.objects.count(), Interaction.objects.count()) == (1, 1)


def test_about_a_case_the_contact_is_kept_with_it(town):
    one = about_a_case(town)

    assert list(one.interaction.cases.all()) == [one.case]
    assert one.department == one.case.department


# --- Calling ----------------------------------------------------------------


def test_reaching_them_ends_it_and_is_a_contact(town):
    one = owed(town)
    one.attempt(by=town.ada, result="message")
    one.attempt(by=town.ada, result="reached", words="It is mended on Friday.")

    one.refresh_from_db()
    contact = one.attempts.get(number=2).interaction
    assert (one.state, one.tries) == ("reached", 2)
    assert (contact.channel, contact.outcome, contact.summary) == ("phone", "answered", "It is mended on Friday.")
    with pytest.raises(NotPossible, match="not owed any more"):
        one.attempt(by=town.ben, result="reached")


def test_reached_about_a_case_is_said_on_the_case(town):
    one = about_a_case(town)
    one.attempt(by=town.ada, result="reached", words="On Friday.")

    assert one.case.interactions.filter(summary="On Friday.", channel="phone").count() == 1


def test_after_three_attempts_they_are_written_to(town):
    one = owed(town)
    for _ in range(3):
        one.attempt(by=town.ada, result="no_answer")

    with pytest.raises(NotPossible, match="Write to them instead"):
        one.attempt(by=town.ada, result="no_answer")
    one.give_up(by=town.ada, reason="nobody")
    assert one.state == "given_up"


def test_an_attempt_that_was_noted_meanwhile_is_looked_at_first(town):
    one = owed(town)
    one.attempt(by=town.ben, result="no_answer", seen=0)

    with pytest.raises(NotPossible, match="noted meanwhile"):
        one.attempt(by=town.ada, result="no_answer", seen=0)
    assert one.attempts.count() == 1


def test_a_corrected_number_is_the_one_to_call(town):
    one = owed(town)
    one.contact_point.correct(by=town.rita, value="905-555-0188")

    assert Callback.objects.get().number.value == "905-555-0188"


# --- Who knows, and what follows ----------------------------------------------


def test_it_goes_along_with_its_case(town, work):
    one = about_a_case(town)
    one.case.hand_over(by=town.lea, queue=town.queues[town.bylaw.pk], reason="It is theirs.")
    work()

    one.refresh_from_db()
    assert one.department == town.bylaw


def test_an_overdue_call_is_said_once_to_those_who_supervise(town, as_member):
    with time_machine.travel(MONDAY, tick=False):
        one = about_a_case(town)
    with time_machine.travel(MONDAY + timedelta(days=1, hours=12)):
        remind_of_callbacks.func()
        assert not Notification.objects.filter(kind="callback_due").exists()
    with time_machine.travel(MONDAY + timedelta(days=2, hours=1)):
        remind_of_callbacks.func()
        remind_of_callbacks.func()
        page = as_member("lea").get("/desk/callbacks/").content.decode()

    told = Notification.objects.filter(kind="callback_due", case=one.case)
    assert [row.user for row in told] == [town.lea]
    assert "1 call that we owe is overdue." in page
    assert Event.objects.filter(name="callback.reminded").count() == 1


def test_of_a_confidential_case_nobody_knows_any(as_member, town):
    one = about_a_case(town)
    type(one.case).objects.filter(pk=one.case.pk).update(is_confidential=True)

    assert as_member("ada").get(one.get_absolute_url()).status_code == 404
    assert "Elena Rivera" not in as_member("ada").get("/desk/callbacks/").content.decode()


# --- Pages ------------------------------------------------------------------


def test_the_list_is_a_dozen_queries_however_long_it_is(as_member, town, django_assert_max_num_queries):
    for number in range(5):
        owed(town, token=f"{number}" * 22)
    browser = as_member("ada")

    with django_assert_max_num_queries(12):
        page = browser.get("/desk/callbacks/").content.decode()

    assert page.count("Elena Rivera") == 5


def test_the_page_shows_what_is_to_be_known_before(as_member, town, django_assert_max_num_queries):
    one = owed(town)
    one.customer.accommodate(by=town.rita, kind="interpreter", what_helps="Portuguese")
    browser = as_member("ada")

    with django_assert_max_num_queries(12):
        page = browser.get(one.get_absolute_url()).content.decode()

    assert 'href="tel:+19055550177"' in page
    assert "Portuguese" in page
    assert "When is it mended?" in page


def test_an_attempt_is_noted_on_its_page(as_member, town):
    one = owed(town)
    browser = as_member("ada")
    refused = browser.post(f"{one.get_absolute_url()}attempt/", {"seen": 0, "words": "Kept."})
    done = browser.post(f"{one.get_absolute_url()}attempt/", {"seen": 0, "result": "message"})

    assert "Kept." in refused.content.decode()
    assert done.status_code == 302
    assert one.attempts.get().result == "message"


def test_what_somebody_noted_meanwhile_is_said_and_nothing_typed_is_lost(as_member, town):
    one = owed(town)
    one.attempt(by=town.ben, result="no_answer")
    asked = {"seen": 0, "result": "reached", "words": "On Friday."}
    page = as_member("ada").post(f"{one.get_absolute_url()}attempt/", asked)

    assert "An attempt was noted meanwhile." in page.content.decode()
    assert "On Friday." in page.content.decode()
    assert page.context["attempt_form"]["seen"].value() == 1


def test_the_export_of_a_customer_says_so(town):
    one = owed(town)
    one.withdraw(by=town.ada)

    assert "Not wanted any more" in everything_about(one.customer)["contacts"][0]["text"]


def test_of_two_records_that_stand_together_the_one_that_stands_is_called(as_member, town):
    one = owed(town)
    one.customer.merge(by=town.rita, into=type(one.customer).objects.create(name="Elena R. Rivera"))

    assert "Elena R. Rivera" in as_member("ada").get(one.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 302), ("ben", 302), ("lea", 302), ("rita", 302), ("otto", 404), ("dana", 404)]
)
def test_who_may_call(client, town, who, status):
    one = owed(town)
    client.force_login(getattr(town, who))

    assert client.post(f"{one.get_absolute_url()}give_up/", {"reason": "otherwise"}).status_code == status


def test_it_stands_on_its_case_and_on_its_customers_page(as_member, town):
    one = about_a_case(town)

    assert one.get_absolute_url() in as_member("ada").get(one.case.get_absolute_url()).content.decode()
    assert one.get_absolute_url() in as_member("rita").get(f"/desk/customers/{one.customer_id}/").content.decode()


def test_other_systems_note_it_too(call, town):
    one = owed(town)

    assert call("ada", f"callbacks/{one.pk}", method="get").json()["state"] == "open"
    assert call("ada", f"callbacks/{one.pk}/attempt", result="no_answer").json()["tries"] == 1
    assert call("otto", f"callbacks/{one.pk}/withdraw").status_code == 404
    assert call("ada", f"callbacks/{one.pk}/give_up", reason="nobody").json()["state"] == "given_up"
    assert call("ada", f"callbacks/{one.pk}/withdraw").status_code == 409
