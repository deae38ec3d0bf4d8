"""What is more than people send from one place waits; everybody gets a reference, and nothing is refused."""

import re
from datetime import timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from townline.accounts.models import User
from townline.cases.models import Case
from townline.doorstep.models import Held
from townline.doorstep.tests.flooding import send, sender


def test_the_first_few_of_an_hour_go_straight_to_the_department(town):
    browser = sender("198.51.100.1")
    for _ in range(7):
        send(browser)

    assert (Case.objects.count(), Held.objects.count()) == (5, 2)


def test_an_hour_later_they_do_again(town):
    for _ in range(6):
        send(sender("198.51.100.1"))

    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        send(sender("198.51.100.1"))

    assert (Case.objects.count(), Held.objects.count()) == (6, 1)


def test_whoever_waits_has_a_reference_and_sees_that_it_waits(town):
    browser = sender("198.51.100.1")
    for _ in range(6):
        done = send(browser)
    held = Held.objects.get()

    page = browser.get(done).content.decode()

    assert held.reference in page
    assert "Nothing is lost" in page
    assert "sam@example.org" in page
    assert "We have it." in browser.get(f"/track/{held.reference}/").content.decode()
    elsewhere = sender("203.0.113.9")
    assert elsewhere.get(f"/track/{held.reference}/").status_code == 302
    elsewhere.post("/track/", {"reference": held.reference, "proof": "SAM@example.org"})
    assert "We have it." in elsewhere.get(f"/track/{held.reference}/").content.decode()


def test_sent_twice_it_waits_once(town):
    browser = sender("198.51.100.1")
    for _ in range(6):
        done = send(browser)

    browser.post(done.replace("/done/", "/check/"))

    assert Held.objects.count() == 1


def test_somebody_who_is_signed_in_never_waits(town):
    browser = Client(REMOTE_ADDR="198.51.100.1")
    user = User.objects.create_user("sam@example.org", name="Sam")
    browser.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    for _ in range(8):
        send(browser)

    assert (Case.objects.count(), Held.objects.count()) == (8, 0)


def test_a_field_that_people_do_not_see_makes_it_wait(town):
    send(sender("198.51.100.1"), website="https://buy.example")

    assert Held.objects.get().reason == Held.Reason.TRAP


def test_the_addresses_of_one_network_of_the_new_kind_are_one_place(town):
    for number in range(6):
        send(sender(f"2001:db8:0:1::{number + 1}"))
    send(sender("2001:db8:0:2::1"))

    assert (Case.objects.count(), Held.objects.count()) == (6, 1)


def test_where_something_came_from_is_not_kept(town):
    for _ in range(6):
        send(sender("198.51.100.1"))

    assert re.fullmatch("[0-9a-f]{16}", Held.objects.get().source)


def test_a_storm_of_people_at_addresses_of_their_own_goes_through(town):
    for number in range(60):
        send(sender(f"198.51.100.{number}"), email=f"person-{number}@example.org")

    assert (Case.objects.count(), Held.objects.count()) == (60, 0)


def test_of_many_bogus_reports_one_in_a_hundred_gets_through_and_no_genuine_one_is_lost(town):
    genuine = [f"neighbour-{number}@example.org" for number in range(20)]
    for number in range(600):
        send(sender(f"198.51.100.{number % 6}"), email=f"bogus-{number}@example.com")
        if number % 30 == 0:
            place = f"203.0.113.{number // 30}" if number % 60 else "192.0.2.1"
            send(sender(place), email=genuine[number // 30])

    through = Case.objects.values_list("contact_point__value", flat=True)
    waiting = {one.draft.contact["email"] for one in Held.objects.all()}
    bogus = [one for one in through if one.startswith("bogus-")]
    assert len(bogus) <= 30 + 6
    assert {*through, *waiting} >= set(genuine)
    assert len(through) + len(waiting) == 620
