"""One customer, planted with words found nowhere else: where those words are, and where they must not be."""

import json
import logging
import re
from typing import Any

import pytest
from django.test import Client

from townline.cases.models import Case, Outcome
from townline.channels.models import Mail
from townline.customers.models import Customer
from townline.jobs.models import Job
from townline.questions.models import FormVersion
from townline.timeline.models import Event

CANARIES = {
    "name": "Quenby Zzyzxcanary",
    "email": "zzyzx-canary@example.org",
    "phone": "905-555-0147",
    "address": "77 Canaryzz Lane, Bowmanville L1C 9Z9",
    "narrative": "The neighbour zzcanarynarrative sang",
    "note": "zzcanarynote about them",
    "message": "zzcanarymessage to them",
    "contact": "zzcanarycontact from them",
    "words": "zzcanarywords at the end",
}
DEFINITION = {
    "schema_version": 1,
    "code": "canary",
    "version": 1,
    "title": {"en": "Noise", "fr": "Bruit"},
    "pages": [
        {
            "id": "what",
            "title": {"en": "The noise", "fr": "Le bruit"},
            "questions": [{"id": "story", "kind": "paragraph", "label": {"en": "Tell us", "fr": "Dites"}}],
        }
    ],
}


@pytest.fixture
def said(caplog: Any) -> Any:
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.fixture
def addresses() -> list[str]:
    """Every address that was asked for or that somebody was sent to."""
    return []


@pytest.fixture
def planted(town: Any, work: Any, said: Any, addresses: list[str]) -> Case:
    town.noise.questions = FormVersion.objects.create(code="canary", version=1, definition=DEFINITION)
    town.noise.save()
    browser = Client()

    def send(address: str, typed: dict[str, str]) -> str:
        response = browser.post(address, typed)
        assert response.status_code == 302, response.content.decode()
        addresses.extend([address, response["Location"]])
        return str(response["Location"])

    at = send("/services/noise/start/", {}).rsplit("/", 2)[0]
    send(f"{at}/q-what/", {"q-story": CANARIES["narrative"]})
    send(f"{at}/you/", {name: CANARIES[name] for name in ("name", "email", "phone", "address")})
    send(f"{at}/check/", {})
    case = Case.objects.get()
    work()
    case.take(by=town.otto)
    case.note(by=town.otto, text=CANARIES["note"])
    case.message(by=town.otto, text=CANARIES["message"])
    case.contact(by=town.otto, channel="phone", text=CANARIES["contact"], customer=case.customer)
    case.close(by=town.otto, outcome=Outcome.DONE, words=CANARIES["words"])
    work()
    return case


def found_in(text: str) -> list[str]:
    return [name for name, canary in CANARIES.items() if canary in text or canary.replace("-", "") in text]


def test_events_jobs_logs_and_addresses_hold_nothing_that_was_typed(
    planted: Case, said: Any, addresses: list[str]
) -> None:
    events = json.dumps(list(Event.objects.values("name", "details")))
    jobs = json.dumps(list(Job.objects.values("task", "args", "kwargs", "slot", "error_class", "error_place")))
    logs = "\n".join(
        f"{one.getMessage()} {one.exc_text or ''}" for one in said.records if one.name != "django.db.backends"
    )

    assert Event.objects.count() > 8
    assert Job.objects.count() > 4
    assert found_in(events) == found_in(jobs) == found_in(logs) == []
    assert found_in("\n".join(addresses)) == []


def test_mail_goes_to_the_address_and_quotes_only_what_we_wrote(planted: Case) -> None:
    for mail in Mail.objects.all():
        assert found_in(mail.subject) == []
        assert set(found_in(mail.body)) <= {"message", "words"}


def test_who_works_on_it_reads_all_of_it(planted: Case, as_member: Any) -> None:
    page = as_member("otto").get(f"/desk/cases/{planted.reference}/").content.decode()

    assert set(found_in(page)) == set(CANARIES)


@pytest.fixture
def pages(planted: Case) -> list[str]:
    """Pages where it might be seen by somebody who should not."""
    return [
        "/desk/",
        "/desk/search/",
        "/desk/interactions/",
        "/desk/interactions/new/",
        "/desk/mail/",
        f"/desk/mail/{Mail.objects.first().pk}/",  # type: ignore[union-attr]
        f"/desk/customers/{Customer.objects.get(sort_key__startswith='quenby').pk}/",
        f"/desk/cases/{planted.reference}/",
        "/desk/work/department/bylaw/open/",
        "/desk/work/department/bylaw/closed/",
        "/desk/work/all/newest/",
        f"/track/{planted.reference}/",
        "/track/",
        "/account/",
    ]


def test_who_may_not_know_of_it_finds_it_nowhere(pages: list[str], as_member: Any, town: Any) -> None:
    resident = town.staff["ines"].__class__.objects.create_user("somebody@example.org", kind="customer")
    stranger, neighbour = Client(), Client()
    neighbour.force_login(resident)

    for browser in (stranger, neighbour, as_member("ines")):
        browser.post("/desk/search/", {"q": "Quenby"})
        for page in pages:
            assert found_in(browser.get(page).content.decode()) == [], page


def test_an_officer_of_another_department_reads_no_word_of_the_matter(pages: list[str], as_member: Any) -> None:
    who_they_are = {"name", "email", "phone", "address"}
    browser = as_member("ada")
    browser.post("/desk/search/", {"q": "Quenby"})

    for page in pages:
        assert set(found_in(browser.get(page).content.decode())) <= who_they_are, page


def test_the_customer_is_told_what_was_written_to_them_and_not_what_was_noted(planted: Case) -> None:
    browser = Client()
    asked = {"reference": planted.reference, "proof": CANARIES["email"]}
    page = browser.post("/track/", asked, follow=True).content.decode()

    assert {"message", "words"} <= set(found_in(page)) <= {"message", "words"}


def test_no_title_of_a_page_names_a_customer(pages: list[str], as_member: Any) -> None:
    for who in ("otto", "rita"):
        browser = as_member(who)
        browser.post("/desk/search/", {"q": "Quenby"})
        for page in pages:
            titles = re.findall(r"<title>(.*?)</title>", browser.get(page).content.decode(), re.DOTALL)
            assert found_in(" ".join(titles)) == [], page
