import pytest
from django.utils.translation import override

from townline.questions.clean import Wrong, limits, normalized
from townline.questions.testing import THURSDAY, asking, question


def cleaned(kind, given, **more):
    asked = asking(question("x", kind, **more)).question("x")
    return normalized(asked, given, THURSDAY)


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("short_text", "  pothole \n here ", "pothole   here"),
        ("short_text", "a\0b\x1bc\u0085d", "abcd"),
        ("short_text", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("short_text", "كيف حالك 🦫 \u202bנסיון\u202c", "كيف حالك 🦫 \u202bנסיון\u202c"),
        ("short_text", "\ud83d", "\ufffd"),
        ("paragraph", "one\r\ntwo\rthree\tx", "one\ntwo\nthree\tx"),
        ("paragraph", " \n ", None),
        ("number", "12", 12),
        ("number", "2.50", 2.5),
        ("number", "2,5", 2.5),
        ("number", "1,250", 1250),
        ("number", "1,250.5", 1250.5),
        ("number", "-3", -3),
        ("number", "1 250", 1250),
        ("number", "٣", 3),
        ("number", 4.0, 4),
        ("money", "$1,250.50", 125050),
        ("money", "12", 1200),
        ("money", 1250, 1250),
        ("money", "0", 0),
        ("date", "2026-3-5", "2026-03-05"),
        ("yes_no", "yes", "yes"),
        ("email", " ada@example.ca ", "ada@example.ca"),
        ("phone", "905-623-3379", "+1 905-623-3379"),
        ("phone", "(905) 623 3379 x12", "+1 905-623-3379 ext. 12"),
        ("place", "40 Temperance", {"text": "40 Temperance", "lat": None, "long": None}),
        ("place", {"text": "", "lat": "43.9", "long": "-78.6"}, {"text": "", "lat": 43.9, "long": -78.6}),
        ("place", {"text": " ", "lat": "", "long": ""}, None),
        ("place", {"text": None, "lat": None, "long": None}, None),
    ],
)
def test_a_good_answer_has_one_normal_form(kind, given, value):
    found = cleaned(kind, given)

    assert found == value
    assert cleaned(kind, found) == value


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        ("short_text", "x" * 201, "This has 201 characters. Shorten it to 200 or fewer."),
        ("short_text", ["x"], "as text"),
        ("short_text", 7, "as text"),
        ("paragraph", "x" * 2001, "This has 2,001 characters"),
        ("paragraph", "x" * 1_000_000, "Shorten it to 2,000"),
        ("number", "many", "Enter a number"),
        ("number", "1,25,000", "Enter a number"),
        ("number", "1e5", "Enter a number"),
        ("number", "9" * 30, "Enter a number"),
        ("number", True, "Enter a number"),
        ("number", float("nan"), "Enter a number"),
        ("number", float("inf"), "Enter a number"),
        ("number", 10**400, "Enter a number"),
        ("money", "12.505", "dollars and cents"),
        ("money", 12.5, "dollars and cents"),
        ("date", "2026-02-30", "a date that exists"),
        ("date", "26-02-03", "a date that exists"),
        ("date", "tomorrow", "a date that exists"),
        ("date", 20260203, "a date that exists"),
        ("date", "1899-12-31", "from 1900"),
        ("yes_no", "maybe", "yes or no"),
        ("yes_no", True, "yes or no"),
        ("email", "ada@", "e-mail address"),
        ("email", "ada@example.ca\nbcc: x@example.ca", "e-mail address"),
        ("phone", "123", "area code"),
        ("phone", "call me", "area code"),
        ("place", {"text": "x", "lat": 43.9}, "not complete"),
        ("place", {"text": "x", "lat": 99, "long": 1}, "not right"),
        ("place", {"text": "x", "lat": "nan", "long": 1}, "not right"),
        ("place", {"street": "x"}, "address"),
        ("place", ["x"], "address"),
        ("file", "photo.jpg", "Choose the files again"),
        ("file", [f"{at:043}" for at in range(6)], "at most 5 files"),
    ],
)
def test_a_wrong_answer_gets_a_sentence(kind, given, sentence):
    with pytest.raises(Wrong, match=sentence):
        cleaned(kind, given)


def test_choices_are_only_those_that_are_listed():
    assert cleaned("one_choice", "big", codes="small big") == "big"
    assert cleaned("many_choices", ["big", "small", "big"], codes="small big") == ["small", "big"]
    with pytest.raises(Wrong, match="that are listed"):
        cleaned("one_choice", "huge", codes="small big")
    with pytest.raises(Wrong, match="that are listed"):
        cleaned("many_choices", ["small", "huge"], codes="small big")
    with pytest.raises(Wrong, match="that are listed"):
        cleaned("one_choice", ["small"], codes="small big")


def test_french_writes_numbers_with_a_comma():
    with override("fr"):
        assert cleaned("number", "1 250,5") == 1250.5
        assert cleaned("money", "12,50 $") == 1250


def test_limits_hold_and_are_said_before():
    form = asking(
        question("depth", "number", min=1, max=10),
        question("price", "money", max=50_000),
        question("seen", "date", past=True),
        question("tell", "paragraph"),
        question("licence", max_length=12),
    )

    assert [limits(asked) for asked in form.pages[0].questions] == [
        "From 1 to 10.",
        "$500.00 or less.",
        "Today or earlier.",
        "Up to 2,000 characters.",
        "Up to 12 characters.",
    ]
    with pytest.raises(Wrong, match="10 or less"):
        normalized(form.question("depth"), "11", THURSDAY)
    with pytest.raises(Wrong, match=r"\$500.00 or less"):
        normalized(form.question("price"), "500.01", THURSDAY)
    with pytest.raises(Wrong, match="earlier"):
        normalized(form.question("seen"), "2026-12-04", THURSDAY)
    with pytest.raises(Wrong, match="Shorten it to 12"):
        normalized(form.question("licence"), "x" * 13, THURSDAY)
