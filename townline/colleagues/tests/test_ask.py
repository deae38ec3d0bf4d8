"""Staff ask a department for something: under standards of its own, never on the portal, seen by who asked."""

from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.test import Client

from townline.cases.models import Case, Draft, Outcome
from townline.catalogue.models import Service
from townline.colleagues.tests.doings import asked, repair
from townline.customers.models import Customer


def test_a_colleague_is_a_customer_with_an_account_and_the_case_is_like_any_other(town):
    case = asked(town)

    assert case.customer.account == town.otto
    assert case.contact_point.value == "otto@townline.example"
    assert case.department == town.roads
    assert case.interactions.get().summary == "The door sticks."


def test_its_clock_is_that_of_the_internal_standard(town):
    case = asked(town)

    assert case.clocks.get(promise="outcome").amount == 3


def test_the_second_request_is_the_same_customers(town):
    asked(town)
    asked(town)

    assert Customer.objects.filter(account=town.otto).count() == 1
    assert Case.objects.count() == 2


def test_the_same_page_sent_twice_is_one_case(town):
    token = uuid4().hex

    assert asked(town, token=token) == asked(town, token=token)


def test_it_is_confirmed_by_e_mail(town, work):
    asked(town)
    work()

    assert [one.to for one in outbox.outbox] == [["otto@townline.example"]]


def test_the_portal_knows_nothing_of_it(town):
    Service.objects.filter(pk=repair(town).pk).update(is_public=True)
    somebody = Client()

    pages = [somebody.get(address) for address in ("/", "/find/", "/find/?q=repair", "/words/")]

    assert [page.status_code for page in pages] == [200] * 4
    assert "Pothole" in pages[1].content.decode()
    assert "Repair" not in "".join(page.content.decode() for page in pages)
    assert somebody.get("/doors/staff/").status_code == 404


def test_nobody_asks_for_it_on_the_portal_by_its_address(town):
    Service.objects.filter(pk=repair(town).pk).update(is_public=True)
    somebody = Client()

    assert somebody.get("/services/repair/").status_code == 404
    assert somebody.post("/services/repair/start/").status_code == 404
    assert not Draft.objects.exists()


def test_the_page_asks_and_leads_to_the_request(as_member, town):
    repair(town)

    page = as_member("otto").post(
        "/desk/requests/new/repair/", {"token": uuid4().hex, "text": "The door sticks."}, follow=True
    )

    case = Case.objects.get()
    assert page.redirect_chain[0][0] == f"/desk/requests/{case.reference}/"
    assert "It will be done or decided by" in page.content.decode()


def test_without_words_it_says_so(as_member, town):
    repair(town)

    page = as_member("otto").post("/desk/requests/new/repair/", {"token": uuid4().hex, "text": ""})

    assert page.status_code == 200
    assert "error" in page.content.decode()
    assert not Case.objects.exists()


def test_a_closed_service_says_why_and_takes_nothing(as_member, town):
    Service.objects.filter(pk=repair(town).pk).update(closed_reason={"en": "Not in July.", "fr": "Pas en juillet."})

    page = as_member("otto").post("/desk/requests/new/repair/", {"token": uuid4().hex, "text": "Now."})

    assert "Not in July." in page.content.decode()
    assert not Case.objects.exists()


def test_who_asked_reads_the_answer_though_they_do_not_see_the_case_at_the_desk(as_member, town):
    case = asked(town)
    case.take(by=town.ada)
    case.message(by=town.ada, text="On Friday.")
    otto = as_member("otto")

    assert otto.get(f"/desk/cases/{case.reference}/").status_code == 404
    assert "On Friday." in otto.get(f"/desk/requests/{case.reference}/").content.decode()
    assert case.reference in otto.get("/desk/requests/").content.decode()


def test_notes_of_staff_are_not_shown_to_who_asked(as_member, town):
    case = asked(town)
    case.note(by=town.ada, text="Always that door.")

    assert "Always that door" not in as_member("otto").get(f"/desk/requests/{case.reference}/").content.decode()


@pytest.mark.parametrize("who", ["ben", "rita", "ines"])
def test_nobody_reads_somebody_elses_request_there(as_member, town, who):
    case = asked(town)

    assert as_member(who).get(f"/desk/requests/{case.reference}/").status_code == 404


def test_what_they_asked_as_a_resident_is_not_there(as_member, town):
    case = asked(town)
    Case.objects.filter(pk=case.pk).update(service=town.pothole)

    assert as_member("otto").get(f"/desk/requests/{case.reference}/").status_code == 404


def test_they_add_something_and_whoever_works_on_it_hears(as_member, town):
    case = asked(town)

    as_member("otto").post(f"/desk/requests/{case.reference}/add/", {"text": "It is worse."})

    assert case.messages.get(direction="in").text == "It is worse."


def test_what_was_not_solved_is_opened_again(as_member, town):
    case = asked(town)
    case.take(by=town.ada)
    case.close(by=town.ada, outcome=Outcome.DONE, words="Mended.")

    as_member("otto").post(f"/desk/requests/{case.reference}/dispute/", {"text": "It still sticks."})

    case.refresh_from_db()
    assert not case.is_closed


def test_the_list_costs_the_same_however_long(as_member, town, django_assert_max_num_queries):
    for _number in range(5):
        asked(town)
    otto = as_member("otto")

    with django_assert_max_num_queries(12):
        otto.get("/desk/requests/")
