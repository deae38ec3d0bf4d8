"""Who else is at a case: said on its page and in the list, to those who see the case."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from townline.cases.models import Presence
from townline.cases.schedule import forget_who_was_here


@pytest.fixture
def case(town):
    return town.case("Broken street lamp", assignee=town.ada)


def say(browser, case, **more):
    return browser.post(f"/desk/cases/{case.reference}/here/", more)


def test_the_others_are_told(as_member, town, case):
    assert say(as_member("ada"), case).json() == {"sentence": ""}

    assert say(as_member("ben"), case, writing="1").json() == {"sentence": "Ada Bell has this case open."}
    assert say(as_member("ada"), case).json() == {"sentence": "Ben Okafor is writing on this case."}
    assert "Ben Okafor is writing on this case." in as_member("ada").get(case.get_absolute_url()).content.decode()


def test_who_has_gone_is_not_there(as_member, town, case):
    with time_machine.travel(timezone.now() - timedelta(minutes=1), tick=False):
        Presence.heard_of(case, by=town.ben, is_writing=True)

    assert say(as_member("ada"), case).json() == {"sentence": ""}
    assert "Ben Okafor is writing" not in as_member("ada").get(case.get_absolute_url()).content.decode()


def test_something_newer_is_said(as_member, town, case):
    seen = town.events(case).last().pk

    assert say(as_member("ada"), case, seen=seen).json() == {"sentence": ""}
    case.contact(by=town.rita, channel="phone", text="It works again.")
    assert say(as_member("ada"), case, seen=seen).json() == {"sentence": "Something newer has arrived."}


def test_it_stands_in_the_list_too(as_member, town, case, django_assert_max_num_queries):
    Presence.heard_of(case, by=town.ben, is_writing=False)
    ada = as_member("ada")

    with django_assert_max_num_queries(12):
        page = ada.get("/desk/work/department/roads/open/").content.decode()

    assert "Ben Okafor is here" in page


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("rita", 200), ("dana", 200), ("otto", 404), ("ines", 404)])
def test_only_who_sees_the_case_is_at_it(as_member, town, case, who, status):
    assert say(as_member(who), case).status_code == status
    assert Presence.objects.exists() == (status == 200)


def test_nothing_is_kept_of_who_was_there(as_member, town, case):
    with time_machine.travel(timezone.now() - timedelta(minutes=2), tick=False):
        say(as_member("ada"), case)
    say(as_member("ben"), case)

    forget_who_was_here.call()

    assert [row.user for row in Presence.objects.all()] == [town.ben]
