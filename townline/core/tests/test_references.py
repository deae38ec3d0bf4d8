import pytest
from hypothesis import given
from hypothesis import strategies as st

from townline.core.references import ALPHABET, check_character, make, read, spoken

bodies = st.text(ALPHABET, min_size=8, max_size=8)
prefixes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=4)


def reference_of(prefix: str, body: str) -> str:
    return f"{prefix}-{body[:4]}-{body[4:]}-{check_character(body)}"


references = st.builds(reference_of, prefixes, bodies)


def test_a_reference_has_a_prefix_two_groups_and_a_check_character():
    prefix, first, second, check = make("CL").split("-")

    assert prefix == "CL"
    assert (len(first), len(second)) == (4, 4)
    assert check == check_character(first + second)
    assert set(first + second + check) <= set(ALPHABET)


def test_references_do_not_repeat():
    assert len({make("CL") for _ in range(1_000)}) == 1_000


@pytest.mark.parametrize("prefix", ["", "cl", "C1", "CLARI", "C-", "É"])
def test_a_prefix_is_one_to_four_letters(prefix):
    with pytest.raises(ValueError, match="prefix"):
        make(prefix)


@pytest.mark.parametrize(
    "typed",
    [
        "CL-7K3M-10XD-E",
        "cl-7k3m-10xd-e",
        "CL7K3M10XDE",
        " CL 7K3M 10XD E. ",
        "#CL–7K3M–10XD–E",
        "CL_7K3M_10XD_E",
        "CL-7K3M-IOXD-E",
        "cl-7k3m-loxd-e",
        "C1-7K3M-10XD-E",
        "7K3M-10XD-E",
        "7k3m ioxd e",
        "ＣＬ－７Ｋ３Ｍ－１０ＸＤ－Ｅ",
        "C L dash 7 K 3 M dash 1 0 X D dash E",
        "Charlie Lima, seven Kilo three Mike, one zero X-ray Delta, Echo",
        "charles louis tiret sept kilo trois marie tiret un zero xavier david tiret édouard",
    ],
)
def test_what_people_type_is_read(typed):
    assert read(typed, "CL") == "CL-7K3M-10XD-E"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "CL",
        "CL-7K3M-10XD",
        "CL-7K3M-10XD-M",
        "CL-7K3M-10XD-EN",
        "AM-7K3M-10XD-E",
        "CL-7K3M-1UXD-E",
        "CL-7K3M-10XD-E CL-7K3M-10XD-E",
        "CL-7K3M-10XD-E" + " " * 200,
        "٧K3M10XDE",
        "🙂🙂🙂🙂🙂🙂🙂🙂🙂",
    ],
    ids=["empty", "prefix", "cut", "check", "long", "other town", "U", "two", "very long", "script", "pictures"],
)
def test_what_cannot_be_a_reference_is_refused(typed):
    assert read(typed, "CL") is None


def test_without_a_known_prefix_it_must_be_typed():
    assert read("am-7k3m-10xd-e") == "AM-7K3M-10XD-E"
    assert read("7K3M-10XD-E") is None
    assert read("4M-7K3M-10XD-E") is None


@pytest.mark.parametrize("body", ["DASH0000", "RAYSX000", "0000TREE", "ZER0SPAC"])
def test_a_group_that_looks_like_a_word_is_read_as_typed(body):
    reference = reference_of("CL", body)

    assert read(reference, "CL") == reference
    assert read(reference.replace("-", " ").lower(), "CL") == reference


def test_it_is_read_out_in_groups():
    assert spoken("CL-7K3M-10XD-E", "en") == [
        "Charlie Lima",
        "seven Kilo three Mike",
        "one zero X-ray Delta",
        "Echo",
    ]
    assert spoken("CL-7K3M-10XD-E", "fr-ca") == [
        "Charles Louis",
        "sept Kilo trois Marie",
        "un zéro Xavier David",
        "Édouard",
    ]


@given(references)
def test_every_reference_is_read_as_itself(reference):
    prefix, rest = reference.split("-", 1)

    assert read(reference) == reference
    assert read(reference, prefix) == reference
    assert read(rest.replace("-", "").lower(), prefix) == reference


@given(references, st.sampled_from(["en", "fr"]), st.sampled_from([", ", " dash ", " TIRET ", "\n"]))
def test_what_is_read_out_can_be_typed_word_for_word(reference, lang, between):
    prefix = reference.split("-")[0]

    assert read(between.join(spoken(reference, lang)), prefix) == reference


@given(references, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_every_wrong_character_is_caught(reference, place, wrong):
    prefix, rest = reference.split("-", 1)
    run = rest.replace("-", "")
    changed = run[:place] + wrong + run[place + 1 :]

    assert read(changed, prefix) == (reference if changed == run else None)


@given(references, st.integers(0, 7))
def test_every_two_neighbours_that_changed_places_are_caught_but_0_and_z(reference, place):
    prefix, rest = reference.split("-", 1)
    run = rest.replace("-", "")
    pair = run[place : place + 2]
    changed = run[:place] + pair[::-1] + run[place + 2 :]

    is_caught = read(changed, prefix) is None

    assert is_caught == (pair[0] != pair[1] and pair not in ("0Z", "Z0"))


@given(st.text(max_size=60), st.none() | prefixes)
def test_whatever_is_typed_is_a_reference_or_nothing(typed, prefix):
    found = read(typed, prefix)

    assert found is None or read(found, prefix) == found
