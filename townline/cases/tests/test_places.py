"""What a place is called, and where it lies, as a look-up compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townline.cases.places import MOST_METRES, cells_around, metres_between, place_cell, place_key, said_to_others

LATITUDES = st.floats(41.5, 57, allow_nan=False)
LONGITUDES = st.floats(-95, -74, allow_nan=False)
METRES = st.floats(1, MOST_METRES)
SHIFTS = st.floats(-0.005, 0.005)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 King St. E.", "12 King Street East"),
        ("12 KING  STREET", "12 king street, Bowmanville"),
        ("12 Main St, Amherstburg ON", "12 main street"),
        ("King St & Queen St", "Queen Street and King Street"),
        ("Queen/King", "King @ Queen"),
        ("5 chemin de l’Église", "5 ch. de l'eglise"),
        ("The library", "library"),
    ],
)
def test_two_ways_of_writing_a_place_are_one(one, other):
    assert place_key(one) == place_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("12 Main Street", "14 Main Street"), ("Main Street, by the arena", "Main Street, by the library"), ("", "!!!x")],
)
def test_two_places_are_two(one, other):
    assert place_key(one) != place_key(other)


@pytest.mark.parametrize("label", ["", " ", "…", "&", " / "])
def test_what_has_no_words_has_no_key(label):
    assert place_key(label) == ""


@given(st.text(max_size=300))
def test_any_text_has_a_key_that_fits_and_stays(label):
    key = place_key(label)

    assert len(key) <= 80
    assert key == key.strip()


@given(LATITUDES, LONGITUDES, SHIFTS, SHIFTS, METRES)
def test_whatever_is_within_reach_lies_in_one_of_the_cells(latitude, longitude, north, east, metres):
    there = (latitude + north, longitude + east)
    is_near = metres_between((latitude, longitude), there) <= metres * 0.99

    assert not is_near or place_cell(*there) in cells_around(latitude, longitude, metres)


@given(LATITUDES, LONGITUDES, METRES)
def test_the_cells_are_few(latitude, longitude, metres):
    assert len(cells_around(latitude, longitude, metres)) <= 20


@pytest.mark.parametrize("point", [(None, None), (43.9, None), (None, -78.7)])
def test_half_a_point_is_none(point):
    assert place_cell(*point) is None


def test_a_tenth_of_a_minute_is_about_185_metres():
    assert metres_between((43.9, -78.7), (43.9 + 1 / 600, -78.7)) == pytest.approx(185.3, abs=1)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("12 Main Street", "12 Main Street"),
        ("12 Main Street, Bowmanville", "12 Main Street"),
        ("King Street and Queen Street", "King Street and Queen Street"),
        ("Behind Quenby Canary’s garage", ""),
        ("12 Main Street behind the garage of Quenby Canary", ""),
        ("Quenby and John", ""),
        ("", ""),
    ],
)
def test_others_read_an_address_or_a_crossing_and_nobodys_words(label, said):
    assert said_to_others(label) == said
