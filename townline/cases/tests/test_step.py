"""A step of an officer: what was done, what is expected next, and what the customer is told."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from townline.cases.models import Status
from townline.catalogue.models import Step
from townline.core.refusals import NotPossible

AHEAD = timezone.localdate() + timedelta(days=14)
DAY = {"on_day": str(AHEAD.day), "on_month": str(AHEAD.month), "on_year": str(AHEAD.year)}


def step(code):
    return Step.objects.get(code=code)


@pytest.fixture
def visited(town):
    """A case of Ada's on which she has been there."""
    town.officer_steps()
    case = town.case("Fallen fence", assignee=town.ada)
    case.step(by=town.ada, step=step("visit"), choice="violation", note="Boards on the sidewalk.")
    return case


def test_a_step_is_recorded_and_its_event_holds_no_text(town, visited):
    done = visited.steps.get()

    assert (done.choice, done.note, done.is_usual) == ("violation", "Boards on the sidewalk.", True)
    event = town.events(visited).get(name="case.stepped")
    assert event.details == {"case_step": done.pk, "step": "visit", "usual": True, "choice": "violation"}


def test_a_step_never_changes_what_is_possible(town, visited):
    visited.step(by=town.ada, step=step("order"), on=AHEAD)
    visited.step(by=town.ada, step=step("complied"), note="The neighbour mended it at once.")

    visited.refresh_from_db()
    assert visited.status == Status.OPEN


def test_the_customer_is_told_of_an_order_in_the_words_of_the_catalogue(town, visited, work):
    visited.step(by=town.ada, step=step("order"), on=date(2126, 12, 10))
    work()

    message = visited.messages.get()
    assert message.text == "An order holds until Tuesday 10 December 2126."
    assert message.mail is not None
    assert not visited.clocks.filter(promise="answer", ended_at=None).exists()


def test_the_customer_hears_nothing_when_the_officer_says_so_or_there_are_no_words(town, visited):
    visited.step(by=town.ada, step=step("order"), on=AHEAD, is_told=False)

    assert not visited.messages.exists()


@pytest.mark.parametrize(
    ("code", "given", "why"),
    [
        ("order", {}, "“Order” needs: Comply by"),
        ("order", {"on": date(2020, 1, 1)}, "past already"),
        ("complied", {}, "does not usually come now"),
        ("visit", {"choice": "nowhere", "note": "Again."}, "Choose one of those"),
    ],
    ids=["nothing given", "a day that is past", "out of order without a note", "no such choice"],
)
def test_a_step_that_lacks_something_is_refused(town, visited, code, given, why):
    with pytest.raises(NotPossible, match=why):
        visited.step(by=town.ada, step=step(code), **given)

    assert visited.steps.count() == 1


def test_a_step_of_another_kind_a_case_that_is_new_and_one_that_is_closed_are_refused(town, visited):
    other = town.step("release", "Released", service=town.noise)
    with pytest.raises(NotPossible, match="not a step of this kind"):
        visited.step(by=town.ada, step=other)
    with pytest.raises(NotPossible, match="Take it first"):
        town.case("Another").step(by=town.ada, step=step("visit"))
    visited.close(by=town.ada, outcome="done", words="Done.")
    with pytest.raises(NotPossible, match="closed"):
        visited.step(by=town.ada, step=step("order"), on=AHEAD)


def test_a_step_out_of_the_usual_order_is_recorded_with_its_reason(town, visited):
    done = visited.step(by=town.ada, step=step("complied"), note="It was mended while I stood there.")

    assert not done.is_usual


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 302), ("ben", 302), ("lea", 302), ("otto", 404), ("rita", 403), ("dana", 403), ("ines", 404)],
)
def test_who_may_record_a_step(as_member, town, visited, who, status):
    response = as_member(who).post(f"/desk/cases/{visited.reference}/step/?step=order", {**DAY, "is_told": "on"})

    assert response.status_code == status


