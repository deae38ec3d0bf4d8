"""An inquiry of a member of Council comes in: as a case of its own, or to one that is known."""

import re
from uuid import uuid4

import pytest

from townline.cases.models import Case, CaseAccess
from townline.council.models import Inquiry
from townline.council.tests.doings import inquiry, member
from townline.questions.models import FormVersion
from townline.questions.testing import page as page_of
from townline.questions.testing import question, written
from townline.timeline.models import Event


def test_an_inquiry_begins_a_case_of_the_members_and_keeps_the_constituent_apart(town):
    made = inquiry(town)

    assert made.case.customer == made.member.customer
    assert made.case.contact_point.value == "ward-1@council.example"
    assert made.constituent.name == "Maria Lopez"
    assert not Case.objects.filter(customer=made.constituent).exists()
    assert made.consent == Inquiry.Consent.UNKNOWN


def test_it_has_a_promise_of_its_own_beside_those_of_the_case(town):
    made = inquiry(town)

    clock = made.case.clocks.get(step=made.step)
    assert (clock.amount, clock.unit, clock.is_running) == (3, "business_days", True)
    assert set(made.case.clocks.values_list("promise", flat=True)) == {"acknowledge", "answer", "outcome", "step"}


def test_the_event_says_who_asked_and_nobodys_name(town):
    made = inquiry(town, through="assistant")

    event = Event.objects.get(name="inquiry.received")
    assert event.case_id == made.case_id
    assert event.details["through"] == "assistant"
    assert "Lopez" not in str(event.details)


def test_a_matter_that_is_known_is_joined_and_not_begun_again(town):
    case = town.case("Main Street 5")

    made = inquiry(town, case)

    assert made.case == case
    assert made.follower.customer == made.member.customer
    assert Case.objects.count() == 1
    assert case.clocks.filter(step=made.step).exists()


def test_the_same_member_asks_twice_about_one_case_and_follows_it_once(town):
    case, who = town.case("Main Street 5"), member(town)

    inquiry(town, case, who=who)
    inquiry(town, case, who=who)

    assert case.followers.count() == 1
    assert Inquiry.objects.filter(case=case).count() == 2


def test_the_same_page_sent_twice_is_one_inquiry(town):
    who, key = member(town), uuid4()

    first = inquiry(town, who=who, key=key)

    assert inquiry(town, who=who, key=key) == first
    assert Case.objects.count() == 1


def form(town, **more):
    given = {
        "key": str(uuid4()), "asked_by": "member", "channel": "phone", "language": "en", "whose": "constituent",
        "consent": "refused", "name": "Maria Lopez", "service": "pothole", "place": "Main Street 5",
        "summary": "When is it mended?",
    }  # fmt: skip
    return given | more


def test_the_page_takes_it_in_and_reads_the_reference_out(as_member, town):
    who = member(town)

    page = as_member("rita").post(f"/desk/council/{who.code}/new/", form(town), follow=True)

    made = Inquiry.objects.get()
    assert made.consent == "refused"
    assert made.consent_on is not None
    assert page.redirect_chain[0][0] == f"/desk/council/inquiries/{made.pk}/"
    assert f"Received as {made.case.reference}" in page.content.decode()


def test_it_says_which_questions_of_the_service_stay_open(as_member, town):
    definition = written(
        page_of("what", question("danger", "yes_no", required=True), question("words")), code="pothole"
    )
    town.pothole.questions = FormVersion.objects.create(code="pothole", version=1, definition=definition)
    town.pothole.save()
    rita = as_member("rita")

    shown = rita.post(f"/desk/council/{member(town).code}/new/", form(town), follow=True)

    made = Inquiry.objects.get()
    assert shown.context["open_questions"] == [
        str(one.label) for one in town.pothole.questions.parsed.pages[0].questions
    ]
    assert "nobody has answered yet" in shown.content.decode()
    made.case.take(by=town.ada)
    made.case.close(by=town.ada, outcome="done", words="Done.")
    assert "nobody has answered yet" not in rita.get(f"/desk/council/inquiries/{made.pk}/").content.decode()


def test_what_lies_near_is_shown_first_and_nothing_typed_is_lost(as_member, town):
    who, case = member(town), town.case("Broken")
    Case.objects.filter(pk=case.pk).update(place_label="Main Street 5", place_key="main street 5")
    case.refresh_from_db()
    case.save()

    page = as_member("rita").post(f"/desk/council/{who.code}/new/", form(town)).content.decode()

    assert "Say whether it is one of these cases" in page
    assert case.reference in page
    assert "When is it mended?" in page
    assert not Inquiry.objects.exists()

    as_member("rita").post(f"/desk/council/{who.code}/new/", form(town, near=case.reference))

    assert Inquiry.objects.get().case == case


def test_for_a_constituent_it_is_asked_whether_they_agreed(as_member, town):
    who = member(town)

    page = as_member("rita").post(f"/desk/council/{who.code}/new/", form(town, consent="")).content.decode()

    assert "Say whether the constituent agreed." in page


def as_shown(page, typed):
    """The whole page, but for the form's own token and what was typed."""
    text = page.content.decode().replace(typed, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


@pytest.mark.parametrize("who", ["rita", "lea"])
def test_a_confidential_case_is_refused_word_for_word_like_one_that_does_not_exist(as_member, town, who):
    role = town.roles["supervisor"]
    role.grants = [*role.grants, "intake.take"]
    role.save()
    office = member(town)
    case = town.case("Secret")
    hidden = case.reference
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    CaseAccess.objects.create(case=case, user=town.lea)
    address = f"/desk/council/{office.code}/new/"

    given, unknown = form(town), Case.new_reference()

    asked = as_member(who).post(address, given | {"reference": hidden})
    none = as_member(who).post(address, given | {"reference": unknown})

    assert asked.status_code == none.status_code == 200
    assert "There is no open case with this reference" in asked.content.decode()
    assert as_shown(asked, hidden) == as_shown(none, unknown)
    assert not Inquiry.objects.exists()


def test_the_page_always_says_that_complaints_are_never_told_of(as_member, town):
    page = as_member("rita").get(f"/desk/council/{member(town).code}/new/").content.decode()

    assert "neither that there is one, nor that there is none" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("rita", 200), ("ada", 403), ("dana", 403), ("ines", 403)],
    ids=["takes contacts in", "officer", "deputy clerk", "administrator"],
)
def test_who_may_take_one_in(as_member, town, who, status):
    assert as_member(who).get(f"/desk/council/{member(town).code}/new/").status_code == status
