"""Cases are found by what was said on them, by those who may see them, and never by a word that was sealed."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from townline.cases.intake import Contact, Matter, Place, take_in
from townline.cases.models import CaseWords
from townline.cases.saying import cases_saying, forget, gather, write_anew


def gathered():
    """A minute later, everything that was said can be found."""
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        return gather()


@pytest.fixture
def case(town):
    case = town.case("12 Église Street", assignee=town.ada)
    case.note(by=town.ada, text="The culvert is blocked by a shopping cart.")
    case.message(by=town.ada, text="A crew comes on Thursday.")
    gathered()
    return case


@pytest.mark.parametrize("typed", ["culvert", "CULV", "eglise", "crew thurs", "shop cart", "église-STREET"])
def test_it_is_found_by_the_beginnings_of_its_words_without_accents_and_capitals(case, typed):
    assert cases_saying(typed) == [case.pk]


@pytest.mark.parametrize("typed", ["", "a", "&|!", '"', "culvert moose", "NEAR(", "moose*", "' OR 1=1 --"])
def test_what_was_not_said_finds_nothing_and_no_mark_is_a_command(case, typed):
    assert cases_saying(typed) == []


def test_answers_and_what_was_noted_of_a_contact_are_found_too(town):
    matter = Matter(
        town.pothole, answers={"depth": "knee-deep", "more": [{"what": "a bicycle"}]}, place=Place("King St")
    )
    case = take_in(matter, by=town.rita, channel="phone", contact=Contact(name="Luc"))
    gathered()

    assert cases_saying("knee bicycle king") == [case.pk]


def test_the_words_follow_what_is_said_later_and_are_gathered_once(case, town):
    assert gathered() == 0

    case.note(by=town.ben, text="A heron was seen.")
    assert cases_saying("heron") == []

    gathered()
    assert cases_saying("heron") == [case.pk]
    assert CaseWords.objects.count() == 1


def test_what_happened_just_now_waits_for_transactions_that_are_still_open(town):
    town.case("Lamp")

    assert gather() == 0


def test_no_word_of_a_confidential_case_is_gathered(town):
    case = town.case("Secret street", is_confidential=True)
    gathered()

    assert cases_saying("secret") == []
    assert not CaseWords.objects.filter(pk=case.pk).exists()


def test_nothing_is_left_of_words_that_are_forgotten(case, town):
    other = town.case("Other street")
    gathered()

    forget([case.pk])

    assert cases_saying("culvert") == []
    assert cases_saying("other") == [other.pk]
    assert list(CaseWords.objects.values_list("pk", flat=True)) == [other.pk]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index with the rows")
def test_the_file_holds_no_forgotten_word(case):
    forget([case.pk])
    write_anew()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_words_index_data WHERE instr(block, CAST('culvert' AS BLOB)) > 0")
        assert cursor.fetchone()[0] == 0


def test_the_search_shows_cases_to_those_who_may_see_them(as_member, case):
    found = {who: as_member(who) for who in ("rita", "ada", "otto")}

    pages = {
        who: browser.post("/desk/search/", {"q": "culvert"}, follow=True).content.decode()
        for who, browser in found.items()
    }

    assert {who for who, page in pages.items() if case.reference in page} == {"rita", "ada"}
