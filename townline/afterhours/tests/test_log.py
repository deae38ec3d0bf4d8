"""The answering service writes a call down, in the night and in the daytime, and sees nothing else."""

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver

from townline.afterhours.models import Call
from townline.afterhours.tests.doings import call, night, plain_script, script
from townline.cases.models import Case
from townline.conftest import StaffClient
from townline.timeline.models import Event

HERE = ZoneInfo("America/Toronto")
BY_DAY = datetime(2026, 11, 24, 10, 0, tzinfo=HERE)
AT_NIGHT = datetime(2026, 11, 24, 22, 0, tzinfo=HERE)


@pytest.fixture
def nell(town):
    browser = StaffClient()
    browser.force_login(night(town))
    return browser


def typed(**more):
    given = {
        "key": str(uuid4()), "is_urgent": "yes", "place": "Main Street 5", "name": "Carl Caller",
        "phone": "905-555-0166", "language": "en", "summary": "A deep hole.",
    }  # fmt: skip
    return given | more


def test_an_urgent_call_is_an_urgent_case_and_the_first_on_call_is_paged(town):
    made = call(town)

    assert made.case.priority == "urgent"
    assert made.case.customer.name == "Carl Caller"
    assert [page.user for page in made.pages.all()] == [town.ada]
    names = list(Event.objects.filter(subject_kind="call").values_list("name", flat=True))
    assert names == ["call.logged", "call.paged"]


def test_another_call_waits_for_the_morning(town):
    made = call(town, is_urgent=False)

    assert made.case.priority == "normal"
    assert made.next_at is None
    assert not made.pages.exists()


def test_what_is_never_urgent_pages_nobody(nell, town):
    plain_script(town)

    page = nell.post("/desk/after-hours/log/else/", typed(), follow=True).content.decode()

    assert not Call.objects.get().is_urgent
    assert "Waits for the morning" in page


def test_the_page_writes_it_down_and_says_who_is_paged_with_the_number(nell, town):
    script(town)

    page = nell.post("/desk/after-hours/log/pothole/", typed(), follow=True).content.decode()

    assert Case.objects.get().reference in page
    assert "Ada Bell" in page
    assert "905-555-0111" in page
    assert "Somebody is paged." in page


def test_nothing_of_the_caller_is_shown_again(nell, town):
    script(town)

    pages = nell.post("/desk/after-hours/log/pothole/", typed(), follow=True).content.decode()
    pages += nell.get("/desk/after-hours/log/").content.decode()

    assert "Caller" not in pages.replace("Tell the caller", "")
    assert "0166" not in pages
    assert "Main Street" not in pages


def test_sent_twice_it_is_one_call_and_one_page(nell, town):
    script(town)
    given = typed()

    first = nell.post("/desk/after-hours/log/pothole/", given)
    second = nell.post("/desk/after-hours/log/pothole/", given)

    assert first.url == second.url
    assert Call.objects.get().pages.count() == 1
    assert Case.objects.count() == 1


@time_machine.travel(BY_DAY, tick=False)
def test_in_the_daytime_it_says_who_answers_now_and_nothing_is_lost(nell, town):
    town.front.phone = "905-555-0100"
    town.front.save()
    script(town)

    page = nell.get("/desk/after-hours/log/pothole/").content.decode()
    nell.post("/desk/after-hours/log/pothole/", typed())

    assert "Service Testville is open until 4:30" in page
    assert "905-555-0100" in page
    assert Call.objects.count() == 1


@time_machine.travel(AT_NIGHT, tick=False)
def test_at_night_it_does_not(nell, town):
    script(town)

    assert "answers now" not in nell.get("/desk/after-hours/log/pothole/").content.decode()


def test_a_number_that_cannot_be_dialled_is_refused_and_everything_is_kept(nell, town):
    script(town)

    page = nell.post("/desk/after-hours/log/pothole/", typed(phone="12")).content.decode()

    assert "such as 905-555-0123" in page
    assert "A deep hole." in page
    assert not Call.objects.exists()


def desk_addresses(patterns=None, before=""):
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        address = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from desk_addresses(entry.url_patterns, address)
        elif address.startswith("desk/"):
            yield "/" + address


EXAMPLES = {"<int:pk>": "1", "<str:reference>": "TV-1", "<slug:code>": "a", "<str:code>": "fr", "<str:week_on>": "x"}


def filled(address):
    for part, example in EXAMPLES.items():
        address = address.replace(part, example)
    return address


@pytest.mark.parametrize("address", sorted(set(desk_addresses())))
def test_of_the_whole_desk_nothing_else_is_there(nell, town, address):
    made = call(town)
    address = filled(address).replace("/TV-1/", f"/{made.case.reference}/")

    answers = {nell.get(address).status_code, nell.post(address).status_code}

    ours = address.startswith(("/desk/after-hours/log/", "/desk/language/"))
    assert ours or answers <= {404} or (address == "/desk/" and answers == {302})


def test_the_frame_has_no_search_and_no_way_elsewhere(nell, town):
    page = nell.get("/desk/", follow=True).content.decode()

    assert 'role="search"' not in page
    assert "/desk/cases/" not in page
    assert "/desk/customers/" not in page


def test_somebody_elses_call_is_not_theirs(town):
    made = call(town)
    other = night(town)
    other.pk, other.email, other._state.adding = None, "other@answering.example", True
    other.save()
    other.roles.set(night(town).roles.all())
    browser = StaffClient()
    browser.force_login(other)

    assert browser.get(f"/desk/after-hours/log/calls/{made.pk}/").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("rita", 403), ("ines", 403)])
def test_who_does_not_hold_the_grant_does_not_log(as_member, town, who, status):
    script(town)

    assert as_member(who).get("/desk/after-hours/log/").status_code == status


def test_a_stranger_is_sent_to_sign_in(town):
    assert Client().get("/desk/after-hours/log/").url.startswith("/sign-in/login/")