def test_the_page_offers_what_usually_comes_now_and_then_asks_what_the_step_needs(as_member, town, visited):
    ada = as_member("ada")

    offered = ada.get(f"/desk/cases/{visited.reference}/step/").content.decode()
    asked = ada.get(f"/desk/cases/{visited.reference}/step/?step=order").content.decode()

    assert offered.index("?step=order") < offered.index("Out of the usual order") < offered.index("?step=complied")
    assert "Comply by" in asked
    assert "An order holds until {date}." in asked


def test_what_was_typed_comes_back_when_something_is_missing(as_member, town, visited):
    response = as_member("ada").post(
        f"/desk/cases/{visited.reference}/step/?step=order", {"note": "Posted on the door."}
    )

    assert response.status_code == 200
    assert "Posted on the door." in response.content.decode()
    assert visited.steps.count() == 1


def test_the_case_shows_its_steps_and_the_usual_next_one(as_member, town, visited):
    visited.step(by=town.ada, step=step("order"), on=date(2126, 12, 10), note="Posted on the door.")

    page = as_member("ada").get(visited.get_absolute_url()).content.decode()

    assert "Comply by: Tuesday 10 December 2126" in page
    assert "?step=look-again" in page
    assert "Step: Order, Tuesday 10 December" in page
    assert "Posted on the door." in page


def test_a_case_without_steps_says_nothing_of_them(as_member, town):
    page = as_member("ada").get(town.case("Lamp", assignee=town.ada).get_absolute_url()).content.decode()

    assert "Record a step" not in page


def test_a_step_by_the_interface(call, town, visited):
    address = f"cases/{visited.reference}/step"

    assert call("ada", address, step="order", on=AHEAD.isoformat()).status_code == 200
    assert call("ada", address, step="nothing").status_code == 409
    assert call("ada", address, step="order", on="then").status_code == 422
    assert visited.steps.count() == 2


def test_a_date_to_comply_by_is_followed_by_a_re_inspection_that_is_due(town, visited):
    with time_machine.travel("2026-11-23T15:00:00Z"):
        visited.step(by=town.ada, step=step("order"), on=date(2026, 12, 10))

    clock = visited.clocks.get(step="look-again")
    assert clock.is_running
    assert timezone.localtime(clock.due_at).date() == date(2026, 12, 14)
    visited.step(by=town.ada, step=step("look-again"))
    clock.refresh_from_db()
    assert clock.ending == "kept"


def test_what_is_no_longer_called_for_is_not_due_any_more(town, visited):
    visited.step(by=town.ada, step=step("order"), on=AHEAD)
    visited.step(by=town.ada, step=step("complied"), note="Mended at once.")

    assert visited.clocks.get(step="look-again").ending == "dropped"


def test_a_second_order_moves_the_re_inspection(town, visited):
    visited.step(by=town.ada, step=step("order"), on=AHEAD)
    visited.step(by=town.ada, step=step("order"), on=AHEAD + timedelta(days=30), note="More time was given.")

    assert [clock.ending for clock in visited.clocks.filter(step="look-again").order_by("id")] == ["dropped", ""]


def test_the_first_step_is_due_from_the_moment_somebody_has_the_case(town):
    town.officer_steps()
    Step.objects.filter(code="visit").update(amount=5, unit="business_days")

    case = town.case("Fallen fence", assignee=town.ada)

    assert case.clocks.get(step="visit").is_running


def test_the_page_explains_a_re_inspection_that_was_done_before_the_day_to_comply_by(as_member, town, visited):
    visited.step(by=town.ada, step=step("order"), on=AHEAD)
    ada = as_member("ada")
    assert ada.get(visited.get_absolute_url()).status_code == 200

    visited.step(by=town.ada, step=step("look-again"), note="Mended early.")

    assert ada.get(visited.get_absolute_url()).status_code == 200
    assert visited.clocks.get(step="look-again").is_kept
