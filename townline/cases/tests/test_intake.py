"""From what a customer says to a case in the right hands, in few statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from townline.accounts.models import User
from townline.cases.intake import Contact, Matter, Place, submit
from townline.cases.models import Draft
from townline.core.refusals import NotPossible
from townline.customers.models import Customer

CONTACT = Contact("Sam Sample", "sam@example.org", "905-555-0123", "12 Main Street, Bowmanville L1C 3A6")


def statements_of(do):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        do()
    plumbing = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return [one["sql"] for one in asked.captured_queries if not one["sql"].startswith(plumbing)]


def test_intake_takes_few_statements_however_many_cases_there_are(town):
    def send():
        draft = Draft.objects.create(service=town.pothole)
        matter = Matter(town.pothole, place=Place("12 Main Street"))
        return statements_of(lambda: submit(draft, matter, by=User.objects.system(), contact=CONTACT))

    send()  # The first promise by a calendar keeps it as it is then.
    first = send()
    for _ in range(5):
        later = send()

    # One of them queues all that reacts to it.
    assert len(first) <= 19
    assert len(later) <= len(first)


def test_somebody_of_the_same_name_at_the_same_address_is_the_same_customer(town):
    first = town.case(contact=CONTACT)
    again = town.case(contact=Contact("SAM  sample", "Sam@Example.org"))
    other = town.case(contact=Contact("Kim Sample", "sam@example.org"))
    new = town.case(contact=Contact("Sam Sample", "sam@example.org", is_new=True))

    assert first.customer == again.customer
    assert len({case.customer_id for case in (first, other, new)}) == 3
    assert first.customer.contact_points.count() == 3


def test_a_matter_without_a_contact_has_no_customer_and_can_be_worked_on(town):
    draft = Draft.objects.create(service=town.pothole)
    case = submit(draft, Matter(town.pothole), by=User.objects.system(), contact=None)

    case.take(by=town.ada)
    case.close(by=town.ada, outcome="done", words="Done.")

    assert case.customer is case.contact_point is None
    assert not Customer.objects.filter(cases=case).exists()


def test_a_closed_service_takes_nothing_in_and_says_why(town):
    town.pothole.closed_reason = {"en": "Not in winter.", "fr": "Pas en hiver."}
    town.pothole.save()
    town.pothole.refresh_from_db()

    with pytest.raises(NotPossible, match="Not in winter"):
        town.case()

    assert not Customer.objects.filter(name="Sam Sample").exists()


def test_what_the_draft_knew_of_the_customer_leaves_it(town):
    draft = Draft.objects.create(service=town.pothole, contact={"name": "Sam Sample"}, answers={"a": "b"})

    submit(draft, Matter(town.pothole), by=User.objects.system(), contact=CONTACT)

    draft.refresh_from_db()
    assert draft.contact == draft.answers == draft.place == {}
