"""The same customer's cases about one thing: brought together, and taken apart again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from townline.cases.intake import Contact
from townline.cases.models import Case, Outcome, Status, Wait
from townline.core.refusals import NotPossible

YESTERDAY = timedelta(days=1)


@pytest.fixture
def first(town):
    return town.case("Lamp", assignee=town.ada, received_at=timezone.now() - YESTERDAY)


@pytest.fixture
def second(town):
    return town.case("The same lamp")


def fresh(case):
    return Case.objects.get(pk=case.pk)


def test_a_merged_case_goes_on_in_the_other(town, first, second):
    second.merge_into(by=town.rita, other=first)

    assert second.survivor == first
    assert second.status == Status.CLOSED
    assert second.outcome == Outcome.MERGED
    assert town.events(second).get(name="case.merged").details == {"into": first.pk}
    assert town.events(first).get(name="case.merged_in").details == {"other": second.pk}


def test_the_earlier_promise_is_still_the_one_that_holds(town, first, second):
    promised = first.due_at

    first.merge_into(by=town.rita, other=second)

    assert fresh(second).due_at == promised
    assert promised < second.due_at
    assert not first.clocks.filter(ended_at=None).exists()


def test_an_answer_keeps_the_promises_of_both(town, first, second):
    second.merge_into(by=town.rita, other=first)

    fresh(first).message(by=town.ada, text="We are on it.")

    answers = first.clocks.filter(promise="answer")
    assert answers.count() == 2
    assert not answers.filter(ended_at=None).exists()


def test_what_is_taken_apart_is_open_again_with_its_own_promises(town, first, second):
    before = fresh(second)
    second.merge_into(by=town.rita, other=first)

    second.unmerge(by=town.rita)

    assert fresh(second).survivor is None
    assert fresh(second).status == Status.OPEN
    assert fresh(second).due_at == before.due_at
    assert second.clocks.filter(ended_at=None).count() == 2
    assert first.clocks.filter(ended_at=None).count() == 2
    assert town.events(first).get(name="case.unmerged_out").details == {"other": second.pk}


def test_a_closed_case_that_is_taken_apart_is_closed_as_it_was(town, first, second):
    second.take(by=town.ada)
    second.close(by=town.ada, outcome="unable", words="We cannot.")
    ended = second.closed_at

    second.merge_into(by=town.rita, other=first)
    second.unmerge(by=town.rita)

    assert (fresh(second).outcome, fresh(second).closed_at) == (Outcome.UNABLE, ended)


def test_a_chain_of_merges_leads_to_its_end(town, first, second):
    third = town.case("Once more")
    second.merge_into(by=town.rita, other=third)

    fresh(third).merge_into(by=town.rita, other=first)

    assert fresh(second).survivor == first
    assert fresh(third).survivor == first


def test_a_chain_is_taken_apart_in_the_middle(town, first, second):
    third = town.case("Once more")
    second.merge_into(by=town.rita, other=third)
    fresh(third).merge_into(by=town.rita, other=first)

    fresh(third).unmerge(by=town.rita)

    assert fresh(third).survivor is None
    assert fresh(second).survivor == third


def test_what_is_said_to_a_merged_case_lands_where_it_goes_on(town, first, second):
    second.merge_into(by=town.rita, other=first)

    interaction = second.contact(by=town.rita, channel="phone", text="They called.", customer=town.rivera)
    second.add(by=town.system, text="It is dark.")

    assert list(interaction.cases.all()) == [first]
    assert first.messages.get().text == "It is dark."
    assert not second.messages.exists()


def test_two_customers_are_never_merged(town, first):
    other = town.case("Lamp", contact=Contact(name="Jo Dorfmann", email="jo@example.org"))

    with pytest.raises(NotPossible, match="same customer"):
        other.merge_into(by=town.rita, other=first)

    assert fresh(other).survivor is None


def test_nobody_and_nobody_are_not_the_same_customer(town, first, second):
    Case.objects.update(customer=None)

    with pytest.raises(NotPossible, match="same customer"):
        second.merge_into(by=town.rita, other=first)


def test_a_case_is_not_merged_into_itself(town, first):
    with pytest.raises(NotPossible, match="itself"):
        first.merge_into(by=town.rita, other=first)


def test_merges_make_no_circle(town, first, second):
    second.merge_into(by=town.rita, other=first)

    with pytest.raises(NotPossible, match="itself"):
        fresh(first).merge_into(by=town.rita, other=second)


def test_a_case_is_merged_once(town, first, second):
    second.merge_into(by=town.rita, other=first)

    with pytest.raises(NotPossible, match="merged already"):
        fresh(second).merge_into(by=town.rita, other=town.case("Third"))


def test_nothing_is_merged_into_a_closed_case(town, first, second):
    first.close(by=town.ada, outcome="done", words="Done.")

    with pytest.raises(NotPossible, match="closed"):
        second.merge_into(by=town.rita, other=first)


@pytest.mark.parametrize("which", [0, 1])
def test_confidential_and_not_do_not_go_together(town, first, second, which):
    Case.objects.filter(pk=[first, second][which].pk).update(is_confidential=True)

    with pytest.raises(NotPossible, match="confidential"):
        second.merge_into(by=town.rita, other=first)


def test_a_merged_case_is_not_reopened(town, first, second):
    second.merge_into(by=town.rita, other=first)

    with pytest.raises(NotPossible, match="goes on in another"):
        second.reopen(by=town.ada)


def test_what_was_not_merged_is_not_taken_apart(town, first):
    with pytest.raises(NotPossible, match="not merged"):
        first.unmerge(by=town.ada)


def test_a_promise_waits_only_for_what_its_own_case_waited_for(town, first, second):
    first.wait(by=town.ada, reason="customer", until_on=timezone.localdate() + timedelta(days=9))
    Wait.objects.update(began_at=timezone.now() - timedelta(days=7))
    first.resume(by=town.ada)
    promised = second.due_at

    second.merge_into(by=town.rita, other=first)
    fresh(first).reckon()

    assert fresh(first).due_at == promised


def test_a_promise_waits_with_the_case_it_went_to(town, first, second):
    promised = second.clocks.get(promise="outcome").due_at
    second.merge_into(by=town.rita, other=first)
    first = fresh(first)
    first.wait(by=town.ada, reason="customer", until_on=timezone.localdate() + timedelta(days=9))

    with time_machine.travel(timezone.now() + timedelta(days=7)):
        first.resume(by=town.ada)
        second.unmerge(by=town.rita)
        fresh(second).reckon()

    assert second.clocks.get(promise="outcome").due_at > promised + timedelta(days=6)
