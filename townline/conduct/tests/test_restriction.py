"""Restrictions: only under an adopted policy, approved above, seen before contact, over by themselves."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from townline.accounts.models import Municipality, User
from townline.cases.models import Case
from townline.channels.models import Mail
from townline.conduct.models import Restriction
from townline.conduct.models.restriction import reaches
from townline.conduct.schedule import expire_restrictions
from townline.conduct.tests.doings import appealed, approved, behaviour, days, requested
from townline.core.refusals import NotAllowed, NotPossible
from townline.customers.models import Customer


def test_without_an_adopted_policy_there_is_none(as_member, town):
    with pytest.raises(NotPossible, match="No adopted policy"):
        requested_without_policy(town)

    page = as_member("lea").get(f"/desk/customers/{town.rivera.pk}/conduct/restriction/").content.decode()

    assert "Restrictions are off" in page


def requested_without_policy(town):
    return Restriction.request(
        town.rivera, by=town.lea, kind="frequency", terms="t", reason="r", notice="n", evidence=[behaviour(town)],
        starts_on=days(0), ends_on=days(9), review_on=days(5),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ends", "review", "why"),
    [(400, 60, "twelve months"), (-1, -1, "twelve months"), (360, 200, "six months"), (30, 40, "before it ends")],
)
def test_dates_that_are_too_far_are_refused(town, ends, review, why):
    with pytest.raises(NotPossible, match=why):
        requested(town, ends_on=days(ends), review_on=days(review))


def test_it_rests_on_recorded_behaviour_of_this_customer(town):
    other = behaviour(town)
    other.withdraw(by=town.rita)

    for evidence in ([], [other]):
        with pytest.raises(NotPossible, match="recorded behaviour"):
            requested(town, evidence=evidence)


def test_asked_for_it_limits_nothing_and_shows_nowhere(as_member, town):
    case = town.case("Lamp", assignee=town.ada)
    requested(town)

    assert "Writes to one address." not in as_member("ada").get(case.get_absolute_url()).content.decode()


def test_in_force_it_is_seen_before_contact_with_its_terms_only(as_member, town):
    case = town.case("Lamp", assignee=town.ada)
    approved(town)

    page = as_member("ada").get(case.get_absolute_url()).content.decode()

    assert "Writes to one address." in page
    assert "Forty calls a day." not in page


def test_intake_goes_on_all_the_same(as_member, town):
    approved(town)
    rita = as_member("rita")
    typed = {"customer": town.rivera.pk, "name": "Elena", "channel": "phone", "language": "en", "service": "pothole",
             "place": "12 Invented Street", "summary": "A hole.", "draft": "a" * 22}  # fmt: skip

    shown = rita.post("/desk/interactions/new/", {**typed, "do": "show"}).content.decode()
    rita.post("/desk/interactions/new/", {**typed, "do": "raise"})

    assert "Writes to one address." in shown
    assert Case.objects.get().customer == town.rivera


def test_it_does_not_reach_what_must_stay_open(as_member, town):
    town.question.never_restricted = True
    town.question.save()
    approved(town)
    typed = {"customer": town.rivera.pk, "name": "Elena", "channel": "phone", "language": "en", "service": "question"}

    page = as_member("rita").post("/desk/interactions/new/", {**typed, "do": "show"}).content.decode()

    assert "It does not reach this service" in page
    assert not reaches(town.question)
    assert reaches(town.pothole)
    town.pothole.kind = "access_request"
    assert not reaches(town.pothole)


def test_only_above_in_the_line_may_it_be_approved(town):
    made = requested(town)

    for who in (town.lea, town.ada, town.rita):
        with pytest.raises(NotAllowed, match="above who asked"):
            made.approve(by=who)
    made.approve(by=town.dana)

    assert made.approved_by == town.dana
    assert made.appeal_until == days(14)


@pytest.mark.parametrize(("who", "status"), [("dana", 302), ("lea", 403), ("rita", 403), ("ada", 403), ("ines", 404)])
def test_who_may_approve_by_the_page(as_member, town, who, status):
    made = requested(town)

    assert as_member(who).post(f"/desk/restrictions/{made.pk}/approve/").status_code == status


def test_it_is_over_by_its_date_and_the_job_says_so(as_member, town):
    case = town.case("Lamp", assignee=town.ada)
    made = approved(town)

    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        assert "Writes to one address." not in as_member("ada").get(case.get_absolute_url()).content.decode()
        expire_restrictions.func()

    made.refresh_from_db()
    assert made.state == "expired"
    assert made.events.last().by == town.system
    with pytest.raises(NotPossible, match="Over"):
        made.lift(by=town.lea, why="x")


def test_before_its_last_day_is_over_it_does_not_expire(town):
    made = approved(town)

    with pytest.raises(NotPossible, match="not over"):
        made.expire(by=town.system)


def test_an_appeal_leaves_it_in_force_until_it_is_decided_above(town):
    made = appealed(town)
    assert made.is_in_force

    with pytest.raises(NotAllowed):
        made.decide_appeal(by=town.lea, outcome="rescinded", words="w")
    made.decide_appeal(by=town.dana, outcome="rescinded", words="You are right.")

    assert (made.state, made.appeal_outcome) == ("lifted", "rescinded")


def test_an_appeal_can_shorten_and_never_lengthen(town):
    made = appealed(town)

    with pytest.raises(NotPossible, match="a day before"):
        made.decide_appeal(by=town.dana, outcome="amended", words="w", ends_on=days(91))
    made.decide_appeal(by=town.dana, outcome="amended", words="w", ends_on=days(30))

    assert (made.ends_on, made.review_on) == (days(30), days(30))


def test_after_its_time_there_is_no_appeal(town):
    made = approved(town)

    with time_machine.travel(timezone.now() + timedelta(days=15)), pytest.raises(NotPossible, match="time to appeal"):
        made.appeal(by=town.rita, text="Too late.")


def test_the_notice_goes_by_mail_that_no_outbox_shows(as_member, town, work):
    made = approved(town)

    made.notify(by=town.lea)
    work()

    sent = Mail.objects.get()
    assert "Please write to us" in sent.body
    assert "Please write to us" not in as_member("rita").get(f"/desk/mail/{sent.pk}/").content.decode()
    with pytest.raises(NotPossible, match="already"):
        made.notify(by=town.lea)


def test_without_an_address_the_notice_is_printed(as_member, town):
    made = approved(town)
    town.rivera_email.retire(by=town.rita)

    with pytest.raises(NotPossible, match="Print the notice"):
        made.notify(by=town.lea)
    assert "Please write to us" in as_member("lea").get(f"/desk/restrictions/{made.pk}/notice/").content.decode()


def test_reading_why_leaves_who_did(as_member, town):
    made = approved(town)

    page = as_member("lea").get(f"/desk/restrictions/{made.pk}/").content.decode()

    assert "Forty calls a day." in page
    assert made.events.get(name="restriction.opened").by == town.lea
    assert as_member("ada").get(f"/desk/restrictions/{made.pk}/").status_code == 403


def test_no_customer_sees_it_not_even_their_own(client, town):
    case = town.case("Lamp")
    approved(town)
    user = User.objects.create_user("elena.rivera@example.org", name="Elena Rivera")
    Customer.objects.filter(pk=town.rivera.pk).update(account=user)
    client.force_login(user)

    for address in ("/account/", "/account/needs/", f"/track/{case.reference}/"):
        assert "Writes to one address." not in client.get(address).content.decode()


def test_what_needs_a_decision_is_on_one_page(as_member, town):
    requested(town)

    assert "Elena Rivera" in as_member("lea").get("/desk/conduct/").content.decode()
    assert as_member("rita").get("/desk/conduct/").status_code == 403


def test_with_the_policy_taken_away_what_is_in_force_stays_and_nothing_new_comes(town):
    made = approved(town)
    Municipality.objects.update(conduct_policy={})

    assert made.is_in_force
    with pytest.raises(NotPossible, match="No adopted policy"):
        requested_without_policy(town)
