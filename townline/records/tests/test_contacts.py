"""Contacts that were answered at once: what was said and by whom goes, that there was one stays to be counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from townline.callbacks.tests.doings import owed
from townline.channels.models import Interaction
from townline.core.refusals import NotPossible
from townline.customers.models import Customer
from townline.records.choosing import propose
from townline.records.contacts import candidates, walk
from townline.records.disposing import carry_out
from townline.records.models import Hold, RecordsClass
from townline.records.tests.doings import CANARY, contacts_class, fay, heard


def reasons(town):
    return [one.reason for one in walk(contacts_class(), timezone.localdate())[0]]


def test_words_and_customer_go_and_the_count_stays(town, work):
    contact = heard(town)
    made = propose(contacts_class(), by=town.dana)
    made.approve(by=fay(town))
    made.approve(by=town.dana)
    count = Interaction.objects.filter(outcome="answered").count()

    work()

    contact.refresh_from_db()
    made.refresh_from_db()
    assert (contact.summary, contact.customer, contact.channel) == ("", None, "phone")
    assert Interaction.objects.filter(outcome="answered").count() == count
    assert (made.state, made.gone) == ("done", 1)
    assert not Customer.objects.filter(name__contains=CANARY).exists()


def test_a_contact_that_wanted_a_call_goes_like_any_other(town, work):
    call = owed(town)
    call.withdraw(by=town.ada)
    Interaction.objects.update(
        received_at=timezone.now() - timedelta(days=800), entered_at=timezone.now() - timedelta(days=800)
    )
    made = propose(contacts_class(), by=town.dana)
    made.approve(by=fay(town))
    made.approve(by=town.dana)

    work()

    call.refresh_from_db()
    assert (call.customer, call.contact_point, call.interaction.summary) == (None, None, "")


@pytest.mark.parametrize("days", [0, 364])
def test_within_a_year_nothing_is_on_the_walk(town, days):
    heard(town, days)

    assert reasons(town) == []


@pytest.mark.parametrize("about", ["service", "customer", "all"])
def test_a_hold_keeps_it(town, about):
    contact = heard(town)
    given = {"service": contact.service, "customer": contact.customer}

    Hold.place(by=town.dana, kind="legal", reason="A claim.", **({about: given[about]} if about in given else {}))

    assert reasons(town) == ["hold"]
    with pytest.raises(NotPossible, match="Nothing of this class"):
        propose(contacts_class(), by=town.dana)


def test_what_is_held_after_it_was_listed_is_kept(town):
    contact = heard(town)
    made = propose(contacts_class(), by=town.dana)
    made.approve(by=fay(town))
    made.approve(by=town.dana)
    Hold.place(by=town.dana, kind="foi", reason="R.", customer=contact.customer)

    carry_out.call(disposition_id=made.pk)

    contact.refresh_from_db()
    made.refresh_from_db()
    assert CANARY in contact.summary
    assert (made.gone, made.kept) == (0, 1)


def test_a_contact_that_raised_a_case_is_no_contact_answered_at_once(town):
    town.case("Lamp")
    Interaction.objects.update(received_at=timezone.now() - timedelta(days=900))

    assert reasons(town) == []


def test_the_pages_show_contacts(town, client):
    contact = heard(town)
    client.force_login(town.dana)
    chosen = contacts_class()
    listed = client.get(f"/desk/records/schedule/{chosen.code}/").content.decode()
    client.post(f"/desk/records/schedule/{chosen.code}/")
    made = chosen.dispositions.get()
    made.approve(by=fay(town))
    made.approve(by=town.dana)
    page = client.get(f"/desk/records/dispositions/{made.pk}/").content.decode()
    carry_out.call(disposition_id=made.pk)

    assert f"Phone {contact.pk}" in listed
    assert f"Phone {contact.pk}" in page
    assert CANARY not in listed
    assert "Of these contacts" in client.get(f"/desk/records/dispositions/{made.pk}/certificate/").content.decode()


def test_a_class_of_contacts_holds_no_case(town):
    town.case("Lamp")
    contacts_class()
    everything = RecordsClass.objects.create(code="rest", name={"en": "Rest"})

    from townline.records.models.classes import class_of

    assert class_of("pothole", "service_request", list(RecordsClass.objects.all())) == everything


def test_the_walk_goes_along_its_own_index(town, way_of):
    assert "interaction_to_dispose" in way_of(candidates(contacts_class(), timezone.localdate())[:50])
