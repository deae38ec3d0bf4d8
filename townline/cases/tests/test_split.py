"""A matter that several departments work on."""

import pytest

from townline.cases.models import Status
from townline.core.refusals import NotAllowed, NotPossible


@pytest.fixture
def case(town):
    return town.case("Flooded road", assignee=town.ada)


@pytest.fixture
def part(town, case):
    return case.split(by=town.ada, departments=[town.bylaw], text="Look at the drain, please.")[0]


def test_each_department_gets_a_case_of_its_own_with_a_clock(town, case, part):
    assert part.parent == case
    assert part.department == town.bylaw
    assert part.status == Status.NEW
    assert part.subject == case.subject
    assert part.due_kind == "outcome"
    assert part.notes.get().text == "Look at the drain, please."


def test_a_part_knows_no_customer_and_tells_none(town, case, part):
    assert part.customer is None
    assert part.contact_point is None
    with pytest.raises(NotPossible, match="only that one answers"):
        part.message(by=town.system, text="Hello.")


def test_the_end_of_a_part_stands_in_the_timeline_of_the_whole(town, case, part):
    part.take(by=town.otto)

    part.close(by=town.otto, outcome="done", words="The drain is clear.")

    assert town.events(case).get(name="case.part_closed").details == {"part": part.pk, "outcome": "done"}


def test_a_case_does_not_end_over_open_parts_unless_somebody_says_so(town, case, part):
    with pytest.raises(NotPossible, match=part.reference):
        case.close(by=town.ada, outcome="done", words="Done.")

    case.close(by=town.ada, outcome="done", words="Done.", over_parts=True)

    assert case.is_closed


def test_a_case_ends_after_its_parts(town, case, part):
    part.take(by=town.otto)
    part.close(by=town.otto, outcome="done", words="Clear.")

    case.close(by=town.ada, outcome="done", words="Done.")

    assert case.is_closed


def test_a_department_has_one_open_part(town, case, part):
    with pytest.raises(NotPossible, match="already"):
        case.split(by=town.ada, departments=[town.bylaw], text="Again.")

    assert case.parts.count() == 1


def test_a_part_has_no_parts(town, case, part):
    part.take(by=town.otto)

    with pytest.raises(NotPossible, match="itself a part"):
        part.split(by=town.otto, departments=[town.roads], text="You do it.")


def test_only_who_has_the_case_splits_it(town, case):
    with pytest.raises(NotAllowed):
        case.split(by=town.ben, departments=[town.bylaw], text="Look.")
