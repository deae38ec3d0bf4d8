"""The ladder, as arithmetic: nobody judges themselves, their superior, or a complaint they should not know."""

from hypothesis import given
from hypothesis import strategies as st

from townline.complaints.ladder import RANKS, Chair, is_kept_out, line_above, lowest_above, lowest_over, next_above


@st.composite
def organizations(draw):
    """Up to twelve chairs, each reporting to an earlier one of at least its rank; held by one person or nobody."""
    count = draw(st.integers(2, 12))
    chairs = {}
    for pk in range(1, count + 1):
        above = draw(st.integers(1, pk - 1)) if pk > 1 else None
        most = chairs[above].rank if above else len(RANKS) - 1
        level = RANKS[draw(st.integers(0, most))] if above else "cao"
        holders = (pk * 10,) if draw(st.booleans()) or pk == 1 else ()
        chairs[pk] = Chair(pk, level, above, draw(st.integers(1, 3)), holders)
    return chairs


def people_of(chairs):
    return sorted(holder for chair in chairs.values() for holder in chair.holders)


@given(organizations(), st.data())
def test_whoever_may_investigate_is_neither_complained_about_nor_below_it(chairs, data):
    subjects = data.draw(st.lists(st.sampled_from(people_of(chairs)), min_size=1, max_size=3, unique=True))

    for chair in lowest_above(chairs, subjects):
        assert any(not is_kept_out(chairs, holder, subjects) for holder in chair.holders)
        assert not set(chair.holders) & set(subjects)
        assert chair.rank > 0


@given(organizations(), st.data())
def test_it_goes_to_the_lowest_and_stands_above_every_one_of_them(chairs, data):
    subjects = data.draw(st.lists(st.sampled_from(people_of(chairs)), min_size=1, max_size=3, unique=True))
    found = lowest_above(chairs, subjects)

    assert [chair.rank for chair in found] == sorted(chair.rank for chair in found)
    for chair in found:
        for subject in subjects:
            seat = next(one for one in chairs.values() if subject in one.holders)
            assert chair in line_above(chairs, seat.pk)


@given(organizations(), st.data())
def test_each_step_up_is_a_higher_level_and_the_steps_end(chairs, data):
    at = data.draw(st.sampled_from(sorted(chairs)))
    seen = [chairs[at].rank]

    while found := next_above(chairs, at, []):
        at = found[0].pk
        seen.append(chairs[at].rank)

    assert seen == sorted(set(seen))


@given(organizations())
def test_whoever_reports_to_the_one_complained_about_is_kept_out(chairs):
    head = chairs[1].holders[0]

    assert all(is_kept_out(chairs, one, [head]) for one in people_of(chairs))


def test_above_the_head_there_is_nobody():
    chairs = {1: Chair(1, "cao", None, 1, (10,)), 2: Chair(2, "manager", 1, 1, (20,))}

    assert lowest_above(chairs, [10]) == []
    assert [chair.pk for chair in lowest_above(chairs, [20])] == [1]


def test_two_people_of_two_departments_lead_to_the_one_above_both():
    chairs = {
        1: Chair(1, "cao", None, 1, (10,)), 2: Chair(2, "director", 1, 1, (20,)), 3: Chair(3, "director", 1, 2, (30,)),
        4: Chair(4, "staff", 2, 1, (40,)), 5: Chair(5, "staff", 3, 2, (50,)),
    }  # fmt: skip

    assert [chair.pk for chair in lowest_above(chairs, [40, 50])] == [1]


def test_a_loop_in_bad_data_ends():
    chairs = {1: Chair(1, "manager", 2, 1, (10,)), 2: Chair(2, "manager", 1, 1, (20,))}

    assert len(line_above(chairs, 1)) <= 2
    assert [chair.pk for chair in lowest_over(chairs, 1)] == [1, 2]
