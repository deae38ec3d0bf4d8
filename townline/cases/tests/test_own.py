"""What is one's own on the portal: by confirmed addresses, a confirmed mobile, or a number that staff confirmed."""

import pytest
from django.utils import timezone

from townline.accounts.models import User
from townline.cases.intake import Contact, Matter, take_in
from townline.cases.models import Case
from townline.channels.models import Channel
from townline.core.access import visible
from townline.customers.models import Customer


def by_phone(town, name="Nadia Sample", phone="905-555-0123"):
    """Somebody calls, and leaves a number only."""
    return take_in(Matter(town.noise), by=town.rita, channel=Channel.PHONE, contact=Contact(name=name, phone=phone))


@pytest.fixture
def nadia(db):
    """Nadia's account, with a customer record."""
    user = User.objects.create_user("nadia@example.org", name="Nadia Sample")
    Customer.objects.create(name="Nadia Sample", account=user)
    return user


def seen_by(user):
    """The cases on their page, asked afresh."""
    return set(visible(User.objects.get(pk=user.pk), Case.objects.all()))


def test_a_mobile_confirmed_by_a_code_shows_what_was_called_in_with_it(nadia, town):
    case = by_phone(town)
    User.objects.filter(pk=nadia.pk).update(phone="+19055550123")
    before = seen_by(nadia)

    User.objects.filter(pk=nadia.pk).update(phone_verified_at=timezone.now())

    assert before == set()
    assert seen_by(nadia) == {case}


@pytest.mark.parametrize("how", ["called", "shown"])
def test_a_number_that_staff_confirmed_shows_cases_of_the_same_name_only(nadia, town, how):
    hers, flatmates = by_phone(town), by_phone(town, name="Somebody Else")
    point = nadia.customer.add_point(by=town.rita, kind="phone", value="(905) 555-0123")
    before = seen_by(nadia)

    point.verify(by=town.rita, how=how)

    assert before == set()
    assert seen_by(nadia) == {hers}
    assert flatmates.customer_id != hers.customer_id


def test_a_number_that_was_only_typed_shows_nothing(nadia, town):
    by_phone(town)
    nadia.customer.add_point(by=town.rita, kind="phone", value="905-555-0123")

    assert seen_by(nadia) == set()


def test_a_confidential_case_never_shows(nadia, town):
    case = by_phone(town)
    User.objects.filter(pk=nadia.pk).update(phone="+19055550123", phone_verified_at=timezone.now())
    Case.objects.filter(pk=case.pk).update(is_confidential=True)

    assert seen_by(nadia) == set()
