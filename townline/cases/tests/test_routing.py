"""Where a new case goes, why, and that nothing floats."""

import pytest

from townline.accounts.models import Department
from townline.cases.intake import Contact, Matter, Place, take_in
from townline.routing.models import Queue, RuleSet

PHONE = {"code": "phone", "when": [{"about": "channel", "is": ["phone"]}], "to": {"department": "bylaw"}}


def put(town, *rules):
    return RuleSet.objects.put_in_force(list(rules), by=town.system)


def test_without_rules_a_case_goes_to_the_department_of_its_service(town):
    case = town.case("Lamp")

    assert case.department == town.roads
    assert case.queue == town.queues[town.roads.pk]
    assert case.route == {"step": "decision"}


def test_the_rule_that_fits_is_kept_on_the_case_and_in_its_event(town):
    put(town, PHONE)

    case = town.case("Lamp")

    assert case.department == town.bylaw
    assert case.route == {"version": 1, "step": "decision", "rule": "phone", "when": PHONE["when"]}
    event = town.events(case).get(name="case.received")
    assert (event.details["version"], event.details["rule"]) == (1, "phone")
    assert event.details["department"] == town.bylaw.pk


def test_the_page_says_why_in_words(as_member, town):
    put(town, PHONE, {"code": "p", "when": [{"about": "place", "is": ["Bowmanville"]}], "to": {"department": "front"}})
    case = town.case("Lamp")

    page = as_member("rita").get(case.get_absolute_url()).content.decode()

    assert "Went to By-law because it came by “Phone”." in page


def test_the_page_says_it_in_french(as_member, town):
    put(town, PHONE)
    case = town.case("Lamp")
    town.rita.language = "fr"
    town.rita.save()

    page = as_member("rita").get(case.get_absolute_url()).content.decode()

    assert "Transmis à Règlements parce que" in page


def test_a_case_that_no_rule_fits_says_so(as_member, town):
    put(town, {**PHONE, "when": [{"about": "channel", "is": ["letter"]}]})
    case = town.case("Lamp")

    assert case.department == town.roads
    assert case.route["mark"] == "no_rule"
    page = as_member("ada").get(case.get_absolute_url()).content.decode()
    assert "No routing rule fitted, so it went to the department of its service, Roads." in page


def test_a_rule_that_names_what_has_ended_is_passed_over(town):
    put(town, PHONE)
    Department.objects.filter(pk=town.bylaw.pk).update(is_active=False)

    case = town.case("Lamp")

    assert case.department == town.roads
    assert case.route["mark"] == "passed_over"


def test_the_cases_of_a_department_that_has_ended_go_to_the_front(town):
    Department.objects.filter(pk=town.roads.pk).update(is_active=False)
    town.pothole.refresh_from_db()

    case = town.case("Lamp")

    assert case.department == town.front
    assert case.route["mark"] == "ended"


def test_a_rule_may_name_a_queue_and_a_priority(town):
    winter = Queue.objects.create(code="winter", department=town.roads, name={"en": "Winter"}, sort_key="winter")
    to = {"department": "roads", "queue": "winter", "priority": "urgent"}
    put(town, {**PHONE, "to": to})

    case = town.case("Lamp")

    assert (case.queue, case.priority) == (winter, "urgent")


def test_a_queue_that_has_ended_is_not_filled(town):
    Queue.objects.create(
        code="winter", department=town.roads, name={"en": "Winter"}, sort_key="winter", is_active=False
    )
    put(town, {**PHONE, "to": {"department": "roads", "queue": "winter"}})

    assert town.case("Lamp").queue == town.queues[town.roads.pk]


def test_a_department_without_a_queue_gets_its_own(town):
    Queue.objects.filter(department=town.roads).delete()

    assert town.case("Lamp").queue.code == "roads"


@pytest.mark.parametrize(("at", "department"), [("2026-03-04T18:00:00Z", "roads"), ("2026-03-05T04:00:00Z", "bylaw")])
def test_a_rule_may_ask_for_the_opening_hours(town, at, department):
    from datetime import datetime

    put(town, {**PHONE, "when": [{"about": "hours", "is": ["closed"]}]})

    case = town.case("Lamp", received_at=datetime.fromisoformat(at))

    assert case.department.code == department


def test_what_customers_type_of_the_place_is_not_kept_in_the_decision(town):
    put(town, {**PHONE, "when": [{"about": "place", "is": ["Main Street"]}]})

    case = take_in(
        Matter(town.pothole, place=Place("7 Main Street, at Mrs. Sample’s")),
        by=town.rita,
        channel="phone",
        contact=Contact(name="Sam Sample"),
    )

    assert case.department == town.bylaw
    assert "Sample" not in str(case.route)


def test_routing_costs_one_more_question_at_most_two(town, django_assert_max_num_queries):
    from townline.cases.ways import asked_of
    from townline.routing.sending import send_in

    put(town, PHONE)
    case = town.case("Lamp")
    asked = asked_of(case)

    with django_assert_max_num_queries(2):
        assert send_in(asked).queue.department == town.bylaw
