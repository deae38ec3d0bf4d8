"""The link that confirms, without an account: programs that open it first confirm nothing and use nothing up."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from townline.cases.intake import Contact, Matter, take_in
from townline.cases.models import Case
from townline.channels.models import Channel, Mail
from townline.doorstep.confirming import link_of
from townline.doorstep.tests.doings import held


def address_of(record):
    """The path of the link in our mail."""
    return urlsplit(link_of(record)).path


def sent_by_web(town, email="nadia@example.org"):
    """A report of somebody whose address nobody has confirmed."""
    contact = Contact(name="Nadia", email=email)
    return take_in(Matter(town.question), by=town.system, channel=Channel.WEB, contact=contact)


def test_opening_the_link_confirms_nothing_however_often(client, town):
    case = sent_by_web(town)

    answers = [getattr(client, method)(address_of(case)) for method in ("get", "head", "get", "options")]

    assert {answer.status_code for answer in answers} == {200}
    assert case.contact_point.verified_at is None
    assert not case.events.filter(name="contactpoint.verified").exists()
    assert client.get(f"/track/{case.reference}/").status_code == 302


def test_the_button_confirms_and_leads_to_the_request(client, town):
    case = sent_by_web(town)
    client.get(address_of(case))

    answer = client.post(address_of(case))

    case.contact_point.refresh_from_db()
    assert answer.url == f"/track/{case.reference}/"
    assert client.get(answer.url).status_code == 200
    assert case.contact_point.verified_how == "link"


def test_pressed_again_it_leads_there_again(client, town):
    case = sent_by_web(town)
    client.post(address_of(case))

    answer = Client().post(address_of(case))

    assert answer.url == f"/track/{case.reference}/"
    assert "This is confirmed" in client.get(address_of(case)).content.decode()


def test_what_waits_goes_on_when_the_button_is_pressed(client, town):
    one = held(town)
    address = address_of(one)
    client.get(address)
    before = Case.objects.count()

    client.post(address)

    case = Case.objects.get()
    assert before == 0
    assert (case.reference, case.contact_point.verified_how) == (one.reference, "link")
    assert Client().post(address).url == f"/track/{case.reference}/"


def test_the_confirmation_carries_the_link_until_the_address_is_confirmed(town, work):
    case = sent_by_web(town)
    work()
    case.contact_point.verify(by=town.system, how="link")
    again = sent_by_web(town)
    again.contact_point.verify(by=town.system, how="link")
    work()

    first, second = Mail.objects.filter(purpose="acknowledgement").order_by("id")
    assert link_of(case) in first.body
    assert "/confirm/" not in second.body


def test_whoever_waits_is_asked_by_mail_and_nobody_is_flooded_with_it(town, work):
    ones = [held(town) for _ in range(5)]
    work()

    assert len(mail.outbox) == 2
    assert link_of(ones[0]) in mail.outbox[0].body
    assert ones[0].reference in mail.outbox[0].subject


def test_it_is_asked_in_their_language(town, work):
    one = held(town)
    one.draft.language = "fr"
    one.draft.save()
    work()

    assert "Veuillez confirmer" in mail.outbox[0].subject
    assert "/fr/confirm/" in mail.outbox[0].body


@pytest.mark.parametrize("token", ["nothing", "a:b:c", "WyJjYXNlIiwgMV0:1tabc:abc"])
def test_a_link_that_is_not_ours_says_so(client, town, token):
    answer = client.get(f"/confirm/{token}/")

    assert answer.status_code == 404
    assert "Your reference still works." in answer.content.decode()


def test_an_old_link_works_no_more(client, town):
    address = address_of(sent_by_web(town))

    with time_machine.travel(timezone.now() + timedelta(days=61)):
        assert client.post(address).status_code == 404


def test_a_confidential_case_is_behind_no_link(client, town):
    case = sent_by_web(town)
    Case.objects.filter(pk=case.pk).update(is_confidential=True)

    assert client.get(address_of(case)).status_code == 404
