"""Cases given out by turn: to who is there, under the cap, in French where somebody serves in it, and fairly."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from townline.accounts.models import Absence, User
from townline.cases.dealing import deal_what_waits
from townline.cases.intake import Contact, Matter, take_in
from townline.cases.models import Case, Notification
from townline.core.refusals import NotPossible
from townline.routing.models import Deal, Queue, RuleSet

TODAY = timezone.localdate


def dealing(town, deal=Deal.ROUND_ROBIN, cap=20):
    Queue.objects.filter(department=town.roads).update(deal=deal, cap=cap)


def here(*people):
    User.objects.filter(pk__in=[one.pk for one in people]).update(seen_at=timezone.now())


def test_a_new_case_goes_to_who_is_there(town):
    dealing(town)
    here(town.ben)

    case = town.case("Lamp")

    assert case.assignee == town.ben
    event = town.events(case).get(name="case.dealt")
    assert event.by == town.system
    assert event.details == {"to": town.ben.pk, "queue": case.queue_id}


def test_turn_by_turn(town):
    dealing(town)
    here(town.ada, town.ben, town.lea)

    got = [town.case(f"Lamp {number}").assignee for number in range(6)]

    assert Counter(got) == {town.ada: 2, town.ben: 2, town.lea: 2}
    assert got[:3] == got[3:]


def test_whoever_has_least_is_given_the_next(town):
    here(town.ada, town.ben)
    town.case("Lamp", assignee=town.ada)
    town.case("Lamp", assignee=town.ada)
    dealing(town, Deal.LEAST_LOADED)

    assert [town.case(f"Lamp {number}").assignee for number in range(3)] == [town.ben, town.ben, town.ada]


def test_nobody_is_given_more_than_the_cap_and_the_rest_waits_in_the_queue(town):
    dealing(town, cap=1)
    here(town.ada)

    first, second = town.case("Lamp 1"), town.case("Lamp 2")

    assert (first.assignee, second.assignee) == (town.ada, None)
    with pytest.raises(NotPossible, match="Nobody who is present"):
        second.deal(by=town.system)


@pytest.mark.parametrize("who", ["otto", "rita"])
def test_it_never_goes_to_another_department(town, who):
    dealing(town)
    here(getattr(town, who))

    assert town.case("Lamp").assignee is None


def test_nothing_new_comes_to_who_is_away(town):
    dealing(town)
    here(town.ada, town.ben)
    Absence.objects.create(user=town.ada, from_on=TODAY(), until_on=TODAY())

    assert [town.case(f"Lamp {number}").assignee for number in range(2)] == [town.ben, town.ben]


def test_who_was_last_seen_long_ago_is_not_there(town):
    dealing(town)
    User.objects.filter(pk=town.ada.pk).update(seen_at=timezone.now() - timedelta(minutes=16))

    assert town.case("Lamp").assignee is None


def test_a_case_in_french_goes_to_who_serves_in_french(town):
    dealing(town)
    here(town.ada, town.ben)
    town.ben.serve_in_french(by=town.ben, french="fluent")

    made = [
        take_in(Matter(town.pothole, language="fr"), by=town.rita, channel="phone", contact=Contact(name="Luc"))
        for _number in range(2)
    ]

    assert [case.assignee for case in made] == [town.ben, town.ben]


def test_what_came_in_by_night_is_given_out_in_the_morning(town):
    dealing(town)
    cases = [town.case(f"Lamp {number}") for number in range(2)]
    here(town.ada, town.ben)

    assert deal_what_waits(by=town.system) == 2

    assert {Case.objects.get(pk=case.pk).assignee for case in cases} == {town.ada, town.ben}


def test_a_case_given_back_does_not_come_again_to_who_gave_it_back(town):
    case = town.case("Lamp", assignee=town.ada)
    case.give_back(by=town.ada, reason="Not my street.")
    dealing(town)
    here(town.ada)

    assert deal_what_waits(by=town.system) == 0

    here(town.ben)
    assert deal_what_waits(by=town.system) == 1
    assert Case.objects.get().assignee == town.ben


def test_a_confidential_case_is_given_to_nobody_by_itself(town):
    case = town.case("Quiet", is_confidential=True)
    dealing(town)
    here(town.ada)

    deal_what_waits(by=town.system)

    assert Case.objects.get(pk=case.pk).assignee is None


def test_who_is_given_a_case_is_told(town, work):
    dealing(town)
    here(town.ada)
    case = town.case("Lamp")

    work()

    assert [(one.user, one.case, one.kind) for one in Notification.objects.all()] == [(town.ada, case, "assigned")]


def test_eight_at_once_are_shared_fairly_and_nobody_gets_more_than_the_cap(town, at_once):
    cases = [town.case(f"Lamp {number}") for number in range(8)]
    dealing(town, cap=3)
    here(town.ada, town.ben)
    system = User.objects.system()

    said = at_once(*[lambda case=case: Case.objects.get(pk=case.pk).deal(by=system) for case in cases])

    refused = [one for one in said if isinstance(one, Exception)]
    assert {type(one) for one in refused} == {NotPossible}
    assert len(refused) == 2
    shares = at_once(lambda: Counter(Case.objects.exclude(assignee=None).values_list("assignee", flat=True)))
    assert shares == [{town.ada.pk: 3, town.ben.pk: 3}]


def test_one_case_dealt_twice_at_once_goes_to_one_person(town, at_once):
    case = town.case("Lamp")
    dealing(town)
    here(town.ada, town.ben)
    system = User.objects.system()

    said = at_once(*[lambda: Case.objects.get(pk=case.pk).deal(by=system)] * 2)

    assert {type(one) for one in said} == {NotPossible, type(None)}


def test_what_a_rule_gives_out_is_given_out_in_the_morning_too_though_its_queue_does_not(town):
    rule = {"code": "turn", "when": [{"about": "channel", "is": ["phone"]}]}
    RuleSet.objects.put_in_force([{**rule, "to": {"department": "roads", "deal": "round_robin"}}], by=town.system)
    by_rule = town.case("Lamp")
    by_mail = take_in(Matter(town.pothole), by=town.rita, channel="email", contact=Contact(name="Luc"))
    here(town.ben)

    assert deal_what_waits(by=town.system) == 1
    assert Case.objects.get(pk=by_rule.pk).assignee == town.ben
    assert Case.objects.get(pk=by_mail.pk).assignee is None
