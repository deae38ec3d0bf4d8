"""Who knows of which case: by account, by address, by proof; and who does not."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from townline.accounts.models import User
from townline.cases.intake import Contact, Matter, take_in
from townline.cases.models import Case, CaseAccess
from townline.cases.tracking import Tracker, case_of_token, knows, link_token
from townline.channels.models import Channel
from townline.core.access import may, visible
from townline.core.refusals import NotPossible
from townline.customers.models import Customer


def account(address, *, verified):
    user = User.objects.create_user(address, kind=User.Kind.CUSTOMER)
    EmailAddress.objects.create(user=user, email=address, verified=verified, primary=True)
    return user


def seen_by(user):
    return set(visible(user, Case.objects.all()))


@pytest.fixture
def theirs(town):
    contact = Contact(name="Sam Sample", email="Home@Example.org", address="12 Main Street, Bowmanville L1C 3A6")
    return town.case(contact=contact)


def test_an_account_that_proved_its_address_finds_what_was_asked_with_it_in_any_channel(theirs):
    assert seen_by(account("home@example.org", verified=True)) == {theirs}


def test_an_account_that_did_not_prove_its_address_finds_nothing(theirs):
    assert seen_by(account("home@example.org", verified=False)) == set()


def test_an_account_finds_nothing_of_somebody_of_the_same_name(theirs, town):
    other = account("other@example.org", verified=True)
    matter = Matter(town.pothole)
    mine = take_in(matter, by=other, channel=Channel.WEB, contact=Contact("Sam Sample", "home@example.org"))

    assert mine.customer != theirs.customer
    assert seen_by(other) == {mine}


def test_in_a_shared_household_a_phone_number_or_a_mailing_address_opens_nothing(theirs, town):
    other = account("other@example.org", verified=True)
    customer = Customer.objects.create(name="Kim Sample", account=other)
    customer.contact_points.create(kind="mail", value="12 Main Street, Bowmanville L1C 3A6")
    customer.contact_points.create(kind="phone", value="905-555-0123")
    town.case(contact=Contact(name="Sam Sample", phone="905 555 0123"))

    assert seen_by(other) == set()


def test_somebody_signed_in_finds_what_they_asked_without_saying_who_they_are(town):
    resident = account("home@example.org", verified=True)

    case = take_in(Matter(town.pothole), by=resident, channel=Channel.WEB)

    assert seen_by(User.objects.get(pk=resident.pk)) == {case}


def test_a_confidential_case_is_not_found_by_account_address_or_link(theirs):
    Case.objects.update(is_confidential=True)

    assert seen_by(account("home@example.org", verified=True)) == set()
    assert seen_by(Tracker(frozenset([theirs.pk]))) == set()


def test_a_tracker_sees_the_cases_it_proved_and_no_others(theirs, town):
    town.case()
    session = {}
    Tracker.admit(session, theirs.pk)

    assert seen_by(Tracker.of(session)) == {theirs}
    assert seen_by(Tracker.of({})) == seen_by(AnonymousUser()) == set()


@pytest.mark.parametrize(
    ("proof", "fits"),
    [
        ("home@example.org", True),
        (" HOME@example.org ", True),
        ("l1c3a6", True),
        ("my postal code is L1C 3A6.", True),
        ("other@example.org", False),
        ("L1C 3A7", False),
        ("Sam Sample", False),
        ("", False),
        ("é@example.org", False),
    ],
)
def test_what_proves_that_a_case_is_yours(theirs, proof, fits):
    assert knows(theirs, proof) is fits
    assert knows(None, proof) is False


def test_a_case_without_an_address_is_proved_by_nothing(town):
    case = town.case(contact=Contact(name="Sam Sample", phone="905-555-0123"))

    assert not any(knows(case, proof) for proof in ("", "905-555-0123", "None", " "))


def test_asking_for_a_case_that_does_not_exist_costs_the_same_queries(theirs, django_assert_num_queries):
    case = Case.objects.select_related("contact_point").get()
    for asked in (case, None):
        with django_assert_num_queries(1):
            knows(asked, "L1C 9Z9")


def test_a_link_that_was_changed_leads_nowhere(theirs):
    token = link_token(theirs)

    assert case_of_token(token) == theirs.pk
    assert case_of_token(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    assert case_of_token("") is case_of_token("x:y:z") is None


def test_staff_without_a_role_see_nothing_and_may_do_nothing(town, theirs):
    town.ada.roles.clear()
    nobody = User.objects.get(pk=town.ada.pk)
    CaseAccess.objects.create(case=theirs, user=nobody)

    assert seen_by(nobody) == set()
    assert not any(may(nobody, verb, theirs) for verb in ("take", "assign", "note", "message", "close", "reopen"))


def test_staff_who_left_see_nothing_may_do_nothing_and_are_given_nothing(town, theirs):
    town.ada.is_active = False
    town.ada.save()
    CaseAccess.objects.create(case=town.case(is_confidential=True), user=town.ada)
    gone = User.objects.get(pk=town.ada.pk)

    assert seen_by(gone) == set()
    assert not any(may(gone, verb, theirs) for verb in ("take", "note", "close"))
    with pytest.raises(NotPossible, match="does not handle"):
        theirs.assign(by=town.lea, to=gone)


def test_what_was_typed_cannot_become_part_of_a_sentence(town):
    town.ada.name = "%(department)s %s {0}"
    town.ada.save()
    case = town.case(assignee=town.ada)

    with pytest.raises(NotPossible) as refused:
        case.take(by=town.ben)

    assert "%(department)s %s {0} already has this case." in str(refused.value)


def test_a_letter_is_received_when_it_came_and_never_in_the_future(town):
    with pytest.raises(NotPossible, match="future"):
        town.case(received_at=timezone.now() + timedelta(minutes=1))
