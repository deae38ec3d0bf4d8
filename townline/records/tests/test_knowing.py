"""Who keeps the records knows of complaints by pseudonym, but of none that they saw or that is about them."""

import pytest

from townline.cases.models import Case
from townline.complaints.testing import a_complaint, a_line, a_procedure
from townline.records.knowing import without_hidden


@pytest.fixture
def complaint(town):
    town.line = a_line(town)
    a_procedure(town)
    made = a_complaint(town)
    made.send_on(by=town.line["intake"], subjects=[town.ada])
    return made


def knows(user, complaint):
    return without_hidden(user, Case.objects.filter(pk=complaint.case_id)).exists()


def test_whoever_keeps_the_records_knows_of_it(town, complaint):
    assert knows(town.dana, complaint)


def test_whoever_it_is_about_does_not(town, complaint):
    assert not knows(town.ada, complaint)


def test_a_witness_does_not_any_more(town, complaint):
    complaint.name_witness(by=town.line["supervisor"], user=town.dana)

    assert not knows(town.dana, complaint)
