"""The words in braces: known ones are replaced, missing ones named, unknown ones refused."""

from hypothesis import given
from hypothesis import strategies as st

from townline.wording.placeholders import PLACEHOLDERS, fill, refusal, unfilled, unknown

TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)


def test_values_take_the_place_of_the_words_in_braces():
    filled = fill("Your request {reference} at { place }.", {"reference": "TV-1", "place": "12 Main Street"})

    assert filled == ("Your request TV-1 at 12 Main Street.", [])


def test_a_missing_value_is_named_and_stays_where_it_was():
    filled = fill("By {due}, at {place}, by {due}.", {"place": "12 Main Street"})

    assert filled.text == "By {due}, at 12 Main Street, by {due}."
    assert filled.missing == ["due"]
    assert unfilled(filled.text) == ["due"]


def test_an_unknown_one_is_refused_with_its_name_and_the_list():
    said = refusal("Dear {custmer}, about {reference}")

    assert said.startswith("There is no {custmer}. You can use: {reference}, ")
    assert "{tracking_link}" in said
    assert refusal("About {reference}") == ""


def test_empty_braces_are_unknown_too():
    assert unknown("{} and {reference}") == [""]


@given(st.dictionaries(st.sampled_from(list(PLACEHOLDERS)), TEXT.filter(bool), min_size=1), TEXT)
def test_a_value_is_never_read_as_a_placeholder_itself(values, before):
    wanted = before.replace("{", "").replace("}", "")
    text = wanted + "".join(f"{{{name}}}" for name in values)

    assert fill(text, values) == (wanted + "".join(values.values()), [])
