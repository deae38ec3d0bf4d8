"""The policy of complaints, rule by rule: who knows of one, and who may do what with it, at each moment."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from townline.accounts.models import User
from townline.complaints.models import Complaint, EmergencyAccess, Offer, RecordedRequest
from townline.complaints.policy import Complainant
from townline.core.access import may, visible
from townline.core.verbs import verbs_of

NOBODY = {"open_intake", "seal_letter", "seal_package", "offer", "relieve"}
INVESTIGATOR = {
    "acknowledge", "ask", "note", "hear", "record_answer", "find", "decide", "extend", "close", "follow_up", "disclose",
    "withdraw_consent", "release",
}  # fmt: skip
OVERSEER = {"escalate", "name_witness", "finish_follow_up", "open_in_emergency", "review_emergency", "read"}
COMPLAINANT = {
    "track", "reply", "accept", "escalate", "attach", "ask_for_package", "disclose", "withdraw_consent"
}  # fmt: skip


@pytest.fixture
def cast(town, line, client):
    """Everybody who might ask, by what they are."""
    customer = User.objects.create_user("someone@example.org", kind=User.Kind.CUSTOMER)
    return {**line, "ben": town.ben, "customer": customer, "nobody": AnonymousUser(), "system": town.system}


RULES = [*verbs_of(Complaint), "read", "track"]


def may_do(user, complaint):
    """Everything that this user may do with it, by the rules alone."""
    fresh = Complaint.objects.get(pk=complaint.pk)
    return {name for name in RULES if may(user, name, fresh)}


def who_see(cast, complaint):
    return {key for key, user in cast.items() if visible(user, Complaint.objects.filter(pk=complaint.pk)).exists()}


def test_at_intake_the_intake_sends_it_on_and_nothing_else(cast, complaint):
    assert may_do(cast["intake"], complaint) == {"read", "send_on"}
    assert who_see(cast, complaint) == {"intake", "overseer", "foi"}


def test_whoever_investigates_leads_it(cast, investigated):
    assert may_do(cast["supervisor"], investigated) == INVESTIGATOR | {
        "read", "escalate", "attach", "name_witness", "finish_follow_up"
    }  # fmt: skip
    assert who_see(cast, investigated) == {"supervisor", "overseer", "foi"}


def test_whoever_had_it_before_does_nothing_with_it_any_more(cast, investigated, town):
    investigated.escalate(by=cast["overseer"], why="municipality")

    assert may_do(cast["supervisor"], investigated) == {"read"}
    assert may_do(cast["intake"], investigated) == {"read"}
    assert may_do(cast["manager"], investigated) >= INVESTIGATOR


def test_at_another_stage_the_intake_does_not_send_it_on(cast, complaint):
    Complaint.objects.filter(pk=complaint.pk).update(stage="investigation")

    assert may_do(cast["intake"], complaint) == {"read"}


def test_an_investigator_is_no_intake_whatever_the_stage_says(cast, investigated):
    Complaint.objects.filter(pk=investigated.pk).update(stage="intake")

    assert "send_on" not in may_do(cast["supervisor"], investigated)


def test_who_oversees_and_who_answers_requests_do_what_is_theirs(cast, investigated):
    assert may_do(cast["overseer"], investigated) == OVERSEER
    assert may_do(cast["foi"], investigated) == {
        "read", "review_emergency", "record_request", "disclose", "withdraw_consent", "release"
    }  # fmt: skip


def test_the_complainant_follows_and_speaks(investigated):
    theirs = Complainant(frozenset({investigated.pk}))

    assert may_do(theirs, investigated) == COMPLAINANT
    assert list(visible(theirs, Complaint.objects.all())) == [investigated]
    assert not visible(Complainant(), Complaint.objects.all()).exists()
    assert theirs.is_anonymous
    assert not theirs.is_employee


@pytest.mark.parametrize("who", ["customer", "system"])
def test_whoever_is_no_member_of_staff_neither_sees_nor_does_anything(cast, investigated, who):
    role = cast["overseer"].roles.get()
    role.grants = ["complaint.oversee", "complaint.foi"]
    role.save()
    cast[who].roles.add(role)
    investigated.assignments.active().update(user=cast[who])

    assert may_do(cast[who], investigated) == set()
    assert who not in who_see(cast, investigated)


def test_a_stranger_neither_sees_nor_does_anything(cast, investigated):
    assert may_do(cast["nobody"], investigated) == set()
    assert "nobody" not in who_see(cast, investigated)


@pytest.mark.parametrize("who", ["supervisor", "overseer", "foi"])
def test_whoever_is_gone_sees_nothing(cast, investigated, who):
    cast[who].is_active = False
    cast[who].save()

    assert who not in who_see(cast, investigated)


def test_nobody_does_by_hand_what_happens_by_itself(cast, investigated):
    assert not any(may(user, name, investigated) for user in cast.values() for name in NOBODY)


def test_the_one_complained_about_who_reports_to_them_and_a_witness_see_nothing_whatever_their_role(
    cast, complaint, line, town
):
    role = line["overseer"].roles.get()
    for key in ("manager", "supervisor", "officer", "director"):
        line[key].roles.add(role)
    complaint.send_on(by=line["intake"], subjects=[line["manager"]])
    assert who_see(cast, complaint) == {"director", "overseer", "foi"}

    complaint.name_witness(by=line["director"], user=line["overseer"])

    assert who_see(cast, complaint) == {"director", "foi"}


def test_each_sees_their_own_and_no_other(cast, investigated, town, line):
    from townline.complaints.testing import a_complaint

    other = a_complaint(town)
    EmergencyAccess.objects.create(complaint=other, user=cast["ben"], reason="safety", words="x")
    RecordedRequest.objects.create(complaint=other, user=cast["director"], number="1", until_on=timezone.localdate())
    Offer.objects.create(complaint=investigated, user=cast["manager"], level=1)

    assert who_see(cast, other) == {"intake", "ben", "director", "overseer", "foi"}
    assert who_see(cast, investigated) == {"supervisor", "manager", "overseer", "foi"}


def test_an_emergency_ends_to_the_second(cast, investigated, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    now = timezone.now()
    made = EmergencyAccess.objects.create(
        complaint=investigated, user=cast["ben"], reason="safety", words="x", ends_at=now + timedelta(seconds=1)
    )
    assert "ben" in who_see(cast, investigated)

    EmergencyAccess.objects.filter(pk=made.pk).update(ends_at=now)

    assert "ben" not in who_see(cast, investigated)


def test_a_recorded_request_holds_to_its_last_day(cast, investigated):
    today = timezone.localdate()
    made = RecordedRequest.objects.create(complaint=investigated, user=cast["ben"], number="1", until_on=today)
    assert "ben" in who_see(cast, investigated)

    RecordedRequest.objects.filter(pk=made.pk).update(until_on=today - timedelta(days=1))

    assert "ben" not in who_see(cast, investigated)


@pytest.mark.parametrize(("field", "value"), [("level", 2), ("stage", "decided")])
def test_an_offer_holds_at_its_level_while_it_is_investigated(cast, investigated, field, value):
    Complaint.objects.filter(pk=investigated.pk).update(finding="not")
    Offer.objects.create(complaint=investigated, user=cast["ben"], level=1)
    assert "ben" in who_see(cast, investigated)
    assert "take_over" in may_do(cast["ben"], investigated)

    Complaint.objects.filter(pk=investigated.pk).update(**{field: value})

    assert "ben" not in who_see(cast, investigated)
    assert ("take_over" in may_do(cast["ben"], investigated)) == (field == "stage")


def test_an_offer_is_for_one_person_of_staff(cast, investigated):
    Offer.objects.create(complaint=investigated, user=cast["manager"], level=1)
    Offer.objects.create(complaint=investigated, user=cast["customer"], level=1)

    assert "take_over" in may_do(cast["manager"], investigated)
    assert not any("take_over" in may_do(cast[who], investigated) for who in ("ben", "director", "customer"))
