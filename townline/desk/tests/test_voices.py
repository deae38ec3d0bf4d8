"""What customers said of the municipality in a year, counted for the Deputy Clerk."""

import time_machine

from townline.catalogue.models import Body, Kind


def said(town, kind, service=None):
    """A compliment or feedback that Ada has."""
    found = service or town.service(f"voice-{kind}", "Voice", kind, town.roads, door="voice")
    return town.case("Words", service=found, assignee=town.ada)


def test_compliments_feedback_and_what_was_not_ours_are_counted_by_year(as_member, town):
    with time_machine.travel("2026-03-02T15:00:00Z"):
        text = {"en": "The courts", "fr": "Les tribunaux"}
        courts = Body.objects.create(code="courts", name=text, matter=text, reach=text, say=text)
        first = said(town, Kind.COMPLIMENT)
        first.pass_on(by=town.ada, about="service", department=town.roads, service=town.pothole)
        said(town, Kind.COMPLIMENT, first.service).pass_on(by=town.ada, about="person", department=town.roads)
        said(town, Kind.FEEDBACK).read_feedback(by=town.ada)
        town.case("Ticket", assignee=town.ada).redirect(by=town.ada, body=courts, words="The courts.")
    with time_machine.travel("2026-11-23T15:00:00Z"):
        this_year = as_member("dana").get("/desk/voices/")
        before = as_member("dana").get("/desk/voices/?year=2025")

    counted = {tally.title: tally.rows for tally in this_year.context["tallies"]}
    assert counted == {
        "Compliments by department": [("Roads", 2)],
        "Compliments by what they are about": [("A person", 1), ("A service", 1)],
        "Compliments by service": [("Pothole", 1)],
        "Compliments by facility": [],
        "Feedback read, by department": [("Roads", 1)],
        "Not ours, by whose it is": [("The courts", 1)],
    }
    assert [tally.total for tally in before.context["tallies"]] == [0] * 6
    assert "None in this year." in before.content.decode()


def test_a_year_that_nobody_knows_is_this_one(as_member, town):
    with time_machine.travel("2026-11-23T15:00:00Z"):
        assert as_member("dana").get("/desk/voices/?year=zz").context["year"] == 2026
