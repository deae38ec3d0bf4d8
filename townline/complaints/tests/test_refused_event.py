"""No opening without its event: when the database refuses the event, nothing of the file is given out."""

import pytest
from django.db import DatabaseError, connection, transaction

from townline.complaints.tests.test_pages import address, browser_of
from townline.timeline.models import Event
from townline.vault import door

REFUSE = {
    "sqlite": ["CREATE TRIGGER refuse_events BEFORE INSERT ON timeline_event BEGIN SELECT RAISE(ABORT, 'full'); END"],
    "postgresql": [
        "CREATE FUNCTION refuse_events() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$",
        "CREATE TRIGGER refuse_events BEFORE INSERT ON timeline_event FOR EACH ROW EXECUTE FUNCTION refuse_events()",
    ],
}


@pytest.fixture
def refusing(investigated):
    """The database takes no event any more, as when its disk is full."""
    with connection.cursor() as cursor:
        for statement in REFUSE[connection.vendor]:
            cursor.execute(statement)
    yield investigated
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TRIGGER refuse_events" + (" ON timeline_event" if connection.vendor == "postgresql" else "")
        )


def test_the_door_stays_shut(refusing, line):
    before = Event.objects.count()

    with pytest.raises(DatabaseError, match="full"), transaction.atomic():
        door.reveal(refusing.safe, by=line["supervisor"], purpose="investigate")

    assert Event.objects.count() == before


def test_the_page_gives_nothing_out(refusing, line):
    browser = browser_of(line["supervisor"])
    browser.raise_request_exception = False

    with transaction.atomic():
        answer = browser.post(address(refusing, "reveal"), {"purpose": "investigate"})

    assert answer.status_code in (500, 503)
    assert "anary" not in answer.content.decode()


def test_no_emergency_and_no_verb_goes_past_it(refusing, line):
    with pytest.raises(DatabaseError, match="full"), transaction.atomic():
        refusing.open_in_emergency(by=line["overseer"], reason="safety", words="Now.")

    assert not refusing.emergencies.exists()
