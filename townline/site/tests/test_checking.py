"""The checker of the soak finds each thing that a kill could leave behind."""

import pytest

from townline.cases.intake import Contact, Matter, Place, submit
from townline.cases.models import Case, Draft
from townline.channels.models import Channel, Interaction, Mail
from townline.customers.models import Customer
from townline.jobs.models import Job
from townline.site.bench.checking import all_faults
from townline.timeline.models import Event


@pytest.fixture
def sent(town, work):
    """One request as a kill should leave it: whole, worked on, confirmed; and the reference its customer saw."""
    draft = Draft.objects.create(service=town.pothole)
    contact = Contact(name="Elena Rivera", email="elena@example.org")
    Customer.objects.all().delete()
    case = submit(draft, Matter(town.pothole, place=Place("12 Main Street")), by=town.system, contact=contact)
    work()
    return {draft.pk: case.reference}


def found(references):
    return {name for name, times in all_faults(references).items() if times}


def lose_the_case(town):
    return Case.objects.update(reference="TV-0000-0000-0")


def take_the_draft_away(town):
    return Draft.objects.update(case=None)


def take_the_contact_away(town):
    return Case.objects.get().interactions.clear()


def add_a_contact(town):
    return Interaction.objects.create(channel=Channel.WEB, outcome="raised", entered_by=town.system)


def take_a_clock_away(town):
    return Case.objects.get().clocks.filter(promise="answer").delete()


def repeat_the_event(town):
    return Case.objects.get().record("received", by=town.system)


def take_the_job_away(town):
    return Job.objects.filter(task__endswith=".react").delete()


def add_a_customer(town):
    return Customer.objects.create(name="Nobody")


def take_the_mail_away(town):
    return Mail.objects.update(state=Mail.State.WAITING)


FAULTS = [
    (lose_the_case, "acknowledged and lost"),
    (lose_the_case, "drafts with another case than was shown"),
    (take_the_draft_away, "cases without a draft, or with two"),
    (take_the_contact_away, "cases without their one contact"),
    (add_a_contact, "contacts without their case"),
    (take_a_clock_away, "cases without all their clocks"),
    (repeat_the_event, "cases without their one event"),
    (take_the_job_away, "events without their jobs"),
    (add_a_customer, "customers without a case"),
    (take_the_mail_away, "cases not confirmed by mail, or twice"),
]


def test_a_whole_request_has_no_fault(sent):
    assert Event.objects.filter(name="case.received").count() == 1
    assert found(sent) == set()


@pytest.mark.parametrize(("harm", "name"), FAULTS)
def test_the_checker_finds(sent, town, harm, name):
    harm(town)

    assert name in found(sent)
