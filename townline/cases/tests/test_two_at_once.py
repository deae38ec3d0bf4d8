"""Two people at the same moment: one of them wins, and nothing is lost, doubled or torn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.accounts.models import User
from townline.cases.intake import Contact, Matter, Place, submit
from townline.cases.models import Case, Draft, Outcome, Status, Wait
from townline.cases.reactions import bring_message, confirm_receipt
from townline.channels.models import Mail
from townline.core.refusals import NotAllowed, NotPossible
from townline.customers.models import Customer
from townline.timeline.models import Event


def fresh(case):
    return Case.objects.get(pk=case.pk)


def events_of(case, name):
    return Event.objects.filter(case_id=case.pk, name=name).count()


def test_two_who_close_a_case_at_once_close_it_once(town, at_once):
    case = town.case(assignee=town.ada)

    said = at_once(
        lambda: fresh(case).close(by=town.ada, outcome=Outcome.DONE, words="Ada did it."),
        lambda: fresh(case).close(by=town.lea, outcome=Outcome.UNABLE, words="Lea did it."),
    )

    assert {type(one) for one in said} == {NotPossible, type(None)}
    assert at_once(lambda: events_of(case, "case.closed")) == [1]
    assert at_once(lambda: fresh(case).messages.count()) == [1]


def test_two_who_take_a_case_at_once_do_not_both_have_it(town, at_once):
    case = town.case()

    said = at_once(lambda: fresh(case).take(by=town.ada), lambda: fresh(case).take(by=town.ben))

    assert {type(one) for one in said} == {NotPossible, type(None)}
    winner = town.ada if said[0] is None else town.ben
    assert at_once(lambda: fresh(case).assignee_id) == [winner.pk]


def test_two_who_let_a_case_wait_at_once_stop_its_clocks_once(town, at_once):
    case = town.case(assignee=town.ada)
    until_on = timezone.localdate() + timedelta(days=3)

    def wait():
        fresh(case).wait(by=town.ada, reason=Wait.Reason.WEATHER, until_on=until_on)

    said = at_once(wait, wait)

    assert {type(one) for one in said} == {NotPossible, type(None)}
    assert at_once(lambda: fresh(case).waits.count()) == [1]


def test_a_note_written_while_the_case_is_closed_does_not_open_it_again(town, at_once):
    case = town.case(assignee=town.ada)
    stale = fresh(case)

    said = at_once(
        lambda: stale.note(by=town.ben, text="They called."),
        lambda: fresh(case).close(by=town.ada, outcome=Outcome.DONE, words="Done."),
    )

    assert not [one for one in said if isinstance(one, Exception)]
    assert at_once(lambda: fresh(case).status) == [Status.CLOSED]


def test_a_draft_submitted_by_eight_at_once_is_one_case(town, at_once):
    draft = Draft.objects.create(service=town.pothole)
    matter = Matter(town.pothole, place=Place("12 Main Street"))
    system = User.objects.system()

    def send():
        return submit(draft, matter, by=system, contact=Contact("Sam Sample", "sam@example.org")).reference

    assert len(set(at_once(*[send] * 8))) == 1
    assert at_once(Case.objects.count, Customer.objects.filter(name="Sam Sample").count) == [1, 1]


def test_two_first_requests_of_an_account_at_once_belong_to_one_customer(town, at_once):
    resident = User.objects.create_user("sam@example.org", kind=User.Kind.CUSTOMER, name="Sam Sample")
    drafts = [Draft.objects.create(service=town.pothole) for _ in range(4)]
    matter = Matter(town.pothole, place=Place("12 Main Street"))

    def sending(draft):
        return lambda: submit(
            draft, matter, by=User.objects.get(pk=resident.pk), contact=Contact("Sam Sample", "sam@example.org")
        )

    made = at_once(*map(sending, drafts))

    assert len({case.customer_id for case in made}) == 1
    assert at_once(Customer.objects.filter(account=resident).count) == [1]


def test_a_receipt_is_confirmed_once_even_while_the_case_is_closed(town, at_once):
    case = town.case(assignee=town.ada)
    received = town.events(case).get(name="case.received")

    said = at_once(
        lambda: confirm_receipt(received),
        lambda: confirm_receipt(received),
        lambda: fresh(case).close(by=town.ada, outcome=Outcome.DONE, words="Done."),
    )
    at_once(lambda: confirm_receipt(received))

    assert said[2] is None
    assert at_once(lambda: Mail.objects.filter(purpose="acknowledgement").count()) == [1]
    assert at_once(lambda: events_of(case, "case.acknowledged") <= 1) == [True]


def test_a_message_is_brought_once(town, at_once):
    case = town.case(assignee=town.ada)
    case.message(by=town.ada, text="We are looking at it.")
    messaged = town.events(case).get(name="case.messaged")

    said = at_once(*[lambda: bring_message(messaged)] * 3)

    assert said == [None] * 3
    assert at_once(lambda: Mail.objects.filter(purpose="message").count()) == [1]


@pytest.mark.parametrize("doing", ["message", "wait", "close"])
def test_who_lost_the_case_between_the_page_and_the_lock_is_refused(town, doing):
    case = town.case(assignee=town.ada)
    stale = fresh(case)
    case.assign(by=town.lea, to=town.ben)
    how = {
        "message": {"text": "We are looking at it."},
        "wait": {"reason": Wait.Reason.WEATHER, "until_on": timezone.localdate()},
        "close": {"outcome": Outcome.DONE, "words": "Done."},
    }[doing]

    with pytest.raises(NotAllowed):
        getattr(stale, doing)(by=town.ada, **how)

    assert events_of(case, f"case.{doing}") == 0
    assert fresh(case).status == Status.OPEN
