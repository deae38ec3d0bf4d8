"""What waits is let in or turned away at the desk, one by one or all of a place."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from townline.cases.models import Case, Draft
from townline.cases.schedule import forget_old_drafts
from townline.channels.models import Mail
from townline.core.refusals import NotPossible
from townline.doorstep.models import Held
from townline.doorstep.tests.doings import held


def test_let_in_it_is_a_case_with_its_reference_and_the_clocks_of_when_it_was_sent(town, work):
    one = held(town)

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        case = one.release(by=town.rita)
        work()

    assert case.reference == one.reference
    assert case.received_at == one.received_at
    assert case.contact_point.value == "elena.rivera@example.org"
    assert min(clock.started_at for clock in case.clocks.all()) == one.received_at
    assert Mail.objects.filter(purpose="acknowledgement", case_id=case.pk).count() == 1


def test_it_is_let_in_once(town):
    one = held(town)
    one.release(by=town.rita)

    with pytest.raises(NotPossible, match="let in already"):
        one.release(by=town.rita)
    with pytest.raises(NotPossible, match="not waiting any more"):
        one.discard(by=town.rita)
    assert Case.objects.count() == 1


def test_what_was_turned_away_can_still_be_let_in(town):
    one = held(town)
    one.discard(by=town.rita)

    one.release(by=town.rita)

    assert Case.objects.get().reference == one.reference


def test_what_waits_is_never_forgotten_and_what_was_turned_away_is_in_time(town):
    waiting, away = held(town), held(town)
    away.discard(by=town.rita)
    Draft.objects.update(began_at=timezone.now() - timedelta(days=31))

    forget_old_drafts.call()

    assert Held.objects.get() == waiting


def test_ticked_ones_are_let_in_and_turned_away(as_member, town):
    first, second, third = held(town), held(town), held(town)
    rita = as_member("rita")

    page = rita.get("/desk/doorstep/").content.decode()
    rita.post("/desk/doorstep/decide/", {"verb": "release", "held": [first.pk, second.pk]})
    rita.post("/desk/doorstep/decide/", {"verb": "discard", "held": [third.pk]})

    assert first.reference in page
    assert Case.objects.count() == 2
    assert third.reference in rita.get("/desk/doorstep/?state=discarded").content.decode()
    assert "Nobody waits at the door" in rita.get("/desk/doorstep/").content.decode()


def test_everything_of_one_place_at_once(as_member, town, work):
    good, bad = [held(town, source="library") for _ in range(3)], [held(town, source="flood") for _ in range(4)]
    rita = as_member("rita")

    rita.post("/desk/doorstep/decide-all/", {"verb": "release", "source": "library"})
    rita.post("/desk/doorstep/decide-all/", {"verb": "discard", "source": "flood"})
    work()

    assert {case.reference for case in Case.objects.all()} == {one.reference for one in good}
    assert Held.objects.filter(state="discarded").count() == len(bad)


@pytest.mark.parametrize("typed", [{}, {"verb": "release"}, {"verb": "burn", "held": ["1"]}])
def test_nothing_chosen_is_said(as_member, town, typed):
    held(town)

    assert as_member("rita").post("/desk/doorstep/decide/", typed).status_code == 409


def test_the_strip_says_that_something_waits(as_member, town):
    held(town)

    assert "1 report waits at the door" in as_member("lea").get("/desk/setup/").content.decode().replace("\n", " ")
    assert "waits at the door" not in as_member("ada").get("/desk/today/").content.decode()


@pytest.mark.parametrize(("who", "status"), [("rita", 302), ("lea", 302), ("ada", 403), ("ines", 403)])
def test_who_may(as_member, town, who, status):
    answer = as_member(who).post("/desk/doorstep/decide/", {"verb": "release", "held": [held(town).pk]})

    assert answer.status_code == status
