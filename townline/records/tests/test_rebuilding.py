"""A release is built anew: what is taken out is in no part of it, whatever the words and however they overlap."""

from hypothesis import given
from hypothesis import strategies as st

from townline.records.rebuilding import Cut, candidates, masked, plain, rebuilt

WORDS = st.text(st.sampled_from("abcé .\n"), min_size=1, max_size=12)
CUTS = st.lists(st.builds(Cut, WORDS, st.sampled_from(["s. 14", "s. 8"])), max_size=5)


def squeezed(text):
    return " ".join(text.split()).lower()


@given(st.text(st.sampled_from("abcé .\nABC"), max_size=200), CUTS)
def test_no_part_holds_what_was_taken_out(text, cuts):
    kept = [squeezed(part.text) for part in rebuilt(text, cuts)]
    out = [squeezed(cut.words) for cut in cuts if len("".join(cut.words.split())) >= 2]

    assert not [(words, part) for words in out for part in kept if words in part]


@given(st.text(max_size=200), CUTS)
def test_what_is_left_stands_in_the_text_in_order(text, cuts):
    at, places = 0, []
    for part in (one for one in rebuilt(text, cuts) if one.text):
        at = text.index(part.text, at) + len(part.text)
        places.append(at)

    assert places == sorted(places)


def test_the_section_stands_where_something_was():
    assert plain(rebuilt("Call Nora  Muster.", [Cut("nora muster", "s. 14")])) == "Call [s. 14]."


def test_overlapping_words_leave_one_place_with_both_sections():
    parts = rebuilt("Nora Muster-Bell", [Cut("Nora Muster", "s. 14"), Cut("Muster-Bell", "s. 8")])

    assert plain(parts) == "[s. 14, s. 8]"


def test_addresses_numbers_codes_and_known_names_are_found_by_themselves():
    text = "Nora (nora@example.net, 905-555-0199) lives at L1C 3A6."

    assert candidates([text], ["Nora", "Zed"]) == ["nora@example.net", "905-555-0199", "L1C 3A6", "Nora"]


def test_a_customers_own_address_is_not_masked():
    text = "Me: elena@example.org, (905) 555-0100. Them: nora@example.net, Nora."

    said = masked(text, ["elena@example.org", "905-555-0100", "Elena"], ["Nora", "Elena"], "[x]")

    assert said == "Me: elena@example.org, (905) 555-0100. Them: [x], [x]."
