"""Complaints by word of mouth, compliments and feedback: who hears of them, and what becomes of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.accounts.models import Position
from townline.cases.intake import Contact, Matter, take_in
from townline.cases.models import Notification, Passing, Status
from townline.catalogue.models import Body, Kind
from townline.core.refusals import NotPossible

WORDS = "Write to the Clerk."
TODAY = timezone.localdate()
FORMAL = {"channel": "phone", "words": WORDS, "said_on_day": "2", "said_on_month": "1", "said_on_year": "2026"}


def compliment(town, **answers):
    """Thanks that Rita has taken on."""
    return taken(voiced(town, Kind.COMPLIMENT, **answers), town.rita)


def seat(town, user, level, department, above=None):
    """Give somebody a chair."""
    user.position = Position.objects.create(
        code=f"{level}-{user.pk}",
        title={"en": level, "fr": level},
        department=department,
        level=level,
        reports_to=above,
    )
    user.save()
    return user.position


def voiced(town, kind, **answers):
    """Something that a customer said of the municipality, by phone."""
    service = town.service(f"voice-{kind}", "Voice", kind, town.front, door="voice")
    contact = Contact(name="Elena Rivera", email="elena.rivera@example.org")
    return take_in(Matter(service, answers=answers), by=town.rita, channel="phone", contact=contact)


def taken(case, user):
    case.take(by=user)
    return case


def test_a_verbal_complaint_goes_to_the_supervisor_of_the_department_it_is_about(town, work):
    seat(town, town.lea, "supervisor", town.roads)
    case = voiced(town, Kind.COMPLAINT, about_department="roads")

    work()
    work()

    case.refresh_from_db()
    assert (case.department, case.assignee, case.status) == (town.roads, town.lea, Status.OPEN)
    assert town.events(case).filter(name="case.brought_to_supervisor").count() == 1
    assert Notification.objects.get(user=town.lea).case == case
    assert case.clocks.filter(promise="answer", ended_at=None).exists()


def test_with_two_supervisors_nobody_is_guessed_and_both_are_told(town, work):
    town.ben.roles.set([town.roles["supervisor"]])
    seat(town, town.lea, "supervisor", town.roads)
    seat(town, town.ben, "supervisor", town.roads)

    case = voiced(town, Kind.COMPLAINT, about_department="roads")
    work()

    case.refresh_from_db()
    assert (case.department, case.assignee) == (town.roads, None)
    assert {one.user for one in Notification.objects.all()} == {town.lea, town.ben}


def test_a_complaint_about_no_department_in_particular_stays_with_the_front(town, work):
    case = voiced(town, Kind.COMPLAINT, about_department="nowhere")

    work()

    case.refresh_from_db()
    assert case.department == town.front


def test_only_the_customer_makes_a_complaint_formal_and_it_stays_the_case_it_is(town):
    case = taken(voiced(town, Kind.COMPLAINT), town.rita)

    case.make_formal(by=town.rita, channel="phone", said_on=TODAY, words=WORDS)

    case.refresh_from_db()
    assert case.kind == Kind.COMPLAINT
    assert case.messages.get().text == WORDS
    event = town.events(case).get(name="case.made_formal")
    assert event.details == {"channel": "phone", "said_on": TODAY.isoformat()}


@pytest.mark.parametrize(
    ("kind", "said_on"), [(Kind.FEEDBACK, TODAY), (Kind.COMPLAINT, TODAY + timedelta(days=1))], ids=["kind", "future"]
)
def test_what_is_no_complaint_or_was_not_said_is_not_made_formal(town, kind, said_on):
    with pytest.raises(NotPossible):
        voiced(town, kind).make_formal(by=town.rita, channel="phone", said_on=said_on, words=WORDS)


def test_it_is_noted_once(town):
    case = voiced(town, Kind.COMPLAINT)
    case.make_formal(by=town.rita, channel="phone", said_on=TODAY, words=WORDS)

    with pytest.raises(NotPossible, match="noted already"):
        case.make_formal(by=town.rita, channel="phone", said_on=TODAY, words=WORDS)


def test_the_page_prints_how_a_formal_complaint_is_filed(as_member, town):
    Body.objects.create(
        code="formal-complaint", name={"en": "Formal complaint"}, matter={"en": "m"},
        reach={"en": "To the Clerk, in writing."}, say={"en": "Write down six things."},
    )  # fmt: skip
    case = voiced(town, Kind.COMPLAINT)
    rita = as_member("rita")
    address = f"/desk/cases/{case.reference}/make-formal/"

    assert "To the Clerk, in writing." in rita.get(address).content.decode()
    assert rita.post(address, FORMAL).status_code == 302
    page = rita.get(case.get_absolute_url()).content.decode()
    assert "They said so on Friday 2 January 2026 (Phone)" in page
    assert "To the Clerk, in writing." in page


def test_a_compliment_reaches_the_person_and_their_manager(town, work):
    chair = seat(town, town.lea, "manager", town.roads)
    seat(town, town.ada, "staff", town.roads, above=chair)
    case = compliment(town)

    case.pass_on(by=town.rita, about="person", department=town.roads, person=town.ada)
    work()
    work()

    case.refresh_from_db()
    assert (case.department, case.outcome) == (town.roads, "done")
    assert case.messages.get().text == "Thank you for your kind words. We have passed them on."
    assert {(one.user, one.kind) for one in Notification.objects.all()} == {
        (town.ada, "compliment"), (town.lea, "compliment")
    }  # fmt: skip
    details = town.events(case).get(name="case.passed_on").details
    assert details == {
        "passing": Passing.objects.get().pk, "about": "person", "department": town.roads.pk, "person": town.ada.pk
    }  # fmt: skip


def test_a_compliment_is_passed_on_once_and_to_somebody_of_that_department(town):
    case = compliment(town)
    with pytest.raises(NotPossible, match="does not work in this department"):
        case.pass_on(by=town.rita, about="person", department=town.roads, person=town.otto)
    with pytest.raises(NotPossible, match="not for a case of the kind"):
        town.case("Lamp", assignee=town.ada).pass_on(by=town.ada, about="service", department=town.roads)
    case.pass_on(by=town.rita, about="service", department=town.roads, service=town.pothole)
    with pytest.raises(NotPossible, match="closed"):
        case.pass_on(by=town.rita, about="service", department=town.roads)


def test_the_page_of_a_compliment_offers_what_the_customer_said_it_is_about(as_member, town):
    case = compliment(town, about_what="facility")
    rita = as_member("rita")

    page = rita.get(f"/desk/cases/{case.reference}/pass-on/")
    rita.post(f"/desk/cases/{case.reference}/pass-on/", {"about": "facility", "department": "roads"})

    assert page.context["form"]["about"].value() == "facility"
    assert "Passed on" in rita.get(case.get_absolute_url()).content.decode()


def test_feedback_that_was_read_is_closed_with_thanks(town):
    case = taken(voiced(town, Kind.FEEDBACK), town.rita)

    case.read_feedback(by=town.rita)

    case.refresh_from_db()
    assert case.is_closed
    assert case.messages.get().text == "Thank you for your feedback. Service Testville has read it."
    assert case.reading.by == town.rita


def test_feedback_that_is_closed_is_not_read_again(town):
    case = taken(voiced(town, Kind.FEEDBACK), town.rita)
    case.read_feedback(by=town.rita)

    with pytest.raises(NotPossible):
        case.read_feedback(by=town.rita)


def test_whoever_wants_an_answer_gets_one_instead(town):
    case = taken(voiced(town, Kind.FEEDBACK, wants_answer="yes"), town.rita)

    with pytest.raises(NotPossible, match="would like an answer"):
        case.read_feedback(by=town.rita)


@pytest.mark.parametrize("verb", ["make-formal", "pass-on", "read-feedback"])
@pytest.mark.parametrize("who", ["otto", "ines", "dana"])
def test_who_has_nothing_to_do_with_it_may_not(as_member, town, verb, who):
    kind = {"make-formal": Kind.COMPLAINT, "pass-on": Kind.COMPLIMENT, "read-feedback": Kind.FEEDBACK}[verb]
    case = taken(voiced(town, kind), town.rita)

    assert as_member(who).post(f"/desk/cases/{case.reference}/{verb}/", {}).status_code in (403, 404)


def test_all_of_them_by_the_interface(call, town):
    complaint, thanks = voiced(town, Kind.COMPLAINT), compliment(town)
    feedback = taken(voiced(town, Kind.FEEDBACK), town.rita)

    wish = {"channel": "phone", "said_on": "2026-01-02", "words": WORDS}
    assert call("rita", f"cases/{complaint.reference}/make_formal", **wish).status_code == 200
    assert call("rita", f"cases/{thanks.reference}/pass_on", about="service", department="x").status_code == 409
    assert call("rita", f"cases/{thanks.reference}/pass_on", about="service", department="roads").status_code == 200
    assert call("rita", f"cases/{feedback.reference}/read_feedback").status_code == 200


def test_who_complained_of_a_neighbour_is_not_shown_to_who_need_not_know(as_member, town):
    case = town.case("Loud music", service=town.noise)
    town.ada.roles.add(town.roles["deputy_clerk"])

    assert "Elena Rivera" in as_member("otto").get(case.get_absolute_url()).content.decode()
    assert "Who complained is confidential" in as_member("otto").get(case.get_absolute_url()).content.decode()
    assert "Elena Rivera" not in as_member("ada").get(case.get_absolute_url()).content.decode()
