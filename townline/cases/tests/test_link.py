"""Two cases that have to do with each other."""

import pytest

from townline.cases.models import Link
from townline.core.refusals import NotPossible


@pytest.fixture
def two(town):
    return town.case("Lamp", assignee=town.ada), town.case("Cable")


def test_a_link_stands_in_the_timeline_of_both(town, two):
    lamp, cable = two

    lamp.link(by=town.ada, other=cable)

    assert Link.objects.get().kind == Link.Kind.RELATED
    assert town.events(lamp).get(name="case.linked").details == {"other": cable.pk}
    assert town.events(cable).get(name="case.linked").details == {"other": lamp.pk}


@pytest.mark.parametrize("turned", [False, True], ids=["the same way", "the other way round"])
def test_two_cases_are_linked_once(town, two, turned):
    lamp, cable = reversed(two) if turned else two
    two[0].link(by=town.ada, other=two[1])

    with pytest.raises(NotPossible, match="already"):
        lamp.link(by=town.ada, other=cable)

    assert Link.objects.count() == 1


def test_a_case_is_not_linked_with_itself(town, two):
    with pytest.raises(NotPossible, match="itself"):
        two[0].link(by=town.ada, other=two[0])


def test_a_link_is_taken_away_from_either_side(town, two):
    lamp, cable = two
    lamp.link(by=town.ada, other=cable)

    cable.unlink(by=town.ada, other=lamp)

    assert not Link.objects.exists()
    assert town.events(lamp).filter(name="case.unlinked").count() == 1


def test_what_is_not_linked_cannot_be_unlinked(town, two):
    with pytest.raises(NotPossible, match="no link"):
        two[0].unlink(by=town.ada, other=two[1])


def test_that_a_case_came_of_another_is_not_taken_away(town, two):
    lamp, cable = two
    Link.objects.create(case=lamp, other=cable, kind=Link.Kind.FOLLOW_UP, by=town.system)

    with pytest.raises(NotPossible):
        lamp.unlink(by=town.ada, other=cable)

    assert Link.objects.count() == 1
