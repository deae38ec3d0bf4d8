"""A reporting line, a procedure, and a complaint about Ada at each of its stages."""

import pytest

from townline.complaints.testing import a_complaint, a_line, a_procedure
from townline.documents.tests.conftest import clamd_socket, scanner  # noqa: F401  (a real clamd)


@pytest.fixture
def line(town):
    return a_line(town)


@pytest.fixture
def procedure(town, line):
    return a_procedure(town)


@pytest.fixture
def complaint(town, procedure):
    return a_complaint(town)


@pytest.fixture
def investigated(town, complaint, line):
    """Sent on by the intake to Sue, Ada's supervisor."""
    complaint.send_on(by=line["intake"], subjects=[town.ada])
    return complaint


@pytest.fixture
def decided(town, investigated, line):
    """Sue heard Ada, found and decided."""
    sue = line["supervisor"]
    investigated.hear(by=sue, subject=investigated.subjects.get(), words="What happened on the phone?")
    investigated.find(by=sue, finding="partly", reasons="The line was cut.")
    investigated.decide(by=sue, letter="We are sorry that the call ended.", remedies=["apology"])
    return investigated
