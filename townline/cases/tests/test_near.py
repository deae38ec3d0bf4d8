"""Reports of the same thing: who hears of which, and by which index they are found."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.cases.intake import Contact, Matter, Place, take_in
from townline.cases.models import Case
from townline.cases.near import case_behind, heard_of, near
from townline.cases.tracking import Passerby
from townline.catalogue.models import Service

MAIN = Place("12 Main Street")
HERE = (43.9128, -78.6879)
CANARY = "Quenby Zzyzxcanary"


@pytest.fixture
def pothole(town):
    town.pothole.shares = Service.Shares.PLACE
    town.pothole.save()
    return town.pothole


def report(town, service, place=MAIN, **more):
    contact = Contact(name=CANARY, email="canary@example.org")
    matter = Matter(service, place=place, summary="zzcanarywords")
    return take_in(matter, by=town.rita, channel="phone", contact=contact, **more)


def found(town, place, reader=None):
    return near(town.pothole, place, timezone.now(), reader or town.rita)


def test_a_report_at_the_same_address_is_found(town, pothole):
    case = report(town, pothole)

    assert found(town, Place("12 main st., Testville")) == [case]
    assert found(town, Place("14 Main Street")) == []


@pytest.mark.parametrize(("metres", "is_found"), [(30, True), (60, False)])
def test_a_report_a_few_metres_away_is_found(town, pothole, metres, is_found):
    case = report(town, pothole, Place("A pole", *HERE))
    there = Place("Near the hydrant", HERE[0] + metres / 111_320, HERE[1])

    assert found(town, there) == ([case] if is_found else [])


@pytest.mark.parametrize(("days", "is_found"), [(29, True), (31, False)])
def test_a_report_of_long_ago_is_not_the_same_thing(town, pothole, days, is_found):
    report(town, pothole, received_at=timezone.now() - timedelta(days=days))

    assert bool(found(town, MAIN)) == is_found


def test_another_service_is_another_thing(town, pothole):
    report(town, town.noise)

    assert found(town, MAIN) == []


def test_what_is_closed_is_over(town, pothole):
    case = report(town, pothole)
    case.take(by=town.ada)
    case.close(by=town.ada, outcome="done", words="Done.")

    assert found(town, MAIN) == []


def test_no_more_than_five_are_shown(town, pothole):
    cases = [report(town, pothole, Place("12 Main Street", *HERE)) for _ in range(7)]

    assert found(town, Place("12 Main Street", *HERE)) == cases[:1:-1]


@pytest.mark.parametrize("who", ["ada", "rita", "otto"])
def test_what_is_confidential_is_near_nobody(town, pothole, who):
    case = report(town, pothole)
    Case.objects.filter(pk=case.pk).update(is_confidential=True)

    assert found(town, MAIN, getattr(town, who)) == []
    assert found(town, MAIN, Passerby()) == []


def test_staff_of_another_department_do_not_hear_of_it(town, pothole):
    report(town, pothole)

    assert found(town, MAIN, town.otto) == []


def test_the_public_hears_nothing_of_a_service_that_shares_nothing(town, pothole):
    report(town, pothole)
    town.pothole.shares = Service.Shares.NOTHING

    assert heard_of(town.pothole, MAIN) == []


def test_the_public_hears_nothing_of_a_case_that_is_not_public(town, pothole):
    case = report(town, pothole)
    Case.objects.filter(pk=case.pk).update(is_public=False)

    assert heard_of(pothole, MAIN) == []


def test_the_public_hears_service_place_time_and_status_and_nothing_else(town, pothole):
    case = report(town, pothole)

    (one,) = heard_of(pothole, MAIN)

    assert (str(one.service), one.place, one.received_at) == ("Pothole", "12 Main Street", case.received_at)
    assert "We have it" in str(one.status)
    assert "canary" not in repr(one).lower()
    assert case.reference not in repr(one)


def test_the_place_is_told_only_where_the_service_shares_it(town, pothole):
    report(town, pothole)
    Service.objects.filter(pk=pothole.pk).update(shares=Service.Shares.SERVICE)
    pothole.refresh_from_db()

    assert [one.place for one in heard_of(pothole, MAIN)] == [""]


def test_a_token_stands_for_its_case_as_long_as_it_may_be_heard_of(town, pothole):
    case = report(town, pothole)
    (one,) = heard_of(pothole, MAIN)

    assert case_behind(one.token) == case
    Case.objects.filter(pk=case.pk).update(is_public=False)
    assert case_behind(one.token) is None


@pytest.mark.parametrize("token", ["", "x", "MTI:abc", "12"])
def test_a_token_that_is_none_of_ours_stands_for_nothing(db, token):
    assert case_behind(token) is None
