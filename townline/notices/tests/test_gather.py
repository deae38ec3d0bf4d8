"""Which cases belong to a notice, and that their customers hear of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from townline.cases.intake import Contact, Matter, Place, take_in
from townline.channels.models import Channel, Mail
from townline.core.refusals import NotPossible
from townline.notices.models import Gathered
from townline.notices.tests.doings import a_notice, published


def reported(town, where="12 King Street", service=None, **more):
    """Somebody reports something there by the portal."""
    contact = Contact(name="Elena Rivera", email="elena.rivera@example.org")
    matter = Matter(service or town.pothole, place=Place(where), **more)
    return take_in(matter, by=town.system, channel=Channel.WEB, contact=contact)


def test_a_new_report_within_its_area_and_services_joins(town, work):
    notice = published(town, streets=["King Street", "Queen St"])
    there = [reported(town), reported(town, "King Street and Main Street"), reported(town, "5 Queen Street, upstairs")]
    elsewhere = [reported(town, "12 Main Street"), reported(town, service=town.noise), reported(town, "12 Kingston Rd")]

    work()

    assert {row.case for row in notice.gathered.all()} == set(there)
    assert not Gathered.objects.filter(case__in=elsewhere).exists()


def test_without_streets_all_of_its_services_join(town, work):
    notice = published(town)
    case = reported(town, "Anywhere")

    work()

    assert notice.gathered.get().case == case


def test_what_came_in_just_before_is_gathered_when_it_is_published(town, work):
    case, closed = reported(town), reported(town)
    closed.close(by=town.lea, outcome="done", words="Done.")
    old = reported(town)
    type(old).objects.filter(pk=old.pk).update(received_at=timezone.now() - timedelta(days=9))
    work()
    notice = published(town)

    work()

    assert notice.gathered.get().case == case


def test_the_customer_is_told_in_their_language(town, work):
    published(town, streets=["King Street"])
    reported(town, language="fr")
    reported(town, "1 Main Street")

    work()

    french, english = Mail.objects.filter(purpose="acknowledgement").order_by("id")
    assert "Watermain break (fr). Boil the water. (fr)" in french.body
    assert "Watermain break" not in english.body


def test_it_stands_on_the_page_of_the_case_and_of_the_customer(as_member, client, town, work):
    case = reported(town)
    ada = as_member("ada")
    with CaptureQueriesContext(connection) as before:
        ada.get(f"/desk/cases/{case.reference}/")
    published(town)
    work()

    with CaptureQueriesContext(connection) as after:
        page = ada.get(f"/desk/cases/{case.reference}/").content.decode()
    client.post("/track/", {"reference": case.reference, "proof": "elena.rivera@example.org"})

    assert "It belongs to a notice" in page
    assert len(after) == len(before)
    assert "Boil the water." in client.get(f"/track/{case.reference}/").content.decode()


def test_its_page_lists_the_cases_that_the_reader_may_see(as_member, town):
    notice = published(town)
    case = reported(town)
    notice.gather(by=town.ada, case=case)

    assert case.reference in as_member("ada").get("/desk/notices/watermain-break/").content.decode()
    assert case.reference not in as_member("otto").get("/desk/notices/watermain-break/").content.decode()


def test_a_case_is_put_to_it_and_taken_out_and_does_not_come_back_by_itself(as_member, town, work):
    notice = published(town, streets=["King Street"])
    case, ada = reported(town, "By the library"), as_member("ada")

    ada.post("/desk/notices/watermain-break/gather/", {"reference": case.reference.lower()})
    assert notice.gathered.get(is_out=False).case == case
    ada.post(f"/desk/notices/watermain-break/release/{case.reference}/")
    notice.gather(by=town.system, case=case)
    assert not notice.gathered.filter(is_out=False).exists()
    notice.gather(by=town.ada, case=case)
    assert notice.gathered.filter(is_out=False).exists()


def test_a_case_that_is_not_there_or_not_seen_gets_the_same_answer(as_member, town):
    published(town)
    case, otto = reported(town), as_member("otto")

    answers = [
        otto.post("/desk/notices/watermain-break/gather/", {"reference": reference}).content.decode()
        for reference in (case.reference, "TV-7K3M-9QXD-H")
    ]

    assert all("There is no case with this reference that you can see." in answer for answer in answers)


def test_a_confidential_or_closed_case_never_belongs_to_one(town, work):
    notice = published(town)
    case = reported(town)
    type(case).objects.filter(pk=case.pk).update(is_confidential=True)
    closed = reported(town)
    closed.close(by=town.lea, outcome="done", words="Done.")
    case.refresh_from_db()

    work()

    assert not notice.gathered.exists()
    with pytest.raises(NotPossible):
        notice.gather(by=town.ada, case=case)
    with pytest.raises(NotPossible):
        notice.gather(by=town.ada, case=closed)


def test_a_draft_gathers_nothing(town, work):
    notice = a_notice(town)
    reported(town)

    work()

    assert not notice.gathered.exists()
